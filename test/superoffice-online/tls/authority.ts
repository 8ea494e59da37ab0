import { createPrivateKey, KeyObject, webcrypto } from 'node:crypto';
import * as x509 from './x509';

/** The test CA that signs the service's TLS certificate. Both are PEM; the key is PKCS#8. */
export interface Authority {
	certificatePem: string;
	privateKeyPem: string;
}

/** A TLS server certificate and its key, in PEM. */
export interface ServerCertificate {
	certificatePem: string;
	privateKeyPem: string;
}

// Elliptic-curve keys, because generating them takes no time. Only what SuperOffice signs with has to be RSA.
const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

// Wide enough for a test that moves its clock by years, in either direction.
export const CERTIFICATE_LIFETIME = {
	notBefore: new Date('2015-01-01T00:00:00Z'),
	notAfter: new Date('2049-12-31T00:00:00Z'),
};

function generateEcKeys(): Promise<webcrypto.CryptoKeyPair> {
	return webcrypto.subtle.generateKey(EC, true, ['sign', 'verify']);
}

function toPkcs8Pem(key: webcrypto.CryptoKey): string {
	return KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }) as string;
}

/** Creates a new test CA. Clients trust its `certificatePem`, for example through NODE_EXTRA_CA_CERTS. */
export async function createAuthority(): Promise<Authority> {
	const keys = await generateEcKeys();
	const certificate = await x509.X509CertificateGenerator.createSelfSigned(
		{
			name: 'CN=SuperOffice Online test authority',
			keys,
			signingAlgorithm: EC,
			...CERTIFICATE_LIFETIME,
			extensions: [
				new x509.BasicConstraintsExtension(true, 0, true),
				new x509.KeyUsagesExtension(
					x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
					true,
				),
				await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
			],
		},
		webcrypto,
	);
	return {
		certificatePem: certificate.toString('pem'),
		privateKeyPem: toPkcs8Pem(keys.privateKey),
	};
}

/** Issues a TLS certificate for the given DNS names, signed by the test CA. */
export async function issueServerCertificate(
	authority: Authority,
	dnsNames: string[],
): Promise<ServerCertificate> {
	const issuer = new x509.X509Certificate(authority.certificatePem);
	const signingKey = await webcrypto.subtle.importKey(
		'pkcs8',
		createPrivateKey(authority.privateKeyPem).export({ type: 'pkcs8', format: 'der' }),
		EC,
		false,
		['sign'],
	);
	const keys = await generateEcKeys();
	const certificate = await x509.X509CertificateGenerator.create(
		{
			subject: `CN=${dnsNames[0] ?? 'localhost'}`,
			issuer: issuer.subject,
			publicKey: keys.publicKey,
			signingKey,
			signingAlgorithm: EC,
			...CERTIFICATE_LIFETIME,
			extensions: [
				new x509.BasicConstraintsExtension(false, undefined, true),
				new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
				new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
				new x509.SubjectAlternativeNameExtension(
					dnsNames.map((value) => ({ type: 'dns' as const, value })),
				),
				await x509.AuthorityKeyIdentifierExtension.create(issuer, false, webcrypto),
			],
		},
		webcrypto,
	);
	return {
		certificatePem: certificate.toString('pem'),
		privateKeyPem: toPkcs8Pem(keys.privateKey),
	};
}
