import { join } from 'node:path';

import { useEngine } from './support/engine';
import { leaksIn, secretsOf } from './support/secrets';
import { apiCallerNode, chain, credentialId, numbered } from './support/workflows';

const n8n = useEngine(join(__dirname, 'api-caller'));

const contact = { path: '/v1/Contact/1' };
const stored = () => n8n.engine.credentials.get(credentialId).data;
const call = async (request: object | string, settings = {}) =>
	await n8n.engine.run(chain(apiCallerNode(request, settings)));
/** Makes the tenant answer every call with this. */
const answer = (status: number, body: unknown) =>
	n8n.online.misbehave({
		at: 'api',
		kind: 'body',
		status,
		contentType: 'application/json',
		body: JSON.stringify(body),
	});

describe('a call to the tenant’s web API by path', () => {
	test('finds the tenant, gets a ticket, and updates the credential only once', async () => {
		const tenant = n8n.useNewTenant();
		const { output, error } = await call(contact);
		expect(error).toBeUndefined();
		expect(output('Call')[0]!.json).toMatchObject({
			status: 200,
			body: { Name: n8n.online.tenant(tenant).companyName },
		});
		const before = stored();
		expect(n8n.online.isLive(String(before.ticket), tenant)).toBe(true);
		n8n.online.resetCounts();
		const again = await n8n.engine.run(chain(apiCallerNode(contact)), {
			triggerItems: numbered(20),
		});
		expect(again.output('Call')).toHaveLength(20);
		expect(n8n.online.counts).toMatchObject({ exchanges: 0, currentPrincipal: 0, api: 20 });
		expect(stored()).toEqual(before);
	});

	test('renews a dead ticket once, and retries the call that failed', async () => {
		n8n.useNewTenant();
		await call(contact);
		n8n.online.expireAllTickets();
		n8n.online.resetCounts();
		expect((await call(contact)).error).toBeUndefined();
		expect(n8n.online.counts).toMatchObject({ exchanges: 1, unauthorized: 2 });
	});

	test('follows a tenant that has moved, after one request for its state', async () => {
		const tenant = n8n.useNewTenant();
		await call(contact);
		n8n.online.resetCounts();
		n8n.online.moveTenant(tenant, 'online3.superoffice.com');
		for (let round = 0; round < 2; round++) expect((await call(contact)).error).toBeUndefined();
		expect(n8n.online.counts).toMatchObject({ exchanges: 0, state: 1, api: 3 });
	});

	test('resolves the credential’s expressions for each item', async () => {
		n8n.useNewTenant({
			contextIdentifier: '={{ $json.tenant }}',
			systemUserToken: '={{ $json.token }}',
		});
		const tenants = [1, 2, 3].map(() => n8n.online.addTenant());
		const triggerItems = tenants.map((tenant) => ({
			tenant: tenant.contextIdentifier,
			token: tenant.systemUserToken,
		}));
		const { output, error } = await n8n.engine.run(chain(apiCallerNode(contact)), { triggerItems });
		expect(error).toBeUndefined();
		expect(output('Call').map(({ json }) => (json.body as { Name: string }).Name)).toEqual(
			tenants.map(({ companyName }) => companyName),
		);
	});

	test.each([
		'/../../Cust1/api/v1/Contact/1',
		'/%2e%2e/%2e%2e/Cust1/api/v1/Contact/1',
		'/..%2f..%2fCust1/api/v1/Contact/1',
		'/v1/%252e%252e/%252e%252e/x',
		'/..\\..\\Cust1/api',
		'//evil.example/v1/Contact',
		'https://evil.example/v1/Contact',
		'/v1//Contact',
	])('never leaves the tenant’s web API: %s', async (path) => {
		n8n.useCredential('Cust12345');
		const { error } = await call({ path });
		expect(error).toMatchObject({
			name: 'NodeOperationError',
			message: 'Path leads out of the tenant’s web API.',
		});
		expect(n8n.online.counts).toMatchObject({ api: 0, strayHosts: [] });
	});

	test.each(['v1/Contact/1', '/v1/Contact/1?$select=Name', '/v1/Contact/?$top=1', '/v1/A%2FS/..a'])(
		'accepts a path in any usual form: %s',
		async (path) => {
			const tenant = n8n.useNewTenant();
			await call({ path });
			const [request] = n8n.online.requests.slice(-1);
			expect(request!.path).toBe(`/${tenant}/api/${path.replace(/^\//, '')}`);
		},
	);

	test('does not follow redirects', async () => {
		n8n.useNewTenant();
		n8n.online.misbehave({ at: 'api', kind: 'redirect', location: 'https://evil.example/' });
		const { error } = await call(contact);
		expect(error!.message).toContain('answered with a redirect (status 302)');
		expect(n8n.online.counts.strayHosts).toEqual([]);
	});

	test('times out on schedule even if the response trickles in', async () => {
		n8n.useNewTenant();
		await call(contact);
		n8n.online.misbehave({ at: 'api', kind: 'trickle', milliseconds: 100 });
		const { error } = await call({ ...contact, timeout: 1000 });
		expect(error!.message).toBe('online2.superoffice.com did not answer in time.');
	});
});

describe('a call that SuperOffice rejects', () => {
	const notFound = { Error: true, ErrorType: 'SoNotFoundException' };

	test.each<[string, number, unknown, string, RegExp]>([
		[
			'with ErrorMessage',
			404,
			{ ...notFound, ErrorMessage: 'Contact id 9 not found' },
			'SuperOffice turned the call down (status 404): Contact id 9 not found',
			/deleted/,
		],
		[
			'with Message',
			400,
			{ Error: true, Message: 'No body' },
			'SuperOffice turned the call down (status 400): No body',
			/values/,
		],
		[
			'with Message and MessageDetail',
			400,
			{ Message: 'The request is invalid.', MessageDetail: 'Name is missing.' },
			'SuperOffice turned the call down (status 400): The request is invalid. Name is missing.',
			/values/,
		],
		['without a message', 403, {}, 'SuperOffice turned the call down (status 403).', /right/],
		[
			'because the record has changed',
			412,
			'',
			'SuperOffice turned the call down (status 412).',
			/changed/,
		],
		[
			'with an internal error',
			500,
			{ ErrorMessage: 'Object reference not set' },
			'The tenant’s web API could not do this (status 500): Object reference not set',
			/Try again/,
		],
	])(
		'%s: is reported with its message, its status and a hint',
		async (_, status, body, message, hint) => {
			n8n.useNewTenant();
			await call(contact);
			answer(status, body);
			const { error } = await call(contact);
			expect(error).toMatchObject({
				name: 'NodeApiError',
				message,
				httpCode: String(status),
				context: { itemIndex: 0 },
			});
			expect(error!.description).toMatch(hint);
		},
	);

	test.each<[string, unknown, string]>([
		['null', null, 'SuperOffice could not do this (status 200).'],
		[
			'only a message',
			{ Message: 'The request is invalid.', MessageDetail: 'No such method' },
			'SuperOffice could not do this (status 200): The request is invalid. No such method',
		],
		[
			'an error',
			{ Error: true, ErrorMessage: 'Not allowed' },
			'SuperOffice could not do this (status 200): Not allowed',
		],
	])('is detected if an agent answers 200 with %s', async (_, body, message) => {
		n8n.useNewTenant();
		await call(contact);
		answer(200, body);
		const { error } = await call({
			method: 'POST',
			path: '/v1/Agents/Contact/GetContact',
			body: {},
		});
		expect(error).toMatchObject({ message, httpCode: '200' });
		// From anything but an agent, the same body is ordinary data.
		expect((await call(contact)).error).toBeUndefined();
	});

	test('is not sent again, whatever fails', async () => {
		n8n.useNewTenant();
		await call(contact);
		n8n.online.resetCounts();
		n8n.online.misbehave({ at: 'api', kind: 'status', status: 500 });
		await call({ method: 'POST', path: '/v1/Contact', body: { Name: 'Acme' } });
		expect(n8n.online.requests.map(({ method }) => method)).toEqual(['POST']);
		expect(n8n.online.requests[0]!.body).toBe('{"Name":"Acme"}');
	});

	test('masks secrets that SuperOffice repeats, and becomes an error item if the node continues on errors', async () => {
		const { clientSecret } = n8n.online.application;
		// Pasted with spaces around it, which are not sent.
		n8n.useNewTenant({ clientSecret: ` ${clientSecret} ` });
		await call(contact);
		answer(400, { ErrorMessage: `No "${clientSecret}" for ${String(stored().systemUserToken)}` });
		const { output, error, ...run } = await call(contact, { onError: 'continueRegularOutput' });
		expect(error).toBeUndefined();
		expect(output('Call')[0]!.json).toEqual({
			error:
				'SuperOffice turned the call down (status 400): No "***" for *** Check the values that were sent.',
		});
		expect(leaksIn([output('Call'), run.log], secretsOf(n8n.online, stored()))).toEqual([]);
	});

	test('because of the credential names the fields to check', async () => {
		n8n.useCredential('Cust12345', { systemUserToken: 'Other App-1234567890' });
		const { error } = await call(contact);
		expect(error!.message).toMatch(/^SuperOffice refused: /);
		expect(error!.description).toContain('System User Token');
	});

	test('says what to do if the tenant’s address is unavailable', async () => {
		n8n.useNewTenant();
		n8n.online.misbehave({ at: 'state', kind: 'status', status: 500 });
		const { error } = await call(contact);
		expect(error!.message).toContain('SuperOffice does not say where the tenant');
	});
});
