import { useEngine } from './support/engine';
import { useMovableDate } from './support/movable-date';
import { chain, httpRequestNode, ticketNode } from './support/workflows';

const n8n = useEngine();
const { later } = useMovableDate();

const minute = 60_000;

const posts = () => n8n.online.requests.filter(({ method }) => method === 'POST');

/** A tenant that lives on online2, with a living ticket that counts as alive no longer unless it is checked. */
const useTenantWithTicket = async () => {
	const tenant = n8n.useNewTenant();
	await n8n.engine.run(chain(ticketNode()));
	later(2 * minute);
	n8n.online.resetCounts();
	return tenant;
};

const requestTo = (tenant: string, method = 'GET') => {
	const request = httpRequestNode(`https://online2.superoffice.com/${tenant}/api/v1/Contact/1`);
	request.parameters.method = method;
	return chain(request);
};

describe('A tenant that has moved while nobody tells where to', () => {
	const useLostTenant = async () => {
		const tenant = await useTenantWithTicket();
		n8n.online.moveTenant(tenant, 'online3.superoffice.com');
		n8n.online.misbehave({ at: 'state', kind: 'status', status: 503 });
		return tenant;
	};

	test('keeps its ticket, and HTTP Request says what is down', async () => {
		const tenant = await useLostTenant();
		for (let run = 0; run < 6; run++) {
			const { error } = await n8n.engine.run(requestTo(tenant));
			expect(error!.message).toMatch(
				new RegExp(`SuperOffice does not say where the tenant ${tenant} is.*credential`),
			);
		}
		expect(n8n.online.counts.exchanges).toBe(0);
		n8n.online.stopMisbehaving();
		const { error, output } = await n8n.engine.run(requestTo(tenant));
		expect(error).toBeUndefined();
		expect(output('Request')[0]!.json.Name).toBe(n8n.online.tenant(tenant).companyName);
		expect(n8n.online.counts.exchanges).toBe(0);
	});

	test('keeps its ticket, and the node says what is down', async () => {
		const tenant = await useLostTenant();
		const { error } = await n8n.engine.run(chain(ticketNode()));
		expect(error).toMatchObject({
			message: `SuperOffice does not say where the tenant ${tenant} is at the moment.`,
		});
		n8n.online.stopMisbehaving();
		const { output } = await n8n.engine.run(chain(ticketNode()));
		expect(output('Ticket')[0]!.json).toMatchObject({
			reused: true,
			webApiUrl: `https://online3.superoffice.com/${tenant}/api`,
		});
		expect(n8n.online.counts.exchanges).toBe(0);
	});

	test('is said to be unavailable in the credential’s test', async () => {
		const tenant = await useLostTenant();
		const { message } = await n8n.engine.testCredential(
			n8n.engine.credentials.get('superOfficeAccount'),
		);
		expect(message).toContain(`SuperOffice does not say where the tenant ${tenant} is`);
		expect(n8n.online.counts.exchanges).toBe(0);
	});
});

describe('A request that changes something', () => {
	test('is sent once more to where the tenant has moved, as nobody took it at the old address', async () => {
		const tenant = await useTenantWithTicket();
		n8n.online.moveTenant(tenant, 'online3.superoffice.com');
		const { error } = await n8n.engine.run(requestTo(tenant, 'POST'));
		// There is no POST to a company; what counts is who was asked.
		expect(error).toMatchObject({ httpCode: '405' });
		expect(posts().map(({ host, status }) => [host, status])).toEqual([
			['online2.superoffice.com', 421],
			['online3.superoffice.com', 405],
		]);
	});

	test('is not sent again because its tenant turns out to have another address by now', async () => {
		const tenant = await useTenantWithTicket();
		later(20 * minute);
		// SuperOffice tells a new address now, while the old one still answers.
		const contentType = 'application/json';
		const Api = `https://online3.superoffice.com/${tenant}/api`;
		const state = { State: 'Running', IsRunning: true, Api, ValidUntil: '2099-01-01T00:00:00Z' };
		const principal = { AssociateId: 2, DatabaseContextIdentifier: tenant };
		n8n.online.misbehave({ at: 'state', kind: 'body', contentType, body: JSON.stringify(state) });
		n8n.online.misbehave({ at: 'api', kind: 'status', status: 500, times: 1 });
		n8n.online.misbehave({ at: 'api', kind: 'body', contentType, body: JSON.stringify(principal) });
		const { error } = await n8n.engine.run(requestTo(tenant, 'POST'));
		expect(error).toMatchObject({ httpCode: '500' });
		expect(posts()).toHaveLength(1);
	});

	test('is sent once if it carries its own ticket, the credential was edited, and it fails', async () => {
		const tenant = await useTenantWithTicket();
		const { output } = await n8n.engine.run(chain(ticketNode()));
		const ticket = String(output('Ticket')[0]!.json.ticket);
		const { data } = n8n.engine.credentials.get('superOfficeAccount');
		n8n.useCredential(tenant, { ...data, exchangeProtocol: 'soap' });
		n8n.online.resetCounts();
		n8n.online.misbehave({ at: 'api', kind: 'status', status: 500, times: 1 });
		const request = httpRequestNode(`https://online2.superoffice.com/${tenant}/api/v1/Contact`, {
			Authorization: `SOTicket ${ticket}`,
		});
		request.parameters.method = 'POST';
		const { error } = await n8n.engine.run(chain(request));
		expect(error).toMatchObject({ httpCode: '500' });
		expect(posts()).toHaveLength(1);
	});
});
