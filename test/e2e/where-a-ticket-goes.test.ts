import type { IDataObject, INode } from 'n8n-workflow';

import { sentTickets } from '../engine/support/sent-tickets';
import { startStranger } from '../engine/support/stranger';
import { httpRequestNode, pagination, ticketNode } from '../engine/support/workflows';
import {
	createAuthority,
	startSuperOfficeOnline,
	type SuperOfficeOnline,
} from '../superoffice-online';
import { useRealN8n, workflowOf } from './support/n8n';

const real = useRealN8n();

/** All of SuperOffice once more, with certificates from an authority that n8n does not trust. */
let impostor: SuperOfficeOnline;
beforeAll(async () => {
	impostor = await startSuperOfficeOnline({ authority: await createAuthority() });
});
afterAll(async () => await impostor?.close());

const contactOf = (tenant: string) => `https://online.superoffice.com/${tenant}/api/v1/Contact/1`;

const run = async (id: string, items: IDataObject[], ...nodes: INode[]) => {
	await real.n8n.importWorkflows(workflowOf(id, items, ...nodes));
	real.online.resetCounts();
	const execution = await real.n8n.execute(id);
	return { ...execution, says: [execution.error, execution.description].join(' ') };
};

test('HTTP Request sends nothing through a proxy whose certificate it is told not to verify, or to trust', async () => {
	const tenant = await real.useNewTenant();
	const items = [{ proxy: impostor.proxyUrl }];
	await real.n8n.importCredential({
		id: 'impostorsAuthority',
		name: 'The impostor’s authority',
		type: 'httpSslAuth',
		data: { ca: impostor.authority.certificatePem, cert: '', key: '', passphrase: '' },
	});
	const withProxy = () => {
		const request = httpRequestNode(contactOf(tenant));
		request.parameters.options = { proxy: '={{ $json.proxy }}' };
		return request;
	};

	const ignoring = withProxy();
	ignoring.parameters.options = { proxy: '={{ $json.proxy }}', allowUnauthorizedCerts: true };
	const ignored = await run('ignoring', items, ignoring);
	expect(ignored.says).toMatch(/Ignore SSL Issues .* NODE_EXTRA_CA_CERTS/);

	const trusting = withProxy();
	trusting.parameters.provideSslCertificates = true;
	trusting.credentials!.httpSslAuth = {
		id: 'impostorsAuthority',
		name: 'The impostor’s authority',
	};
	const trusted = await run('trusting', items, trusting);
	expect(trusted.says).toMatch(/SSL Certificates with a CA .* NODE_EXTRA_CA_CERTS/);

	expect((await run('verifying', items, withProxy())).says).toMatch(/certificate/i);
	expect(impostor.requests).toEqual([]);

	const stranger = await startStranger('evil.example');
	const naming = withProxy();
	naming.parameters.headerParameters = { parameters: [{ name: 'Host', value: 'evil.example' }] };
	const named = await run('naming', [{ proxy: stranger.proxyUrl }], naming);
	await stranger.close();
	expect(named.says).toMatch(/SSL|certificate/i);
	expect(stranger.heard).toEqual([]);

	const honest = await run('honest', [{ proxy: real.online.proxyUrl }], withProxy());
	expect(honest.error).toBeUndefined();
	expect(honest.output('Request')[0]!.Name).toBe(real.online.tenant(tenant).companyName);
});

test('a ticket goes to no other tenant, not even where n8n takes one item’s credential for all', async () => {
	const tenants = [1, 2].map(() => real.online.addTenant());
	const items = tenants.map(({ contextIdentifier: tenant, systemUserToken: token }) => ({
		tenant,
		token,
	}));
	const [first, second] = tenants;
	const useExpressions = async () =>
		await real.useCredential(first!.contextIdentifier, {
			contextIdentifier: '={{ $json.tenant }}',
			systemUserToken: '={{ $json.token }}',
		});
	await useExpressions();
	const request = httpRequestNode(
		'=https://online.superoffice.com/{{ $json.tenant }}/api/v1/Contact/1',
	);
	request.onError = 'continueRegularOutput';
	const plain = await run('plain', items, request);
	expect(plain.output('Request').map(({ Name: name }) => name)).toEqual(
		tenants.map(({ companyName }) => companyName),
	);

	request.parameters.options = pagination(
		{ name: 'fk', value: '={{ $pageCount > 0 }}' },
		'={{ true }}',
	);
	// n8n 1 has written one tenant's values over the expressions.
	await useExpressions();
	const { output } = await run('paginated', items, request);
	const tickets = sentTickets(real.online);
	expect(tickets.length).toBeGreaterThan(0);
	expect(tickets.filter(({ of, to }) => of !== to)).toEqual([]);
	const [answered, refused] = output('Request');
	expect(answered!.Name).toBe(first!.companyName);
	const says = JSON.stringify(refused!.error);
	for (const { contextIdentifier } of [first!, second!]) {
		expect(says).toContain(`${contextIdentifier} in Production`);
	}
});

test('a request that fails is sent once, with a ticket of its own, or with the credential’s', async () => {
	const tenant = await real.useNewTenant();
	const ticket = await run('first', [{}], ticketNode());
	const post = httpRequestNode(contactOf(tenant), {
		Authorization: `SOTicket ${String(ticket.output('Ticket')[0]!.ticket)}`,
	});
	post.parameters.method = 'POST';
	const { data } = await real.n8n.exportCredential('superOfficeAccount');
	await real.useCredential(tenant, { ...data, exchangeProtocol: 'soap' });
	const posts = () =>
		real.online.requests.filter(({ path, method }) => method === 'POST' && path.endsWith('/1'));
	real.online.misbehave({ at: 'api', kind: 'status', status: 500, times: 1 });
	expect((await run('carrying', [{}], post)).error).toBeDefined();
	expect(posts()).toHaveLength(1);

	delete post.parameters.headerParameters;
	post.parameters.sendHeaders = false;
	expect((await run('again', [{}], post)).error).toBeDefined();
	expect(posts().map(({ status }) => status)).toEqual([405]);

	real.online.moveTenant(tenant, 'online3.superoffice.com');
	expect((await run('moved', [{}], post)).error).toBeDefined();
	expect(posts().map(({ host, status }) => [host, status])).toEqual([
		['online2.superoffice.com', 421],
		['online3.superoffice.com', 405],
	]);
});
