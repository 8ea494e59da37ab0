import { createHash, KeyObject, webcrypto } from 'node:crypto';
import { CERTIFICATE_LIFETIME } from '../tls/authority';
import * as x509 from '../tls/x509';
import { generateRsaKeyPair } from './rsa-keys';

/** One key of the JWKS, as SuperOffice publishes it. */
export interface LoginJwk {
	kty: 'RSA';
	use: 'sig';
	alg: 'RS256';
	kid: string;
	x5t: string;
	x5c: string[];
	n: string;
	e: string;
}

/** A key that a login host signs its JWTs with, and its certificate. */
export interface LoginKey {
	privateKeyPem: string;
	publicKeyPem: string;
	certificatePem: string;
	jwk: LoginJwk;
}

/** Makes a signing key with a self-signed certificate named SuperOfficeFederatedLogin. */
export async function createLoginKey(): Promise<LoginKey> {
	const { webCryptoKeys, publicKey, privateKeyPem, publicKeyPem } = await generateRsaKeyPair();
	const certificate = await x509.X509CertificateGenerator.createSelfSigned(
		{
			name: 'CN=SuperOfficeFederatedLogin',
			keys: webCryptoKeys,
			...CERTIFICATE_LIFETIME,
		},
		webcrypto,
	);
	return {
		privateKeyPem,
		publicKeyPem,
		certificatePem: certificate.toString('pem'),
		jwk: toJwk(publicKey, Buffer.from(certificate.rawData)),
	};
}

function toJwk(publicKey: KeyObject, certificateDer: Buffer): LoginJwk {
	const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
	const thumbprint = createHash('sha1').update(certificateDer).digest();
	return {
		kty: 'RSA',
		use: 'sig',
		alg: 'RS256',
		kid: thumbprint.toString('hex').toUpperCase(),
		x5t: thumbprint.toString('base64url'),
		x5c: [certificateDer.toString('base64')],
		n,
		e,
	};
}
