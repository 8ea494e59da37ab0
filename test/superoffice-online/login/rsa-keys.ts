import { KeyObject, webcrypto } from 'node:crypto';

/** An RSA key pair: in the form WebCrypto wants for certificates, and in the form Node.js wants for signing. */
export interface RsaKeyPair {
	webCryptoKeys: webcrypto.CryptoKeyPair;
	privateKey: KeyObject;
	publicKey: KeyObject;
	privateKeyPem: string;
	publicKeyPem: string;
}

/** Generates a 2048-bit RSA key pair off the main thread, so that several can be in the making at once. */
export async function generateRsaKeyPair(): Promise<RsaKeyPair> {
	const webCryptoKeys = await webcrypto.subtle.generateKey(
		{
			name: 'RSASSA-PKCS1-v1_5',
			modulusLength: 2048,
			publicExponent: new Uint8Array([1, 0, 1]),
			hash: 'SHA-256',
		},
		true,
		['sign', 'verify'],
	);
	const privateKey = KeyObject.from(webCryptoKeys.privateKey);
	const publicKey = KeyObject.from(webCryptoKeys.publicKey);
	return { webCryptoKeys, privateKey, publicKey, ...pemOf(privateKey, publicKey) };
}

function pemOf(privateKey: KeyObject, publicKey: KeyObject) {
	return {
		privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
		publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }) as string,
	};
}

/** The private key as RSAXML, the form in which SuperOffice's Developer Portal hands it out. */
export function toRsaXml(privateKey: KeyObject): string {
	const jwk = privateKey.export({ format: 'jwk' });
	const element = (name: string, base64url: string | undefined) =>
		`<${name}>${Buffer.from(base64url ?? '', 'base64url').toString('base64')}</${name}>`;
	return [
		'<RSAKeyValue>',
		element('Modulus', jwk.n),
		element('Exponent', jwk.e),
		element('P', jwk.p),
		element('Q', jwk.q),
		element('DP', jwk.dp),
		element('DQ', jwk.dq),
		element('InverseQ', jwk.qi),
		element('D', jwk.d),
		'</RSAKeyValue>',
	].join('');
}
