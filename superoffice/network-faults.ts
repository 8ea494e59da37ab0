import { SuperOfficeError } from './errors';

const checkNetwork =
	'Check the network, the firewall and the proxy settings of the machine that runs this.';
const checkNames =
	'Check the name server (DNS) and the proxy settings of the machine that runs this.';
const checkAuthority =
	'A proxy that reads the traffic is probably in between. Have its certificate authority trusted, by NODE_EXTRA_CA_CERTS on the machine that runs this.';
const day = 24 * 60 * 60 * 1000;

const checkClock = 'Check that the clock of the machine that runs this is right.';

export function timedOut(host: string): SuperOfficeError {
	return new SuperOfficeError(
		'TIMEOUT',
		`${host} did not answer in time.`,
		'Try again; if it keeps happening, raise Timeout in the node’s options, and check the proxy between n8n and SuperOffice.',
	);
}

/** What the system's codes mean. Said in words also because n8n replaces a message that has one of some codes in it. */
const networkFaults: Record<string, { what: string; hint: string }> = {
	ECONNREFUSED: { what: 'the connection was refused', hint: checkNetwork },
	ECONNRESET: { what: 'the connection was closed', hint: checkNetwork },
	EPIPE: { what: 'the connection was closed', hint: checkNetwork },
	ERR_BAD_RESPONSE: { what: 'its answer was cut off', hint: checkNetwork },
	ETIMEDOUT: { what: 'the connection was not made in time', hint: checkNetwork },
	EHOSTUNREACH: { what: 'there is no way to it', hint: checkNetwork },
	ENETUNREACH: { what: 'there is no way to it', hint: checkNetwork },
	ENOTFOUND: { what: 'its name was not found', hint: checkNames },
	EAI_AGAIN: { what: 'its name could not be looked up', hint: checkNames },
	SELF_SIGNED_CERT_IN_CHAIN: { what: 'its certificate is not trusted', hint: checkAuthority },
	DEPTH_ZERO_SELF_SIGNED_CERT: { what: 'its certificate is not trusted', hint: checkAuthority },
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: { what: 'its certificate is not trusted', hint: checkAuthority },
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: {
		what: 'its certificate is not trusted',
		hint: checkAuthority,
	},
	ERR_TLS_CERT_ALTNAME_INVALID: { what: 'its certificate is another host’s', hint: checkAuthority },
	CERT_HAS_EXPIRED: { what: 'its certificate has expired', hint: checkClock },
	CERT_NOT_YET_VALID: { what: 'its certificate is not valid yet', hint: checkClock },
};

export function unreachable(host: string, error: unknown): SuperOfficeError {
	const code = readSystemCode(error);
	const { what, hint } = networkFaults[code ?? ''] ?? {
		what: code === undefined ? 'no answer came' : `the system says ${code}`,
		hint: checkNetwork,
	};
	return new SuperOfficeError('UNREACHABLE', `${host} could not be reached: ${what}.`, hint);
}

/** Status 407 is never SuperOffice's: it is a proxy's own answer. */
export function proxyRefused(host: string): SuperOfficeError {
	return new SuperOfficeError(
		'UNREACHABLE',
		`${host} could not be reached: the proxy in between wants a name and a password (status 407).`,
		'Check the proxy settings of the machine that runs this.',
		{ httpStatus: 407 },
	);
}

/** Only the code: the text of a network error can hold the request, and the request holds secrets. */
export function readSystemCode(error: unknown): string | undefined {
	for (const source of [error, (error as { cause?: unknown } | null)?.cause]) {
		const code = (source as { code?: unknown } | null | undefined)?.code;
		if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(code)) return code;
	}
	return undefined;
}

/**
 * @param answer.words what the service says of it, fit to be shown
 * @param answer.wait milliseconds that the service asked to wait
 */
export function unavailable(
	host: string,
	{ status, words = '', wait }: { status: number; words?: string; wait?: number },
): SuperOfficeError {
	const what =
		status === 429
			? `${host} is asked too often (status 429)`
			: `${host} is not available at the moment (status ${status})`;
	const when =
		wait === undefined || wait < 1000 || wait > day
			? 'in a few minutes'
			: `in ${Math.ceil(wait / 1000)} seconds, as SuperOffice asks`;
	return new SuperOfficeError(
		'UNAVAILABLE',
		words === '' ? `${what}.` : `${what}: ${words}`,
		`Nothing is wrong with the credential. Try again ${when}; status.superoffice.com tells of maintenance.`,
		{ httpStatus: status },
	);
}
