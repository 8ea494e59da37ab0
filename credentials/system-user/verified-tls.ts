import type { IHttpRequestOptions } from 'n8n-workflow';

/** What of n8n's present and former request options decides whom a TLS connection trusts. */
type TlsOptions = Pick<IHttpRequestOptions, 'skipSslCertificateValidation'> & {
	rejectUnauthorized?: unknown;
	strictSSL?: unknown;
	agentOptions?: object;
};

/** What a client certificate is made of: it says who is calling, and trusts nobody. */
const harmless = ['cert', 'key', 'passphrase'];

const cure =
	'Nothing was sent: whoever is in between could read the ticket and the client secret. To go through a proxy that inspects the traffic, have n8n trust its certificate authority, with NODE_EXTRA_CA_CERTS.';

/**
 * Whether the certificate that a request's answer comes with is verified as n8n verifies it by itself. HTTP Request has
 * options by which an item's data could choose a proxy, and have it trusted.
 *
 * @throws Error naming the option that keeps it from being verified
 */
export function requireVerifiedTls(request: IHttpRequestOptions): void {
	const {
		skipSslCertificateValidation: skips = false,
		rejectUnauthorized = true,
		strictSSL = true,
		agentOptions = {},
	}: TlsOptions = request;
	if (skips || !rejectUnauthorized || !strictSSL) {
		throw new Error(
			`Ignore SSL Issues cannot be used with the SuperOffice credential. ${cure} Then turn the option off.`,
		);
	}
	const isVerified = Object.entries(agentOptions).every(
		([name, value]) =>
			harmless.includes(name) ||
			value === undefined ||
			(name === 'rejectUnauthorized' && value === true),
	);
	if (isVerified) return;
	throw new Error(
		`SSL Certificates with a CA cannot be used with the SuperOffice credential. ${cure} Then empty CA.`,
	);
}
