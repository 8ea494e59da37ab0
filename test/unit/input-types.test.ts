import { createSecretKey, generateKeyPairSync } from 'crypto';

import {
	AuthState,
	cacheKey,
	getSystemUserTicket,
	signSystemUserToken,
	TicketStore,
	verifySystemUserJwt,
	type SystemUserCredentials,
} from '../../superoffice';
import { superOfficeErrorOf } from './support/errors';
import { useSuperOfficeOnline } from './support/library';
import { jwtVectors, keyVectors, named } from './support/vectors';

const service = useSuperOfficeOnline();
const circular: Record<string, unknown> = {};
circular.keys = [circular];

const noText: Array<[string, unknown]> = [
	['a number', 5],
	['an object', {}],
	['an array', ['text']],
	['a Buffer', Buffer.from('text')],
	['true', true],
	['a BigInt', 5n],
	['a symbol', Symbol('text')],
	['a function', () => 'text'],
];
const nothing: Array<[string, unknown]> = [
	['null', null],
	['undefined', undefined],
];
const texts = {
	environment: 'Environment',
	contextIdentifier: 'Context Identifier',
	clientSecret: 'Client Secret',
	systemUserToken: 'System User Token',
	privateKey: 'Private Key',
	privateKeyPassphrase: 'Private Key Passphrase',
	exchangeProtocol: 'Exchange Protocol',
};
const optional = ['privateKeyPassphrase', 'exchangeProtocol'];

const invalid = async (work: () => unknown, message: string) => {
	const error = await superOfficeErrorOf(work);
	expect([error.code, error.message]).toEqual(['INVALID_INPUT', message]);
	expect(error.hint).not.toBe('');
};
const withChanges = (changes: object) =>
	service.application('Cust12345', changes as Partial<SystemUserCredentials>);

/** The ways into the library with credentials. */
const uses: Array<[string, (credentials: SystemUserCredentials) => unknown]> = [
	[
		'getSystemUserTicket',
		async (credentials) => await getSystemUserTicket(credentials, service.http),
	],
	[
		'TicketStore.getTicket',
		async (credentials) =>
			await new TicketStore(new AuthState()).getTicket(credentials, service.http),
	],
	[
		'TicketStore.renewTicket',
		async (credentials) =>
			await new TicketStore(new AuthState()).renewTicket(credentials, service.http),
	],
];

describe.each(uses)('%s', (_, use) => {
	describe.each(Object.entries(texts))('says so if %s is not text', (field, label) => {
		test.each(noText)('but %s', async (__, value) => {
			await invalid(() => use(withChanges({ [field]: value })), `${label} is not text.`);
		});
		if (optional.includes(field)) return;
		test.each(nothing)('but %s', async (__, value) => {
			const { code, message } = await superOfficeErrorOf(() =>
				use(withChanges({ [field]: value })),
			);
			expect(code).toBe('INVALID_INPUT');
			expect(message).toContain(label);
		});
	});

	test.each([
		...noText.filter(([name]) => name !== 'an object' && name !== 'a Buffer'),
		['null', null],
		['an object that refers to itself', circular],
		['an object with a BigInt', { keys: [5n] }],
	])('says so if publicKey is neither text nor a JWKS, but %s', async (__, publicKey) => {
		await invalid(() => use(withChanges({ publicKey })), 'Public Key is neither text nor a JWKS.');
	});

	test.each(nothing)('says so if there are no credentials, but %s', async (__, value) => {
		const { code } = await superOfficeErrorOf(() => use(value as SystemUserCredentials));
		expect(code).toBe('INVALID_INPUT');
	});
});

test('a ticket of good credentials is not handed out for those with a number as Public Key', async () => {
	const store = new TicketStore(new AuthState());
	await store.getTicket(withChanges({}), service.http);
	await invalid(
		async () => await store.getTicket(withChanges({ publicKey: 5 }), service.http),
		'Public Key is neither text nor a JWKS.',
	);
});

test('credentials with too long a text have another cache key than those without', () => {
	const { privateKey, privateKeyPassphrase = '' } = withChanges({});
	const padding = ' '.repeat(64 * 1024);
	const keys = [
		{},
		{ privateKey: privateKey + padding },
		{ privateKeyPassphrase: privateKeyPassphrase + padding },
		{ publicKey: padding + jwtVectors.certificatePem },
	].map((changes) => cacheKey(withChanges(changes)));
	expect(new Set(keys).size).toBe(4);
});

const privateKey = named(keyVectors.good, 'pkcs8-pem').text;

describe('signSystemUserToken', () => {
	const sign = signSystemUserToken as (...values: unknown[]) => string;

	test.each(noText)('says so if it gets no text, but %s', async (_, value) => {
		await invalid(() => sign(value, privateKey), 'System User Token is not text.');
		await invalid(() => sign('App-1', value), 'Private Key is not text.');
		await invalid(
			() => sign('App-1', privateKey, value),
			'The time of signing is not a valid Date.',
		);
	});

	test.each(nothing)('says so if it gets %s', async (_, value) => {
		await invalid(() => sign(value, privateKey), 'System User Token is empty.');
		await invalid(() => sign('App-1', value), 'Private Key is empty.');
	});

	const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
	test.each([
		['public', rsa.publicKey, 'this is a public key.'],
		['secret', createSecretKey(Buffer.from('text')), 'this is not a private key.'],
		['for elliptic curves', ec.privateKey, 'this is not an RSA key.'],
		['for RSA-PSS', pss.privateKey, 'this is not an RSA key.'],
	])('says so if it gets a KeyObject that is %s', async (_, key, what) => {
		const { code, message, hint } = await superOfficeErrorOf(() => sign('App-1', key));
		expect([code, message]).toEqual(['INVALID_KEY', `Private Key: ${what}`]);
		expect(hint).toContain('SuperOffice Developer Portal');
	});

	test('takes a KeyObject that is an RSA private key', () => {
		expect(sign('App-1', rsa.privateKey)).toMatch(/^App-1\.\d{12}\./);
	});
});

describe('verifySystemUserJwt', () => {
	const verify = verifySystemUserJwt as (jwt: unknown, options?: unknown) => unknown;
	const { contextIdentifier, certificatePem: publicKey, now } = jwtVectors;
	const { jwt } = named(jwtVectors.jwts, 'valid');
	const options = { publicKey, contextIdentifier, at: new Date(now) };

	test.each([...noText, ...nothing])('says so if the JWT is %s', async (_, value) => {
		await invalid(() => verify(value, options), 'The JWT is not text.');
	});

	test.each([
		...noText.filter(([name]) => name !== 'an object' && name !== 'a Buffer'),
		...nothing,
	])('says so if the public key is %s', async (_, value) => {
		await invalid(
			() => verify(jwt, { ...options, publicKey: value }),
			'Public Key is neither text nor a JWKS.',
		);
	});

	test.each(noText)('says so if the tenant is %s', async (_, value) => {
		await invalid(
			() => verify(jwt, { ...options, contextIdentifier: value }),
			'Context Identifier is not text.',
		);
	});

	test.each([...noText, ['null', null], ['an invalid Date', new Date('never')]])(
		'says so if the time is %s',
		async (_, value) => {
			await invalid(
				() => verify(jwt, { ...options, at: value }),
				'The time of verification is not a valid Date.',
			);
		},
	);

	test('says so if there are no options', async () => {
		await invalid(() => verify(jwt), 'Public Key is neither text nor a JWKS.');
	});
});
