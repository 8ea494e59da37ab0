import { generateKeyPairSync } from 'node:crypto';
import type { AxiosInstance } from 'axios';
import * as jsonwebtoken from 'jsonwebtoken';
import { type Caller, type SuperOfficeOnline } from '../superoffice-online';
import { useService } from './support/service';

const MINUTE = 60 * 1000;
const IDENTITY = 'http://schemes.superoffice.net/identity/';

let online: SuperOfficeOnline;
let caller: Caller;
let client: AxiosInstance;

useService((started) => {
	({ online, caller } = started);
	({ client } = caller);
});

describe('the exchange', () => {
	it.each(['Cust12345', 'Cust20001', 'Cust30001', 'Cust30002'])(
		'gives %s a JWT signed by its environment',
		async (contextIdentifier) => {
			const tenant = online.tenant(contextIdentifier);
			const { status, data } = await caller.exchange(contextIdentifier);
			expect(status).toBe(200);
			expect(data).toEqual({
				IsSuccessful: true,
				Token: expect.any(String),
				ErrorMessage: null,
			});
			expect(caller.verified(tenant.environment, data.Token)).toMatchObject({
				aud: `spn:${tenant.serial}`,
				[`${IDENTITY}ctx`]: contextIdentifier,
				[`${IDENTITY}serial`]: tenant.serial,
				[`${IDENTITY}ticket`]: expect.stringMatching(/^7T:[\w+/]+=*$/),
				[`${IDENTITY}webapi_url`]: `https://${tenant.apiHost}/${contextIdentifier}/api/`,
				[`${IDENTITY}is_administrator`]: 'True',
			});
			expect(online.counts).toMatchObject({
				exchanges: 1,
				restExchanges: 1,
				soapExchanges: 0,
				exchangesByTenant: { [contextIdentifier]: 1 },
			});
		},
	);

	it('refuses anything invalid, and says what is wrong', async () => {
		const { systemUserToken } = online.tenant('Cust12345');
		const other = online.tenant('Cust54321').systemUserToken;
		const foreignKey = generateKeyPairSync('rsa', {
			modulusLength: 2048,
			privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
			publicKeyEncoding: { type: 'spki', format: 'pem' },
		}).privateKey;
		const late = new Date(online.now().getTime() - 12 * MINUTE);
		const early = new Date(online.now().getTime() + 12 * MINUTE);
		const signed = caller.signToken(systemUserToken);
		const cases: Array<[object, RegExp]> = [
			[
				{ SignedSystemToken: caller.signToken(systemUserToken, undefined, foreignKey) },
				/InvalidSignature/,
			],
			[{ SignedSystemToken: `${signed}!` }, /InvalidSignature/],
			[{ SignedSystemToken: systemUserToken }, /InvalidSignature/],
			[{ SignedSystemToken: caller.signToken(systemUserToken, late) }, /InvalidTimestamp/],
			[{ SignedSystemToken: caller.signToken(systemUserToken, early) }, /InvalidTimestamp/],
			[{ SignedSystemToken: signed.replace(/\.\d{12}\./, '.202602301200.') }, /InvalidTimestamp/],
			[{ SignedSystemToken: caller.signToken(other) }, /Denied.*system user token/],
			[{ ApplicationToken: 'wrong' }, /Denied.*application token/],
			[{ ContextIdentifier: 'Cust30001' }, /Denied.*context/],
			[{ ContextIdentifier: 'Cust99999' }, /Denied.*context/],
			[{ ReturnTokenType: 'Saml' }, /Denied.*token type/],
		];
		for (const [changes, words] of cases) {
			const { status, data } = await caller.exchange('Cust12345', changes);
			expect(status).toBe(200);
			expect(data).toMatchObject({ IsSuccessful: false, Token: null });
			expect(data.ErrorMessage).toMatch(words);
		}
		expect(online.counts).toMatchObject({ exchanges: 0, refusals: cases.length });
	});

	it('accepts tokens with dots, spaces and letters of any script', async () => {
		const systemUserToken = 'Åpp v1.2 & <会社>.x-aB3dE6fG9h';
		const { contextIdentifier } = online.addTenant({ systemUserToken, environment: 'sod' });
		expect((await caller.exchange(contextIdentifier)).data.IsSuccessful).toBe(true);
		const escaped = caller.signToken(systemUserToken).replace(/&/g, '&amp;').replace(/</g, '&#60;');
		const { data } = await caller.postSoap('sod', caller.envelope(escaped, contextIdentifier));
		expect(data).toContain('<IsSuccessful>true</IsSuccessful>');
		const unescaped = caller.envelope(caller.signToken(systemUserToken), contextIdentifier);
		expect((await caller.postSoap('sod', unescaped)).status).toBe(500);
	});

	it('answers anything but JSON with 400 and a Message', async () => {
		const { host } = online.login('sod');
		const { status, data } = await client.post(
			`https://${host}/login/API/partnersystemuser/authenticate`,
			'{"Signed',
			{ headers: { 'Content-Type': 'application/json' }, transformRequest: [(text) => text] },
		);
		expect([status, data]).toEqual([400, { Message: expect.any(String) }]);
	});

	it('works over SOAP: a JWT, a refusal, a Fault', async () => {
		const { systemUserToken } = online.tenant('Cust30001');
		const good = await caller.postSoap(
			'online',
			caller.envelope(caller.signToken(systemUserToken), 'Cust30001'),
		);
		expect(good.status).toBe(200);
		const jwt = /<Token>(.+)<\/Token>/.exec(good.data)?.[1] ?? '';
		const ticket = caller.verified('online', jwt)[`${IDENTITY}ticket`];
		expect((await caller.call('Cust30001', ticket)).status).toBe(200);

		const refused = await caller.postSoap(
			'online',
			caller.envelope('a.202601010000.b', 'Cust30001'),
		);
		expect(refused.status).toBe(200);
		expect(refused.data).toMatch(/<IsSuccessful>false<.*<ErrorMessage>Denied/);

		const faults = [
			await caller.postSoap('online', '<not-soap/>'),
			await caller.postSoap('online', '<Envelope'),
			await caller.postSoap(
				'online',
				caller.envelope(caller.signToken(systemUserToken), 'Cust30001'),
				'Other',
			),
		];
		for (const fault of faults) {
			expect(fault.status).toBe(500);
			expect(fault.data).toMatch(/Fault>.*<faultstring/);
		}
		expect(online.counts).toMatchObject({ soapExchanges: 5, exchanges: 1, refusals: 4 });
	});

	it('signs with the new key after a rotation, and publishes both keys', async () => {
		const before = online.login('qaonline').jwks.keys;
		await online.rollKey('qaonline');
		const { data: jwks } = await client.get(
			`https://${online.login('qaonline').host}/login/.well-known/jwks`,
		);
		expect(jwks.keys).toHaveLength(before.length + 1);
		expect(jwks.keys[0]).toEqual(before[0]);
		const { data } = await caller.exchange('Cust20001');
		expect(jsonwebtoken.decode(data.Token, { complete: true })?.header.kid).toBe(
			jwks.keys.at(-1).kid,
		);
		caller.verified('qaonline', data.Token);
		expect(online.counts.jwks).toBe(1);
	});
});
