import {
	createHash,
	createPrivateKey,
	createPublicKey,
	generateKeyPairSync,
	type JsonWebKey,
} from 'crypto';

import { toRsaXml } from '../../superoffice-online/login/rsa-keys';

/** An odd number of that many bits: no key's, but like one. */
function numberOf(bits: number): string {
	return Buffer.alloc(bits / 8, 0xa7).toString('base64url');
}

/** What looks like an RSA key of that size. To generate a real one of this size would take minutes. */
export function hugeKey(bits: number, changes: JsonWebKey = {}) {
	const half = numberOf(bits / 2);
	const key = createPrivateKey({
		key: {
			kty: 'RSA',
			n: numberOf(bits),
			e: 'AQAB',
			d: numberOf(bits),
			p: half,
			q: half,
			dp: half,
			dq: half,
			qi: half,
			...changes,
		},
		format: 'jwk',
	});
	return { key, xml: toRsaXml(key), publicPem: publicPem(key.export({ format: 'jwk' })) };
}

/** A public key as PEM text. */
export function publicPem({ n, e }: JsonWebKey): string {
	return createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' })
		.export({ type: 'spki', format: 'pem' })
		.toString();
}

let modulus: string | undefined;

/** The numbers of a 2048-bit public key with another exponent. */
export function withExponent(exponent: number): JsonWebKey {
	modulus ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({
		format: 'jwk',
	}).n;
	const hex = exponent.toString(16);
	const e = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
	return { kty: 'RSA', n: modulus, e: e.toString('base64url') };
}

/** A 2048-bit signature that anybody can make for a public key with exponent 1: the padded hash itself. */
export function signWithoutKey(data: string): Buffer {
	const sha256 = Buffer.from('3031300d060960864801650304020105000420', 'hex');
	const digest = Buffer.concat([sha256, createHash('sha256').update(data).digest()]);
	const padding = Buffer.alloc(256 - 3 - digest.length, 0xff);
	return Buffer.concat([Buffer.from([0, 1]), padding, Buffer.from([0]), digest]);
}
