import { SuperOfficeError } from '../errors';

const checkNetwork =
	'Check the network, the firewall and the proxy settings of the machine this runs on.';
const checkDns = 'Check the name server (DNS) and the proxy settings of the machine this runs on.';
const checkAuthority =
	'A proxy that inspects the traffic is probably in between. Have the machine this runs on trust its certificate authority, with NODE_EXTRA_CA_CERTS.';
const checkClock = 'Check that the clock of the machine this runs on is right.';
const day = 24 * 60 * 60 * 1000;

export function timedOut(host: string): SuperOfficeError {
	return new SuperOfficeError(
		'TIMEOUT',
		`${host} did not answer in time.`,
		'Try again. If it keeps happening, raise Timeout, and check the proxy on the way to SuperOffice.',
		{ outcomeUnknown: true },
	);
}

export function tooLarge(host: string, status: number): SuperOfficeError {
	return new SuperOfficeError(
		'UNEXPECTED_ANSWER',
		`${host} sent more than 1 MB (status ${status}) instead of its usual answer.`,
		'A proxy or a firewall is probably in between. Check the proxy settings of the machine this runs on.',
		{ httpStatus: status },
	);
}

/** What the system's error codes mean. */
const networkErrors: Record<string, { what: string; hint: string }> = {
	ECONNREFUSED: { what: 'the connection was refused', hint: checkNetwork },
	ECONNRESET: { what: 'the connection was closed', hint: checkNetwork },
	EPIPE: { what: 'the connection was closed', hint: checkNetwork },
	RESPONSE_TRUNCATED: { what: 'its answer was cut off', hint: checkNetwork },
	ERR_BAD_RESPONSE: { what: 'its answer was cut off', hint: checkNetwork },
	ETIMEDOUT: { what: 'no connection was made in time', hint: checkNetwork },
	EHOSTUNREACH: { what: 'there is no route to it', hint: checkNetwork },
	ENETUNREACH: { what: 'there is no route to it', hint: checkNetwork },
	ENOTFOUND: { what: 'its name was not found', hint: checkDns },
	EAI_AGAIN: { what: 'its name could not be looked up', hint: checkDns },
	SELF_SIGNED_CERT_IN_CHAIN: { what: 'its certificate is not trusted', hint: checkAuthority },
	DEPTH_ZERO_SELF_SIGNED_CERT: { what: 'its certificate is not trusted', hint: checkAuthority },
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: { what: 'its certificate is not trusted', hint: checkAuthority },
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: {
		what: 'its certificate is not trusted',
		hint: checkAuthority,
	},
	ERR_TLS_CERT_ALTNAME_INVALID: {
		what: 'its certificate belongs to another host',
		hint: checkAuthority,
	},
	CERT_HAS_EXPIRED: { what: 'its certificate has expired', hint: checkClock },
	CERT_NOT_YET_VALID: { what: 'its certificate is not valid yet', hint: checkClock },
};

export function unreachable(host: string, error: unknown): SuperOfficeError {
	const code = readSystemCode(error);
	const { what, hint } = networkErrors[code ?? ''] ?? {
		what: code === undefined ? 'no answer came' : `the system reports ${code}`,
		hint: checkNetwork,
	};
	const outcomeUnknown = code === undefined || !neverSent.test(code);
	return new SuperOfficeError('UNREACHABLE', `${host} could not be reached: ${what}.`, hint, {
		outcomeUnknown,
	});
}

/** The codes of failures before a request is on its way: no connection, or one that is not trusted. */
const neverSent =
	/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|\w*CERT\w*|UNABLE_TO_\w+)$/;

/** Status 407 is never SuperOffice's: it is a proxy's own answer. */
export function proxyRefused(host: string): SuperOfficeError {
	return new SuperOfficeError(
		'UNREACHABLE',
		`${host} could not be reached: the proxy in between asks for a user name and a password (status 407).`,
		'Put them into the proxy settings of the machine this runs on.',
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
 * @param answer.words the service's own, fit to be shown
 * @param answer.delay milliseconds that the service asked to wait
 */
export function unavailable(
	host: string,
	{ status, words = '', delay }: { status: number; words?: string; delay?: number },
): SuperOfficeError {
	const what =
		status === 429
			? `${host} is being called too often (status 429)`
			: `${host} is currently unavailable (status ${status})`;
	const when =
		delay === undefined || delay < 1000 || delay > day
			? 'in a few minutes'
			: `in ${Math.ceil(delay / 1000)} seconds, as SuperOffice asks`;
	return new SuperOfficeError(
		'UNAVAILABLE',
		words === '' ? `${what}.` : `${what}: ${words}`,
		`Nothing is wrong with the credential. Try again ${when}; status.superoffice.com reports maintenance.`,
		{ httpStatus: status },
	);
}
