import { storeTicket } from '../../n8n/stored-ticket';
import { cacheKey, getSystemUserTicket, AuthState } from '../../superoffice';
import { httpTo } from '../unit/support/axios-http';
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

const apiOf = (contextIdentifier: string) =>
	`https://${n8n.online.tenant(contextIdentifier).apiHost}/${contextIdentifier}/api`;

describe('HTTP Request with the credential', () => {
	test('the example: calls SuperOffice without dealing with tickets', async () => {
		n8n.useCredential('Cust12345');
		const { output, error } = await n8n.engine.run(
			example('http-request-with-the-credential.json'),
		);
		expect(error).toBeUndefined();
		const [{ name }] = output('Get companies')[0]!.json.value as [{ name: string }];
		expect(name).toBe('Fjord Timber AS');
		expect(n8n.online.counts).toMatchObject({ exchanges: 1, unauthorized: 0, strayConnects: 0 });
	});

	test('50 items at once share one exchange, and the next run needs none', async () => {
		const tenant = n8n.useNewTenant();
		const workflow = chain(httpRequestNode(`${apiOf(tenant)}/v1/Contact/1`));
		for (const exchanges of [1, 0]) {
			n8n.online.resetCounts();
			const { output, error } = await n8n.engine.run(workflow, { triggerItems: numbered(50) });
			expect(error).toBeUndefined();
			expect(output('Request')).toHaveLength(50);
			expect(n8n.online.counts).toMatchObject({ exchanges, unauthorized: 0 });
		}
	});

	test('a dead ticket is renewed once for all items', async () => {
		const tenant = n8n.useNewTenant();
		const workflow = chain(httpRequestNode(`${apiOf(tenant)}/v1/Contact/1`));
		await n8n.engine.run(workflow);
		n8n.online.expireAllTickets();
		n8n.online.resetCounts();
		const { output, error } = await n8n.engine.run(workflow, { triggerItems: numbered(50) });
		expect(error).toBeUndefined();
		expect(output('Request')).toHaveLength(50);
		expect(n8n.online.counts.exchanges).toBe(1);
	});

	test('a live ticket is not discarded because the API fails', async () => {
		const tenant = n8n.useNewTenant();
		const workflow = chain(httpRequestNode(`${apiOf(tenant)}/v1/Contact/1`));
		await n8n.engine.run(workflow);
		n8n.online.resetCounts();
		n8n.online.misbehave({ at: 'api', kind: 'status', status: 404 });
		const { error } = await n8n.engine.run(workflow, { triggerItems: numbered(5) });
		expect(error).toMatchObject({ httpCode: '404' });
		expect(n8n.online.counts.exchanges).toBe(0);
		n8n.online.stopMisbehaving();
		expect((await n8n.engine.run(workflow)).error).toBeUndefined();
		expect(n8n.online.counts.exchanges).toBe(0);
	});

	test('50 responses with status 500 cost no ticket, and the next 50 requests succeed', async () => {
		const tenant = n8n.useNewTenant();
		const workflow = chain(httpRequestNode(`${apiOf(tenant)}/v1/Contact/1`));
		await n8n.engine.run(workflow);
		n8n.online.resetCounts();
		n8n.online.misbehave({ at: 'api', kind: 'status', status: 500 });
		const failed = await n8n.engine.run(workflow, { triggerItems: numbered(50) });
		expect(failed.error).toMatchObject({ httpCode: '500' });
		// One ticket check for all items, with three attempts.
		expect(n8n.online.counts).toMatchObject({ exchanges: 0, currentPrincipal: 3 });
		n8n.online.stopMisbehaving();
		const { output, error } = await n8n.engine.run(workflow, { triggerItems: numbered(50) });
		expect(error).toBeUndefined();
		expect(output('Request')).toHaveLength(50);
		expect(n8n.online.counts).toMatchObject({ exchanges: 0, currentPrincipal: 3 });
	});

	test('consecutive failures share one ticket check, too', async () => {
		const tenant = n8n.useNewTenant();
		const request = httpRequestNode(`${apiOf(tenant)}/v1/Contact/{{ 700 + $json.number }}`);
		request.parameters.url = `=${String(request.parameters.url)}`;
		request.parameters.options = { batching: { batch: { batchSize: 1, batchInterval: 1 } } };
		request.onError = 'continueRegularOutput';
		const { output } = await n8n.engine.run(chain(request), { triggerItems: numbered(10) });
		expect(output('Request').filter(({ json }) => json.error)).toHaveLength(10);
		expect(n8n.online.counts).toMatchObject({ exchanges: 1, currentPrincipal: 1 });
	});

	test('a ticket stored by another process is used without another request', async () => {
		const tenant = n8n.useNewTenant();
		const application = n8n.online.credential(tenant);
		const ticket = await getSystemUserTicket(application, httpTo(n8n.online), {
			state: new AuthState(),
		});
		n8n.useCredential(tenant, storeTicket(cacheKey(application), ticket) as Record<string, string>);
		n8n.online.resetCounts();
		const { error } = await n8n.engine.run(chain(httpRequestNode(`${apiOf(tenant)}/v1/Contact/1`)));
		expect(error).toBeUndefined();
		expect(n8n.online.counts).toMatchObject({ exchanges: 0, api: 1 });
	});

	test('serves many tenants through expressions in the credential', async () => {
		n8n.useNewTenant({
			contextIdentifier: '={{ $json.tenant }}',
			systemUserToken: '={{ $json.token }}',
		});
		const tenants = [1, 2].map(() => n8n.online.addTenant());
		const triggerItems = [...tenants, ...tenants].map((tenant) => ({
			tenant: tenant.contextIdentifier,
			token: tenant.systemUserToken,
		}));
		const url = '=https://online.superoffice.com/{{ $json.tenant }}/api/v1/Contact/1';
		for (const exchanges of [2, 0]) {
			n8n.online.resetCounts();
			const { output, error } = await n8n.engine.run(chain(httpRequestNode(url)), { triggerItems });
			expect(error).toBeUndefined();
			expect(output('Request').map(({ json }) => json.Name)).toEqual(
				[...tenants, ...tenants].map(({ companyName }) => companyName),
			);
			expect(n8n.online.counts).toMatchObject({ exchanges });
		}
		// In the second run, each item is sent with its own tenant’s ticket right away.
		expect(n8n.online.counts.api).toBe(4);
	});

	test('20 concurrent runs with a dead ticket share one exchange', async () => {
		const tenant = n8n.useNewTenant();
		const workflow = chain(httpRequestNode(`${apiOf(tenant)}/v1/Contact/1`));
		await n8n.engine.run(workflow);
		n8n.online.expireAllTickets();
		n8n.online.resetCounts();
		const runs = await Promise.all(numbered(20).map(() => n8n.engine.run(workflow)));
		expect(runs.map(({ error }) => error)).toEqual(Array(20).fill(undefined));
		expect(n8n.online.counts.exchanges).toBe(1);
	});

	test('a tenant that has moved is followed, after one request for its state', async () => {
		const tenant = n8n.useNewTenant();
		const workflow = chain(httpRequestNode(`${apiOf(tenant)}/v1/Contact/1`));
		await n8n.engine.run(workflow);
		n8n.online.resetCounts();
		n8n.online.moveTenant(tenant, 'online3.superoffice.com');
		const { output, error } = await n8n.engine.run(workflow, { triggerItems: numbered(50) });
		expect(error).toBeUndefined();
		expect(output('Request')).toHaveLength(50);
		expect(n8n.online.counts).toMatchObject({ exchanges: 0, state: 1 });
	});

	test('a URL with the wrong host for the tenant is rewritten to the right one', async () => {
		const tenant = n8n.useNewTenant();
		const url = `https://online.superoffice.com/${tenant}/api/v1/Contact/1`;
		const { output, error } = await n8n.engine.run(chain(httpRequestNode(url)));
		expect(error).toBeUndefined();
		expect(output('Request')[0]!.json.Name).toBe(n8n.online.tenant(tenant).companyName);
	});

	test.each([405, 500])('a request that failed with %s is not sent again', async (status) => {
		const tenant = n8n.useNewTenant();
		await n8n.engine.run(chain(httpRequestNode(`${apiOf(tenant)}/v1/Contact/1`)));
		n8n.online.resetCounts();
		const request = httpRequestNode(`${apiOf(tenant)}/v1/Contact/1`);
		request.parameters.method = 'POST';
		if (status === 500) n8n.online.misbehave({ at: 'api', kind: 'status', status, times: 1 });
		const { error } = await n8n.engine.run(chain(request));
		expect(error).toMatchObject({ httpCode: String(status) });
		expect(n8n.online.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
		expect(n8n.online.counts.exchanges).toBe(0);
	});

	test('a failed request is not sent again because no ticket of its tenant is stored', async () => {
		n8n.useNewTenant({
			contextIdentifier: '={{ $json.tenant }}',
			systemUserToken: '={{ $json.token }}',
		});
		const tenants = [1, 2].map(() => n8n.online.addTenant());
		const triggerItems = tenants.map((tenant) => ({
			tenant: tenant.contextIdentifier,
			token: tenant.systemUserToken,
		}));
		const request = httpRequestNode(
			'=https://online.superoffice.com/{{ $json.tenant }}/api/v1/Contact/1',
		);
		await n8n.engine.run(chain(request), { triggerItems });
		n8n.online.resetCounts();
		request.parameters.method = 'POST';
		n8n.online.misbehave({ at: 'api', kind: 'status', status: 500 });
		await n8n.engine.run(chain(request), { triggerItems });
		const posts = n8n.online.requests.filter(({ method }) => method === 'POST');
		expect(posts.map(({ contextIdentifier }) => contextIdentifier).sort()).toEqual(
			tenants.map(({ contextIdentifier }) => contextIdentifier),
		);
	});

	test('a failed request is not sent again because there is a newer ticket', async () => {
		const tenant = n8n.useNewTenant();
		await n8n.engine.run(chain(ticketNode()));
		await n8n.engine.run(chain(ticketNode({ options: { alwaysRequestNew: true } })));
		n8n.online.resetCounts();
		const request = httpRequestNode(`${apiOf(tenant)}/v1/Contact`);
		request.parameters.method = 'POST';
		n8n.online.misbehave({ at: 'api', kind: 'status', status: 500, times: 1 });
		await n8n.engine.run(chain(request));
		expect(n8n.online.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	test('after the tenant in the credential is changed, the old ticket is not used again', async () => {
		const [before, after] = [n8n.useNewTenant(), n8n.useNewTenant()];
		n8n.useCredential(before);
		await n8n.engine.run(chain(ticketNode()));
		const { data } = n8n.engine.credentials.get(credentialId);
		expect(data.ticket).toMatch(/^7T:/);
		// n8n keeps the hidden fields when somebody edits the others.
		n8n.useCredential(after, { ticket: data.ticket!, ticketDetails: data.ticketDetails! });
		n8n.online.resetCounts();
		const { output, error } = await n8n.engine.run(
			chain(httpRequestNode(`${apiOf(after)}/v1/Contact/1`)),
		);
		expect(error).toBeUndefined();
		expect(output('Request')[0]!.json.Name).toBe(n8n.online.tenant(after).companyName);
		const sent = n8n.online.requests.map(({ headers }) => headers.authorization);
		expect(sent).not.toContain(`SOTicket ${String(data.ticket)}`);
	});

	test('a stored ticket whose address was tampered with is not used', async () => {
		const tenant = n8n.useNewTenant();
		const identity = cacheKey(n8n.online.credential(tenant));
		const ticketDetails = JSON.stringify({ identity, webApiUrl: 'https://evil.example/api' });
		n8n.useCredential(tenant, { ticket: '7T:somebodys', ticketDetails });
		const { error } = await n8n.engine.run(chain(ticketNode()));
		expect(error).toBeUndefined();
		expect(n8n.online.counts.strayHosts).toEqual([]);
	});

	test.each([
		'https://evil.example/Cust12345/api/v1/Contact',
		'http://sod2.superoffice.com/Cust12345/api/v1/Contact',
		'https://superoffice.com.evil.example/',
		'https://user:password@sod2.superoffice.com/',
		'https://sod2.superoffice.com:8443/',
	])('does not send the secret to %s', async (url) => {
		n8n.useCredential('Cust12345');
		const { error } = await n8n.engine.run(chain(httpRequestNode(url)));
		expect(error!.message).toContain('only sent to https addresses on superoffice.com');
		expect(n8n.online.counts.strayHosts).toEqual([]);
		const paths = n8n.online.requests.map(({ path }) => path);
		expect(paths.filter((path) => path.endsWith('/Contact'))).toEqual([]);
	});

	test('does not follow redirects with the secret', async () => {
		const tenant = n8n.useNewTenant();
		n8n.online.misbehave({ at: 'api', kind: 'redirect', location: 'https://evil.example/' });
		const { error } = await n8n.engine.run(chain(httpRequestNode(`${apiOf(tenant)}/v1/Contact`)));
		expect(error).toBeDefined();
		expect(n8n.online.counts.strayHosts).toEqual([]);
	});

	test('says what is wrong with the credential', async () => {
		n8n.useCredential('Cust12345', { systemUserToken: 'Other App-1234567890' });
		const { error } = await n8n.engine.run(
			chain(httpRequestNode(`${apiOf('Cust12345')}/v1/Contact`)),
		);
		expect(error!.message).toMatch(/^SuperOffice refused: .*System User Token/);
	});
});
