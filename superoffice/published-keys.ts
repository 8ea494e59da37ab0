import { environments, type Environment } from './environments';
import { SuperOfficeError } from './errors';
import type { HttpSession } from './http';
import { parseJsonObject } from './json';
import { readPublicKeys, type Jwks, type PublicKey } from './public-keys';

/**
 * The keys an environment signs with today, from `GET /login/.well-known/jwks`.
 * Throws `UNEXPECTED_ANSWER`, or as {@link HttpSession.send} does.
 */
export async function fetchPublicKeys(
	environment: Environment,
	http: HttpSession,
): Promise<PublicKey[]> {
	const { loginHost } = environments[environment];
	const { status, body } = await http.send(() => ({
		method: 'GET',
		url: `https://${loginHost}/login/.well-known/jwks`,
		headers: { Accept: 'application/json' },
	}));
	const jwks = status === 200 ? parseJsonObject(body) : undefined;
	try {
		if (jwks !== undefined) return readPublicKeys(jwks as unknown as Jwks);
	} catch {
		// A JWKS without a usable key is no better than none.
	}
	throw new SuperOfficeError(
		'UNEXPECTED_ANSWER',
		`${loginHost} did not give its public keys (status ${status}).`,
		'Try again later, or paste SuperOfficeFederatedLogin.crt of this environment into Public Key.',
		{ httpStatus: status },
	);
}
