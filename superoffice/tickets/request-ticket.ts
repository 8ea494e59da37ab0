import { AuthState } from '../auth-state';
import {
	parseCredentials,
	type ParsedCredentials,
	type SystemUserCredentials,
} from '../credentials';
import { exchange } from '../exchange/exchange';
import type { ClientOptions, Http } from '../http/http';
import { HttpSession } from '../http/http-session';
import { isSuperOfficeUrl } from '../http/superoffice-url';
import { listedClaims, type Claims } from '../jwt/claims';
import { JwtRejectedError, NoMatchingKeyError } from '../jwt/jwt-errors';
import { verifyWithKeys, type VerifyWithKeysOptions } from '../jwt/verify-jwt';
import type { PublicKey } from '../keys/public-keys';
import { expiryAfter, type SystemUserTicket } from './system-user-ticket';

/**
 * Gets a new ticket for an application's system user at one tenant: signs the system user token, exchanges it with
 * SuperOffice, and verifies the JWT that comes back.
 *
 * SuperOffice writes a record into the tenant's database for every call, so keep the ticket and use it until a call
 * answers 401.
 *
 * @param credentials the fields of the credential form; checked before anything is sent
 * @param http sends one request and returns the answer
 * @param options.state what earlier calls learned, SuperOffice's public keys and the tenants' addresses; new by default
 * @throws SuperOfficeError
 */
export async function getSystemUserTicket(
	credentials: SystemUserCredentials,
	http: Http,
	options: ClientOptions & { state?: AuthState } = {},
): Promise<SystemUserTicket> {
	const { state = new AuthState() } = options;
	const session = new HttpSession(http, options);
	const parsed = parseCredentials(credentials, state);
	const prepared = await prepareExchange(parsed, session, state);
	return await requestTicket(parsed, prepared, session, state);
}

/** What an exchange needs to know beforehand. */
export interface PreparedExchange {
	publicKeys: PublicKey[];
	/** `undefined` if SuperOffice does not tell at the moment. */
	webApiUrl: string | undefined;
}

/** Asks for all that can fail without a trace: the exchange leaves a record in the tenant's database. */
export async function prepareExchange(
	credentials: ParsedCredentials,
	session: HttpSession,
	{ jwksCache, tenantStates }: AuthState,
): Promise<PreparedExchange> {
	const publicKeys =
		credentials.publicKeys ?? (await jwksCache.getKeys(credentials.environment, session));
	return { publicKeys, webApiUrl: await tenantStates.getWebApiUrl(credentials, session) };
}

/** Exchanges and verifies. */
export async function requestTicket(
	credentials: ParsedCredentials,
	{ publicKeys, webApiUrl }: PreparedExchange,
	session: HttpSession,
	{ jwksCache, rateLimiter }: AuthState,
): Promise<SystemUserTicket> {
	const { clientSecret, contextIdentifier, environment, systemUserToken } = credentials;
	const { jwt, ...time } = await exchange(credentials, session, rateLimiter);
	const claims = await verify(jwt, publicKeys, { contextIdentifier, ...time }, async () =>
		credentials.publicKeys ? publicKeys : await jwksCache.refreshKeys(environment, session),
	);
	const ticket = String(claims.ticket);
	const now = session.clock();
	return {
		ticket,
		contextIdentifier,
		environment,
		webApiUrl: readWebApiUrl(claims, webApiUrl),
		issuedAt: now.toISOString(),
		expiresAt: expiryAfter(now),
		claims: listedClaims(claims, [ticket, clientSecret, systemUserToken]),
	};
}

/** Verifies with the keys at hand, and once more where newer ones may be needed. */
async function verify(
	jwt: string,
	keys: PublicKey[],
	expected: VerifyWithKeysOptions,
	refreshKeys: () => Promise<PublicKey[]>,
): Promise<Claims> {
	try {
		return verifyWithKeys(jwt, keys, expected);
	} catch (error) {
		if (!(error instanceof NoMatchingKeyError)) throw error;
		return verifyWithKeys(jwt, await refreshKeys(), expected);
	}
}

/** Where the state says the tenant lives, if it does; else where the JWT says so. */
function readWebApiUrl({ webapi_url: claim }: Claims, fromState: string | undefined): string {
	const value = claim ?? fromState;
	const url = typeof value === 'string' ? value.replace(/\/+$/, '') : '';
	if (isSuperOfficeUrl(url) && url.endsWith('/api')) return fromState ?? url;
	throw new JwtRejectedError('noWebApiUrl');
}
