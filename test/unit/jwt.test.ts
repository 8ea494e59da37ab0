import { createPublicKey } from 'crypto';

import { verifySystemUserJwt, type Jwks } from '../../superoffice';
import { superOfficeErrorOf } from './support/errors';
import { hugeKey, publicPem, signWithoutKey, withExponent } from './support/odd-keys';
import { jwtVectors, keyVectors, named } from './support/vectors';

const { contextIdentifier, certificatePem, publicKeyPem, jwks } = jwtVectors;
const at = new Date(jwtVectors.now);
const publicKeys: Array<[string, string | Jwks]> = [
	['the certificate', certificatePem],
	['the public key', publicKeyPem],
	['the JWKS', jwks],
];
const { jwt: valid } = named(jwtVectors.jwts, 'valid');

const wrongAudience = 'it was issued to someone else (wrong audience)';
const wrongTenant = 'it is for a different tenant than the one asked for';
const noTicket = 'it contains no usable ticket';
const notRs256 = 'it is not signed the way SuperOffice signs (RS256)';
const wrongKey = 'its signature was not made with SuperOffice’s key';
const noJwt = 'it is not a signed answer (JWT)';
const reasons: Record<string, string> = {
	'expired-one-hour': 'it has expired',
	'not-yet-valid-one-hour': 'it is not valid yet',
	'no-exp': 'it does not say when it expires',
	'rs512-by-the-right-key': notRs256,
	'wrong-issuer': 'it was not issued by SuperOffice AS',
	'no-issuer': 'it was not issued by SuperOffice AS',
	'wrong-audience': wrongAudience,
	'no-audience': wrongAudience,
	'no-serial': wrongAudience,
	'other-tenant': wrongTenant,
	'no-ctx': wrongTenant,
	'no-ticket': noTicket,
	'empty-ticket': noTicket,
	'ticket-not-a-string': noTicket,
	'alg-none': notRs256,
	'alg-None-with-signature': notRs256,
	'hs256-with-certificate-text': notRs256,
	'hs256-with-spki-text': notRs256,
	'signed-by-another-key': wrongKey,
	'other-key-offered-in-the-header': wrongKey,
	'payload-changed': wrongKey,
	'signature-cut': 'it is damaged or cut off',
	'signature-empty': 'it is damaged or cut off',
	'two-parts': noJwt,
	'four-parts': noJwt,
	'not-a-jwt': noJwt,
	empty: noJwt,
	'payload-not-json': 'it cannot be read',
	'crit-header': 'its header makes an unknown demand',
};

describe.each(publicKeys)('verifying a JWT with %s', (_, publicKey) => {
	const verify = (jwt: string) => verifySystemUserJwt(jwt, { publicKey, contextIdentifier, at });

	test.each(jwtVectors.jwts.filter(({ accept }) => accept))('accepts $name', ({ jwt }) => {
		expect(verify(jwt)).toMatchObject({ ticket: jwtVectors.ticket });
	});

	test.each(jwtVectors.jwts.filter(({ accept }) => !accept))(
		'rejects $name',
		async ({ name, jwt }) => {
			const error = await superOfficeErrorOf(() => verify(jwt));
			expect(error.code).toBe('JWT_REJECTED');
			expect([name, error.message]).toEqual([
				name,
				`SuperOffice’s answer could not be verified: ${reasons[name]}.`,
			]);
		},
	);
});

describe('verifying a JWT', () => {
	const verify = (options: { publicKey?: string | Jwks; at?: Date; contextIdentifier?: string }) =>
		verifySystemUserJwt(valid, { publicKey: certificatePem, contextIdentifier, at, ...options });

	test('allows 300 seconds of clock skew, and no more', async () => {
		const { exp, nbf } = JSON.parse(
			Buffer.from(valid.split('.')[1]!, 'base64url').toString(),
		) as Record<'exp' | 'nbf', number>;
		const second = (time: number) => new Date(time * 1000);
		expect(verify({ at: second(exp + 299) })).toBeTruthy();
		expect(verify({ at: second(nbf - 300) })).toBeTruthy();
		const late = await superOfficeErrorOf(() => verify({ at: second(exp + 300) }));
		expect(late.message).toContain('it has expired');
		const early = await superOfficeErrorOf(() => verify({ at: second(nbf - 301) }));
		expect(early.message).toContain('it is not valid yet');
	});

	test('rejects a valid JWT for another tenant', async () => {
		const error = await superOfficeErrorOf(() => verify({ contextIdentifier: 'Cust99999' }));
		expect(error.message).toContain('a different tenant');
	});

	test('finds the right key among several', () => {
		const other = keyVectors.publicKeyPem;
		expect(verify({ publicKey: `${other}\n${certificatePem}` })).toBeTruthy();
		const otherJwk = { ...createPublicKey(other).export({ format: 'jwk' }), kid: 'another' };
		expect(verify({ publicKey: { keys: [otherJwk, ...jwks.keys] } })).toBeTruthy();
	});

	test('rejects a key that the header does not name, even if it is the right one', async () => {
		const renamed = { keys: jwks.keys.map((key) => ({ ...key, kid: 'another', x5t: 'another' })) };
		const error = await superOfficeErrorOf(() => verify({ publicKey: renamed }));
		expect(error.message).toContain('a key that SuperOffice does not publish');
	});

	test('rejects a different encoding of the same signature', async () => {
		// The last character of a 2048-bit signature carries four unused bits.
		const respelled = valid.slice(0, -1) + nextCharacter(valid.slice(-1));
		const bytes = (jwt: string) => Buffer.from(jwt.split('.')[2]!, 'base64url').toString('hex');
		expect(bytes(respelled)).toBe(bytes(valid));
		const error = await superOfficeErrorOf(() =>
			verifySystemUserJwt(respelled, { publicKey: certificatePem, contextIdentifier, at }),
		);
		expect(error.code).toBe('JWT_REJECTED');
	});
});

describe('a JWT that anybody can sign, for a key with exponent 1', () => {
	const [, claims] = valid.split('.');
	const header = Buffer.from(JSON.stringify({ alg: 'RS256' })).toString('base64url');
	const signature = signWithoutKey(`${header}.${claims}`).toString('base64url');
	const forgedJwt = `${header}.${claims}.${signature}`;
	const refusal = async (publicKey: string | Jwks) =>
		await superOfficeErrorOf(() =>
			verifySystemUserJwt(forgedJwt, { publicKey, contextIdentifier, at }),
		);

	test('is rejected with that key in PEM text', async () => {
		const { code, message } = await refusal(publicPem(withExponent(1)));
		expect([code, message]).toEqual([
			'INVALID_KEY',
			'Public Key: this RSA key has an unsafe exponent.',
		]);
	});

	test('is rejected with that key in a JWKS, where it is left out', async () => {
		const { code, message } = await refusal({ keys: [...jwks.keys, withExponent(1)] });
		expect([code, message]).toEqual([
			'JWT_REJECTED',
			`SuperOffice’s answer could not be verified: ${wrongKey}.`,
		]);
	});
});

function shortKey(): string {
	return createPublicKey(named(keyVectors.bad, 'rsa-1024').text)
		.export({ type: 'spki', format: 'pem' })
		.toString();
}

function nextCharacter(character: string): string {
	const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
	return alphabet[alphabet.indexOf(character) + 1]!;
}

describe('Public Key', () => {
	const pkcs1 = createPublicKey(publicKeyPem).export({ type: 'pkcs1', format: 'pem' }).toString();
	const texts = [
		['a certificate', certificatePem],
		['a public key', publicKeyPem],
		['a public key in PKCS#1', pkcs1],
		['several, for a key rotation', `${keyVectors.publicKeyPem}\n${certificatePem}`],
	] as const;

	describe.each(texts)('is read however it is pasted: %s', (_, text) => {
		test.each<[string, (text: string) => string]>([
			['with CRLF', (pem) => pem.replaceAll('\n', '\r\n')],
			['with spaces instead of line breaks', (pem) => pem.replaceAll('\n', ' ')],
			['without line breaks', (pem) => pem.replaceAll('\n', '')],
			['with a literal \\n for each line break', (pem) => pem.replaceAll('\n', '\\n')],
			['indented', (pem) => pem.replaceAll('\n', '\n\t')],
			['in quotes', (pem) => `"${pem}"`],
			['with a byte order mark', (pem) => `\ufeff${pem}`],
			['with surrounding text', (pem) => `subject=CN = SuperOffice\n${pem}\nthe end`],
		])('%s', (__, reformat) => {
			const options = { publicKey: reformat(text), contextIdentifier, at };
			expect(verifySystemUserJwt(valid, options)).toBeTruthy();
		});
	});

	const refusal = async (publicKey: string | Jwks) =>
		await superOfficeErrorOf(() =>
			verifySystemUserJwt(valid, { publicKey, contextIdentifier, at }),
		);

	test.each([
		['a private key', named(keyVectors.good, 'pkcs8-pem').text, 'this is a private key'],
		['some text', 'hello', 'this is neither a certificate nor a public key'],
		['a damaged certificate', certificatePem.replace(/\n[^-\n]{10}/, '\n'), 'damaged or cut off'],
		['a certificate without its end', certificatePem.slice(0, 500), 'damaged or cut off'],
		['a certificate without its start', certificatePem.slice(100), 'damaged or cut off'],
		[
			'one complete and one truncated certificate',
			`${certificatePem}\n${certificatePem.slice(0, 500)}`,
			'damaged or cut off',
		],
		['a 1024-bit key', shortKey(), 'this is not an RSA key of at least 2048 bits'],
		[
			'the application’s key as XML',
			named(keyVectors.good, 'rsaxml-one-line').text,
			'this is the application’s key',
		],
		['a 32,768-bit key', hugeKey(32_768).publicPem, 'this RSA key has more than 16384 bits'],
		['a key with exponent 1', publicPem(withExponent(1)), 'this RSA key has an unsafe exponent'],
		['a key with exponent 3', publicPem(withExponent(3)), 'this RSA key has an unsafe exponent'],
		[
			'a key with an even exponent',
			publicPem(withExponent(65_538)),
			'this RSA key has an unsafe exponent',
		],
		[
			'a good key and one with exponent 1',
			`${publicKeyPem}${publicPem(withExponent(1))}`,
			'this RSA key has an unsafe exponent',
		],
		['longer than 64 KB', publicKeyPem + ' '.repeat(64 * 1024), 'this is longer than 64 KB'],
		['nothing but BEGIN lines', '-----BEGIN CERTIFICATE-----\n'.repeat(2000), 'damaged or cut off'],
		[
			'a JWKS longer than 64 KB',
			{ keys: [...jwks.keys, ...Array.from({ length: 300 }, () => withExponent(65_537))] },
			'this is longer than 64 KB',
		],
		['a JWKS with exponent 1', { keys: [withExponent(1)] }, 'the JWKS has no key'],
		[
			'a JWKS with a 32,768-bit key',
			{ keys: [hugeKey(32_768).key.export({ format: 'jwk' })] },
			'the JWKS has no key',
		],
		[
			'a JWKS of a very long exponent',
			{ keys: [{ ...withExponent(1), e: Buffer.alloc(40_000, 0xa6).toString('base64url') }] },
			'the JWKS has no key',
		],
		['an empty JWKS', { keys: [] }, 'the JWKS has no key'],
		['a JWKS for encryption', { keys: [{ ...jwks.keys[0], use: 'enc' }] }, 'the JWKS has no key'],
		['a JWKS with null for a key', { keys: [null] } as unknown as Jwks, 'the JWKS has no key'],
		['a JWKS with an EC key', { keys: [{ ...jwks.keys[0], kty: 'EC' }] }, 'the JWKS has no key'],
		[
			'a JWKS with a 1024-bit key',
			{ keys: [createPublicKey(shortKey()).export({ format: 'jwk' })] },
			'the JWKS has no key',
		],
		['a JWKS for RS512', { keys: [{ ...jwks.keys[0], alg: 'RS512' }] }, 'the JWKS has no key'],
	])('says so if it is %s', async (_, publicKey, message) => {
		const error = await refusal(publicKey);
		expect(error.code).toBe('INVALID_KEY');
		expect(error.message).toContain('Public Key: ');
		expect(error.message).toContain(message);
		expect(error.hint).toContain('SuperOfficeFederatedLogin.crt');
	});
});
