import type { IHttpRequestOptions } from 'n8n-workflow';

import { SuperOfficeApi } from '../../credentials/SuperOfficeApi.credentials';
import { authorizeRequest } from '../../credentials/system-user/authorize-request';
import { credentialTestUrl } from '../../n8n/credential-test';
import type { SystemUserTicket } from '../../superoffice';

const ticketOf = (ticket: string): SystemUserTicket => ({
	ticket,
	contextIdentifier: 'Cust12345',
	environment: 'sod',
	webApiUrl: 'https://sod2.superoffice.com/Cust12345/api',
	issuedAt: '',
	expiresAt: '',
	claims: {},
});
const url = 'https://sod2.superoffice.com/Cust12345/api/v1/Contact';
type Request = Partial<IHttpRequestOptions> & { uri?: string };
/** The request as it would be sent. */
const send = (request: Request, ticket?: SystemUserTicket, ticketBefore?: SystemUserTicket) => {
	const authorized = authorizeRequest({ url, ...request }, 'secret', ticket, ticketBefore);
	if (authorized === undefined) throw new Error('A ticket is required.');
	return authorized.request;
};
const authorize = (request: Request, ticket = '7T:own', ticketBefore?: string) =>
	send(request, ticketOf(ticket), ticketBefore === undefined ? undefined : ticketOf(ticketBefore));

describe('authorizing a request', () => {
	test('adds the ticket and the client secret, and keeps the rest', () => {
		expect(authorize({ headers: { Accept: 'application/json' }, qs: { a: 1 } })).toMatchObject({
			url,
			qs: { a: 1 },
			headers: {
				Accept: 'application/json',
				Authorization: 'SOTicket 7T:own',
				'SO-AppToken': 'secret',
			},
		});
	});

	test.each(['Host', 'host', 'HOST'])(
		'leaves out a header %s, which behind a proxy decides whose certificate is expected',
		(name) => {
			for (const ticket of [{}, { authorization: 'SOTicket 7T:theirs' }]) {
				const { headers } = authorize({ headers: { ...ticket, [name]: 'evil.example' } });
				expect(JSON.stringify(headers)).not.toContain('evil.example');
			}
		},
	);

	test('keeps a ticket that the request already carries', () => {
		const headers = { authorization: 'SOTicket 7T:theirs' };
		const first = authorize({ headers });
		expect(first.headers).toEqual({ authorization: 'SOTicket 7T:theirs', 'SO-AppToken': 'secret' });
		expect(authorize(first, '7T:new', '7T:own').headers).toEqual(first.headers);
	});

	test('replaces its own ticket when n8n retries the request with a new one', () => {
		const first = authorize({}, '7T:dead');
		expect(authorize({ ...first }, '7T:new', '7T:dead').headers!.Authorization).toBe(
			'SOTicket 7T:new',
		);
	});

	test('uses the tenant’s new web API URL when the renewed ticket has one', () => {
		const first = authorize({ url: '/v1/Contact' });
		const moved = {
			...ticketOf('7T:new'),
			webApiUrl: 'https://sod3.superoffice.com/Cust12345/api',
		};
		expect(send(first, moved, ticketOf('7T:own')).url).toBe(`${moved.webApiUrl}/v1/Contact`);
	});

	test('replaces any other Authorization header, whatever its case', () => {
		const { headers } = authorize({ headers: { authorization: 'Bearer abc' } });
		expect(headers).toEqual({ Authorization: 'SOTicket 7T:own', 'SO-AppToken': 'secret' });
	});

	test.each([url, '/v1/Contact', credentialTestUrl])(
		'sends nothing without a ticket, and makes n8n request one: %s',
		async (address) => {
			// n8n requests a ticket after a 401, and takes the status from the error.
			const sent = new SuperOfficeApi().authenticate({}, { url: address });
			await expect(sent).rejects.toMatchObject({ response: { status: 401 } });
		},
	);

	test('sends the request’s own ticket even if the credential has none', () => {
		const headers = { Authorization: 'SOTicket 7T:theirs' };
		expect(send({ headers }).headers).toEqual({
			...headers,
			'SO-AppToken': 'secret',
		});
	});

	test('sends the credential test to the tenant', () => {
		const principal = url.replace('Contact', 'User/currentPrincipal');
		expect(authorize({ url: credentialTestUrl }).url).toBe(principal);
	});

	test('resolves a bare path against the tenant’s web API', () => {
		expect(authorize({ url: '/v1/Contact' })).toMatchObject({ baseURL: undefined, url });
	});

	test.each([
		'https://sod.superoffice.com/Cust12345/api/v1/Contact',
		'https://sod7.superoffice.com/cust12345/api/v1/Contact?$top=1',
	])('rewrites a URL of the tenant to its current host: %s', (elsewhere) => {
		const home = elsewhere.replace(/sod7?/, 'sod2').replace('cust', 'Cust');
		expect(authorize({ url: elsewhere }).url).toBe(home);
		expect(authorize({ url: '', uri: elsewhere })).toMatchObject({ uri: home, url: home });
	});

	test('rewrites a production URL to the tenant’s current host, whatever its name', () => {
		const webApiUrl = 'https://disasterrecovery.superoffice.com/Cust12345/api';
		const ticket = { ...ticketOf('7T:own'), environment: 'online' as const, webApiUrl };
		const request = { url: 'https://online3.superoffice.com/Cust12345/api/v1/Contact' };
		expect(send(request, ticket).url).toBe(`${webApiUrl}/v1/Contact`);
	});

	const notTheTenants = [
		'https://sod7.superoffice.com/Cust54321/api/v1/Contact',
		'https://sod.superoffice.com/api/state/Cust12345',
		'https://sod.superoffice.com/Cust123456/api',
		'https://sod2.superoffice.com/Cust12345/apis',
		'https://sod2.superoffice.com/Cust12345/api/%2e%2e/x',
		'https://sod2.superoffice.com/Cust12345/api/a%252f..%252fx',
		'https://sod2.superoffice.com/Cust12345/api/..%2fx%zz',
		`https://sod2.superoffice.com/Cust12345/api/%${'25'.repeat(20_000)}`,
		'https://online2.superoffice.com/Cust12345/api/v1/Contact',
		'https://qaonline2.superoffice.com/Cust12345/api/v1/Contact',
		'https://docs.superoffice.com/Cust12345/api',
	];

	test.each(notTheTenants)(
		'refuses to send the ticket where it does not belong: %s',
		(elsewhere) => {
			expect(() => authorize({ url: elsewhere })).toThrow(/ticket is for Cust12345 in Development/);
		},
	);

	test.each(notTheTenants)(
		'sends a ticket that the request carries as it is told to: %s',
		(url) => {
			const headers = { authorization: 'SOTicket 7T:theirs' };
			expect(authorize({ url, headers }).url).toBe(new URL(url).href);
		},
	);

	test('says what to do about a path that leads elsewhere', () => {
		expect(() => authorize({ url: '/v1/../../Cust54321/api' })).toThrow(
			/^Path leads out of the tenant’s web API\. Enter a path as it stands/,
		);
	});

	test('knows the tenant’s web API by its known address, whatever that looks like', () => {
		const ticket = { ...ticketOf('7T:own'), webApiUrl: 'https://crm.superoffice.com/x/api' };
		expect(send({ url: '/v1/Contact' }, ticket).url).toBe(`${ticket.webApiUrl}/v1/Contact`);
		const beside = { url: 'https://crm.superoffice.com/x/apis' };
		expect(() => send(beside, ticket)).toThrow(/ticket is for/);
	});

	test.each([
		{ rejectUnauthorized: false },
		{ strictSSL: false },
		{ skipSslCertificateValidation: true },
		{ agentOptions: { ca: 'PEM' } },
		{ agentOptions: { rejectUnauthorized: false } },
		{ agentOptions: { checkServerIdentity: () => undefined } },
		{ agentOptions: { pfx: 'may hold authorities as well' } },
		{ agentOptions: { servername: 'evil.example' } },
	])('refuses to send anything over TLS that is not verified: %j', (options) => {
		expect(() => authorize(options as Request)).toThrow(/NODE_EXTRA_CA_CERTS/);
		const headers = { authorization: 'SOTicket 7T:theirs' };
		expect(() => authorize({ ...options, headers } as Request)).toThrow(/NODE_EXTRA_CA_CERTS/);
	});

	test.each([
		{ rejectUnauthorized: true, strictSSL: true, skipSslCertificateValidation: false },
		{ agentOptions: { cert: 'PEM', key: 'PEM', passphrase: 'x', rejectUnauthorized: true } },
		{ agentOptions: { ca: undefined } },
		{ proxy: 'http://proxy.example:3128' },
	])('leaves options alone that keep TLS verified: %j', (options) => {
		expect(authorize(options as Request)).toMatchObject(options);
	});

	test.each<[string, Partial<IHttpRequestOptions> & { uri?: string }]>([
		['another host', { url: 'https://evil.example/' }],
		['a host with the same ending', { url: 'https://evilsuperoffice.com/' }],
		['a host with the same beginning', { url: 'https://sod.superoffice.com.evil.example/' }],
		['plain HTTP', { url: 'http://sod2.superoffice.com/' }],
		['another port', { url: 'https://sod2.superoffice.com:444/' }],
		['a login in the URL', { url: 'https://user@sod2.superoffice.com/' }],
		['another base URL', { url: '/v1/Contact', baseURL: 'https://evil.example' }],
		[
			'an absolute URL with a valid base URL',
			{
				url: 'https://evil.example/',
				baseURL: 'https://sod2.superoffice.com',
			},
		],
		['a protocol-relative URL', { url: '//evil.example/' }],
		['a conflicting legacy uri option', { uri: 'https://evil.example/' }],
		['an empty URL', { url: '' }],
	])('refuses %s', (_, request) => {
		expect(() => authorize(request)).toThrow(/only sent to https addresses on superoffice\.com/);
	});
});
