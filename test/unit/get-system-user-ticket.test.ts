import { getSystemUserTicket, type SystemUserCredentials } from '../../superoffice';
import { superOfficeErrorOf } from './support/errors';
import { useSuperOfficeOnline } from './support/library';
import { jwtVectors, keyVectors, named } from './support/vectors';

const service = useSuperOfficeOnline();
const { http, application, noWait } = service;

describe.each(['rest', 'soap'])('a ticket over %s', (exchangeProtocol) => {
	const get = async (contextIdentifier: string, changes: Partial<SystemUserCredentials> = {}) =>
		await getSystemUserTicket(
			application(contextIdentifier, { exchangeProtocol, ...changes }),
			http,
			noWait(),
		);

	test.each(['Cust12345', 'Cust20001', 'Cust30002'])('is accepted by %s', async (tenant) => {
		const { ticket, claims, issuedAt, expiresAt, ...rest } = await get(tenant);
		const { environment, apiHost, serial, companyName } = service.online.tenant(tenant);
		expect(service.online.isLive(ticket, tenant)).toBe(true);
		expect(rest).toEqual({
			contextIdentifier: tenant,
			environment,
			webApiUrl: `https://${apiHost}/${tenant}/api`,
		});
		expect(Date.parse(expiresAt) - Date.parse(issuedAt)).toBe(6 * 60 * 60 * 1000);
		expect(issuedAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
		expect(claims).toMatchObject({
			serial: String(serial),
			company_name: companyName,
		});
		expect(service.online.counts).toMatchObject({ exchanges: 1, jwks: 1 });
		expect(
			service.online.counts[exchangeProtocol === 'soap' ? 'soapExchanges' : 'restExchanges'],
		).toBe(1);
	});

	test('is verified with a pinned certificate, without fetching the JWKS', async () => {
		await get('Cust12345', { publicKey: service.online.login('sod').certificatePem });
		expect(service.online.counts).toMatchObject({ exchanges: 1, jwks: 0 });
	});

	test('is rejected if the pinned certificate is for another environment', async () => {
		const publicKey = service.online.login('online').certificatePem;
		const error = await superOfficeErrorOf(() => get('Cust12345', { publicKey }));
		expect(error.message).toContain('its signature was not made with SuperOffice’s key');
		expect(error.hint).toContain('Public Key');
	});

	test('is issued for a key in SuperOffice’s own format, and fields with surrounding spaces', async () => {
		const { clientSecret, systemUserToken } = service.online.credential('Cust12345');
		const { contextIdentifier } = await get('Cust12345', {
			contextIdentifier: ' cust12345\n',
			clientSecret: ` ${clientSecret} `,
			systemUserToken: `${systemUserToken}\n`,
			privateKey: service.online.application.privateKeyXml,
		});
		expect(contextIdentifier).toBe('Cust12345');
	});

	test('is issued for a token that XML and JSON must escape', async () => {
		const systemUserToken = 'Å & B <"App\'s"> \\ 会社-aB3dE6fG9h';
		const tenant = service.online.addTenant({ systemUserToken, environment: 'sod' });
		expect((await get(tenant.contextIdentifier)).contextIdentifier).toBe(tenant.contextIdentifier);
	});

	test('is issued after SuperOffice has rotated its key', async () => {
		await service.online.rollKey('sod');
		expect((await get('Cust12345')).ticket).toMatch(/^7T:/);
	});

	test.each<[string, Partial<SystemUserCredentials>, RegExp]>([
		['a wrong client secret', { clientSecret: 'wrong' }, /Client Secret/],
		[
			'another application’s key',
			{ privateKey: named(keyVectors.good, 'pkcs8-pem').text },
			/Private Key/,
		],
		['another tenant’s token', { systemUserToken: 'Other-1234567890' }, /System User Token/],
	])('is refused for %s, with SuperOffice’s message and a hint', async (_, changes, hint) => {
		const error = await superOfficeErrorOf(() => get('Cust12345', changes));
		expect(error.code).toBe('REFUSED');
		expect(error.message).toMatch(/^SuperOffice refused: \w+/);
		expect(error.hint).toMatch(hint);
		expect(service.online.counts).toMatchObject({ exchanges: 0, refusals: 1 });
	});

	test('is read from SuperOffice’s own claims, whatever others are called', async () => {
		const others = { ticket: '7T:other', ctx: 'Cust99999', serial: 1 };
		service.online.misbehave({
			at: 'exchange',
			kind: 'jwt',
			change: (parts) => ({ ...parts, claims: { ...parts.claims, ...others } }),
		});
		expect(service.online.isLive((await get('Cust12345')).ticket, 'Cust12345')).toBe(true);
	});

	test('is not retried after a refusal, but is after a transient fault', async () => {
		service.online.misbehave({ at: 'exchange', kind: 'refuse', reason: 'Revoked' });
		const error = await superOfficeErrorOf(() => get('Cust12345'));
		expect(error.hint).toContain('has withdrawn the application’s access');
		expect(service.online.counts.refusals).toBe(1);
		service.online.stopMisbehaving();
		service.online.misbehave({ at: 'exchange', kind: 'status', status: 503, times: 1 });
		service.online.misbehave({ at: 'exchange', kind: 'reset', times: 1 });
		expect((await get('Cust12345')).ticket).toMatch(/^7T:/);
	});

	test.each<[string, string, string]>([
		['a web page', '<html><body>Sign in to the guest network</body></html>', 'a web page'],
		['truncated JSON', '{"IsSuccessful":tr', 'unknown or truncated JSON'],
		['unexpected JSON', '{"hello":"world"}', 'unknown or truncated JSON'],
		['an empty body', '', 'nothing'],
		['plain text', 'Service says no', 'plain text'],
		['unexpected XML', '<?xml version="1.0"?><a>b</a>', 'unknown or truncated XML'],
	])('is not read from %s: the error names what was received', async (_, body, kind) => {
		const contentType = kind === 'a web page' ? 'text/html' : 'text/plain';
		service.online.misbehave({ at: 'exchange', kind: 'body', body, contentType });
		const error = await superOfficeErrorOf(() => get('Cust12345'));
		expect(error).toMatchObject({ code: 'UNEXPECTED_ANSWER', httpStatus: 200 });
		expect(error.message).toContain(`answered with ${kind} (status 200)`);
	});

	test('does not follow a redirect', async () => {
		service.online.misbehave({
			at: 'exchange',
			kind: 'redirect',
			location: 'https://evil.example/',
		});
		const error = await superOfficeErrorOf(() => get('Cust12345'));
		expect(error.message).toContain('redirect (status 302)');
		expect(service.online.counts.strayConnects).toBe(0);
	});

	test('is refused without repeating the secrets in SuperOffice’s message', async () => {
		const { clientSecret, systemUserToken } = service.online.credential('Cust12345');
		const reason = `No ${clientSecret} and no ${systemUserToken}`;
		service.online.misbehave({ at: 'exchange', kind: 'refuse', reason });
		const { message } = await superOfficeErrorOf(() => get('Cust12345'));
		expect(message).toBe('SuperOffice refused: No *** and no ***');
	});

	test.each<[string, Record<string, unknown>]>([
		[
			'its web API is outside SuperOffice',
			{ webapi_url: 'https://superoffice.com.evil.example/api/' },
		],
		[
			'its address is not a web API',
			{ webapi_url: 'https://sod.superoffice.com/Cust12345/default.aspx' },
		],
		['its serial is missing', { serial: undefined, aud: 'spn:undefined' }],
		['its serial is an object', { serial: {}, aud: 'spn:[object Object]' }],
		['it has a second audience', { aud: ['spn:1000000001', 'spn:2'] }],
		['its ticket contains a line break', { ticket: '7T:abc\r\nX-Header: 1' }],
	])('is rejected if %s, even though SuperOffice signed it', async (_, changes) => {
		const claims = Object.fromEntries(
			Object.entries(changes).map(([name, value]) => [
				name === 'aud' ? name : `http://schemes.superoffice.net/identity/${name}`,
				value,
			]),
		);
		service.online.misbehave({
			at: 'exchange',
			kind: 'jwt',
			change: (parts) => ({ ...parts, claims: { ...parts.claims, ...claims } }),
		});
		const error = await superOfficeErrorOf(() => get('Cust12345'));
		expect(error.code).toBe('JWT_REJECTED');
	});

	test.each(['exp', 'aud'])(
		'is rejected without %s, whatever SuperOffice’s own claim of that name says',
		async (name) => {
			service.online.misbehave({
				at: 'exchange',
				kind: 'jwt',
				change: (parts) => {
					const { [name]: value, ...others } = parts.claims;
					const own = { [`http://schemes.superoffice.net/identity/${name}`]: value };
					return { ...parts, claims: { ...others, ...own } };
				},
			});
			const error = await superOfficeErrorOf(() => get('Cust12345'));
			expect(error.code).toBe('JWT_REJECTED');
		},
	);
});

describe('input that is rejected before anything is sent', () => {
	test.each<[string, Partial<SystemUserCredentials>, string]>([
		['an unknown environment', { environment: 'qastage' }, 'Environment'],
		['no environment', { environment: undefined }, 'Environment'],
		['an empty context identifier', { contextIdentifier: ' ' }, 'Context Identifier'],
		['a company name', { contextIdentifier: 'Acme AS' }, 'Context Identifier'],
		['a path in the identifier', { contextIdentifier: 'Cust1/../x' }, 'Context Identifier'],
		['an empty client secret', { clientSecret: '' }, 'Client Secret'],
		['a client secret with a line break', { clientSecret: 'a\r\nX: b' }, 'Client Secret'],
		['an empty token', { systemUserToken: '\n' }, 'System User Token'],
		['no private key', { privateKey: '' }, 'Private Key'],
		['a public key as private key', { privateKey: jwtVectors.publicKeyPem }, 'Private Key'],
		['an unusable certificate', { publicKey: 'certificate' }, 'Public Key'],
		['an unknown protocol', { exchangeProtocol: 'ftp' }, 'Exchange Protocol'],
	])('%s', async (_, changes, field) => {
		const error = await superOfficeErrorOf(() =>
			getSystemUserTicket(application('Cust12345', changes), http),
		);
		expect(error.message.startsWith(field)).toBe(true);
		expect(error.hint).not.toBe('');
		expect(service.online.requests).toHaveLength(0);
	});

	test('an invalid timeout', async () => {
		const error = await superOfficeErrorOf(() =>
			getSystemUserTicket(application('Cust12345'), http, { timeout: Number.NaN }),
		);
		expect(error.message).toContain('Timeout');
	});
});
