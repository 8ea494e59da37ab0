import { cacheKey } from '../../superoffice';
import { Caller } from '../superoffice-online';
import { keyVectors } from '../unit/support/vectors';
import { useEngine } from './support/engine';
import {
	chain,
	credentialId,
	example,
	httpRequestNode,
	numbered,
	ticketNode,
} from './support/workflows';

const n8n = useEngine();

const ofItem = {
	tenant: 'define',
	contextIdentifier: '={{ $json.tenant }}',
	systemUserToken: '={{ $json.token }}',
};

const asItem = (contextIdentifier: string) => ({
	tenant: contextIdentifier,
	token: n8n.online.tenant(contextIdentifier).systemUserToken,
});

describe('Get System User Ticket', () => {
	test('the example: the next node’s call succeeds with the ticket, after a single exchange', async () => {
		n8n.useCredential('Cust12345');
		const result = await n8n.engine.run(example('get-a-ticket-and-call-the-api.json'));
		expect(result.error).toBeUndefined();

		const [item] = result.output('Get System User Ticket');
		const { ticket, issuedAt, expiresAt, claims, ...rest } = item!.json;
		expect(rest).toEqual({
			contextIdentifier: 'Cust12345',
			environment: 'sod',
			webApiUrl: 'https://sod2.superoffice.com/Cust12345/api',
			reused: false,
		});
		expect(n8n.online.isLive(String(ticket), 'Cust12345')).toBe(true);
		const [issued, expires] = [issuedAt, expiresAt].map((text) => new Date(String(text)));
		expect([issued!.toISOString(), expires!.toISOString()]).toEqual([issuedAt, expiresAt]);
		expect(expires!.getTime() - issued!.getTime()).toBe(6 * 60 * 60 * 1000);
		expect(claims).toMatchObject({ company_name: 'Fjord Timber AS', is_administrator: 'True' });
		expect(JSON.stringify(claims)).not.toContain(String(ticket));

		const [answer] = result.output('Who am I?');
		expect(answer!.json).toMatchObject({ DatabaseContextIdentifier: 'Cust12345' });
		const sent = n8n.online.requests.at(-1)!;
		expect(sent.headers.authorization).toBe(`SOTicket ${String(ticket)}`);
		expect(n8n.online.counts).toMatchObject({ exchanges: 1, unauthorized: 0, strayConnects: 0 });
	});

	test('works over SOAP, with the key in SuperOffice’s own format', async () => {
		const tenant = n8n.useNewTenant({
			exchangeProtocol: 'soap',
			privateKey: n8n.online.application.privateKeyXml,
		});
		const { output, error } = await n8n.engine.run(chain(ticketNode()));
		expect(error).toBeUndefined();
		expect(n8n.online.isLive(String(output('Ticket')[0]!.json.ticket), tenant)).toBe(true);
		expect(n8n.online.counts).toMatchObject({ soapExchanges: 1, restExchanges: 0 });
	});

	test('returns one paired item per input item, after a single exchange', async () => {
		const tenant = n8n.useNewTenant();
		const { output } = await n8n.engine.run(chain(ticketNode()), { triggerItems: numbered(50) });
		const items = output('Ticket');
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			numbered(50).map((_, item) => ({ item })),
		);
		expect(new Set(items.map(({ json }) => json.ticket)).size).toBe(1);
		expect(items.map(({ json }) => json.reused)).toEqual([false, ...Array(49).fill(true)]);
		expect(n8n.online.counts.exchangesByTenant).toEqual({ [tenant]: 1 });
	});

	test('leaves out the claims by default', async () => {
		n8n.useNewTenant();
		const { output } = await n8n.engine.run(chain(ticketNode()));
		expect(Object.keys(output('Ticket')[0]!.json)).toEqual([
			'ticket',
			'contextIdentifier',
			'environment',
			'webApiUrl',
			'issuedAt',
			'expiresAt',
			'reused',
		]);
	});

	test('shows and stores no claim but the listed ones', async () => {
		const tenant = n8n.useNewTenant();
		const own = 'http://schemes.superoffice.net/identity/';
		const secrets = { system_token: 'My App-aB3dE6fG9h', refresh_token: 'KpNaNqKxPqRt' };
		n8n.online.misbehave({
			at: 'exchange',
			kind: 'jwt',
			change: (parts) => ({
				...parts,
				claims: {
					...parts.claims,
					[`${own}system_token`]: secrets.system_token,
					refresh_token: secrets.refresh_token,
					[`${own}email`]: { nested: secrets },
					[`${own}firstname`]: 'Ola',
				},
			}),
		});
		const node = ticketNode({ options: { includeClaims: true } });
		const { output, error } = await n8n.engine.run(chain(node));
		expect(error).toBeUndefined();
		const { ticket, claims } = output('Ticket')[0]!.json;
		expect(claims).toMatchObject({ ctx: tenant, firstname: 'Ola' });
		expect(claims).not.toHaveProperty('email');

		const { data } = n8n.engine.credentials.get(credentialId);
		expect(data.ticket).toBe(ticket);
		expect(JSON.parse(String(data.ticketDetails))).toMatchObject({ claims });
		for (const secret of Object.entries(secrets).flat()) {
			expect(JSON.stringify(claims)).not.toContain(secret);
			expect(data.ticketDetails).not.toContain(secret);
		}
	});

	test('shows no other claim of a ticket that the credential has stored either', async () => {
		const tenant = n8n.useNewTenant();
		const credential = n8n.online.credential(tenant);
		const details = {
			// As version 0.1 called the cache key.
			identity: cacheKey(credential),
			webApiUrl: `https://online.superoffice.com/${tenant}/api`,
			claims: { ctx: tenant, refresh_token: 'KpNaNqKxPqRt' },
		};
		const ticket = await new Caller(n8n.online).newTicket(tenant);
		n8n.useCredential(tenant, { ticket, ticketDetails: JSON.stringify(details) });
		const node = ticketNode({ options: { includeClaims: true } });
		const { output } = await n8n.engine.run(chain(node));
		expect(output('Ticket')[0]!.json).toMatchObject({ ticket, reused: true });
		expect(output('Ticket')[0]!.json.claims).toEqual({ ctx: tenant });
	});

	test('gives each item the ticket of its own tenant', async () => {
		n8n.useCredential('Cust12345');
		const tenants = ['Cust54321', 'Cust12345', 'Cust54321'];
		const next = httpRequestNode('={{ $json.webApiUrl }}/v1/Contact/1', {
			Authorization: '=SOTicket {{ $json.ticket }}',
		});
		const { output, error } = await n8n.engine.run(chain(ticketNode(ofItem), next), {
			triggerItems: tenants.map(asItem),
		});
		expect(error).toBeUndefined();
		const items = output('Ticket').map(({ json }) => json);
		expect(items.map(({ contextIdentifier }) => contextIdentifier)).toEqual(tenants);
		items.forEach(({ ticket }, index) =>
			expect(n8n.online.isLive(String(ticket), tenants[index])).toBe(true),
		);
		const names = tenants.map((tenant) => n8n.online.tenant(tenant).companyName);
		expect(output('Request').map(({ json }) => json.Name)).toEqual(names);
	});

	test('stops at a failing item, and says which and why', async () => {
		n8n.useCredential('Cust12345');
		const triggerItems = [asItem('Cust12345'), { tenant: 'Acme', token: 'x' }];
		const { error } = await n8n.engine.run(chain(ticketNode(ofItem)), { triggerItems });
		expect(error).toMatchObject({
			name: 'NodeOperationError',
			message: 'Context Identifier is not a tenant’s identifier.',
			context: { itemIndex: 1 },
		});
		expect(error!.description).toContain('as in Cust12345');
	});

	test('reports the status that SuperOffice answered with', async () => {
		n8n.useNewTenant();
		// Longer than the node’s timeout, so it does not wait.
		const headers = { 'Retry-After': '120' };
		n8n.online.misbehave({ at: 'exchange', kind: 'status', status: 503, headers });
		const { error } = await n8n.engine.run(chain(ticketNode()));
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '503' });
	});

	test('says so if an expression yields an unknown choice', async () => {
		n8n.useCredential('Cust12345');
		const parameters = { ...ofItem, tenant: '={{ "nobody" }}' };
		const { error } = await n8n.engine.run(chain(ticketNode(parameters)), {
			triggerItems: [asItem('Cust12345')],
		});
		expect(error).toMatchObject({
			name: 'NodeOperationError',
			message: 'Tenant is not one of its choices.',
			context: { itemIndex: 0 },
		});
	});

	test('continues after a failing item if the node is set to', async () => {
		n8n.useCredential('Cust12345');
		const failing = n8n.online.addTenant({ environment: 'sod' }).contextIdentifier;
		n8n.online.misbehave({
			at: 'exchange',
			kind: 'refuse',
			reason: 'Revoked',
			contextIdentifier: failing,
		});
		const triggerItems = [asItem('Cust12345'), asItem(failing), asItem('Cust12345')];
		const settings = { onError: 'continueRegularOutput' as const };
		const { output, error } = await n8n.engine.run(chain(ticketNode(ofItem, settings)), {
			triggerItems,
		});
		expect(error).toBeUndefined();
		const items = output('Ticket');
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(items.map(({ json }) => typeof json.ticket)).toEqual(['string', 'undefined', 'string']);
		expect(items[1]!.json.error).toMatch(
			/^SuperOffice refused: Revoked.*approve the application again/,
		);
	});

	test('reuses the ticket stored in the credential', async () => {
		const tenant = n8n.useNewTenant();
		const first = await n8n.engine.run(chain(ticketNode()));
		expect(n8n.engine.credentials.get(credentialId).data.ticket).toBe(
			first.output('Ticket')[0]!.json.ticket,
		);
		n8n.online.resetCounts();
		const second = await n8n.engine.run(chain(ticketNode({ options: { includeClaims: true } })));
		const [item] = second.output('Ticket');
		expect(item!.json).toMatchObject({
			ticket: first.output('Ticket')[0]!.json.ticket,
			reused: true,
		});
		expect(item!.json.claims).toMatchObject({ ctx: tenant });
		expect(n8n.online.counts.exchanges).toBe(0);
	});

	test('requests a new ticket with Always Request New, once per tenant', async () => {
		n8n.useNewTenant();
		const { output: before } = await n8n.engine.run(chain(ticketNode()));
		n8n.online.resetCounts();
		const { output } = await n8n.engine.run(
			chain(ticketNode({ options: { alwaysRequestNew: true } })),
			{ triggerItems: numbered(3) },
		);
		expect(n8n.online.counts.exchanges).toBe(1);
		expect(output('Ticket')[0]!.json.ticket).not.toBe(before('Ticket')[0]!.json.ticket);
		expect(output('Ticket')[0]!.json.reused).toBe(false);
	});

	test('reuses the ticket from Always Request New from then on, and so does the credential', async () => {
		const tenant = n8n.useNewTenant();
		await n8n.engine.run(chain(ticketNode()));
		const { output: made } = await n8n.engine.run(
			chain(ticketNode({ options: { alwaysRequestNew: true } })),
		);
		const newest = String(made('Ticket')[0]!.json.ticket);
		n8n.online.resetCounts();

		const { output } = await n8n.engine.run(chain(ticketNode()));
		expect(output('Ticket')[0]!.json).toMatchObject({ ticket: newest, reused: true });
		expect(n8n.engine.credentials.get(credentialId).data.ticket).toBe(newest);
		const { apiHost } = n8n.online.tenant(tenant);
		const url = `https://${apiHost}/${tenant}/api/v1/Contact/1`;
		expect((await n8n.engine.run(chain(httpRequestNode(url)))).error).toBeUndefined();
		expect(n8n.online.requests.at(-1)!.headers.authorization).toBe(`SOTicket ${newest}`);
		expect(n8n.online.counts.exchanges).toBe(0);
	});

	test.each([
		['privateKey', keyVectors.publicKeyPem, 'Private Key: this is a public key.'],
		['clientSecret', ' ', 'Client Secret is empty.'],
		['systemUserToken', '', 'System User Token is empty.'],
		['contextIdentifier', 'Acme', 'Context Identifier is not a tenant’s identifier.'],
		['publicKey', 'none', 'Public Key: this is neither a certificate nor a public key.'],
	])('names the invalid field of the credential: %s', async (field, value, message) => {
		n8n.useCredential('Cust12345', { [field]: value });
		const { error } = await n8n.engine.run(chain(ticketNode()));
		expect(error).toMatchObject({ name: 'NodeOperationError', message });
		expect(error!.description).toMatch(/\w/);
		expect(n8n.online.requests).toHaveLength(0);
	});
});
