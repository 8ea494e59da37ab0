import { checkApplication, type Application, type CheckedApplication } from './application';
import { claimNames, type Claims } from './claims';
import { isSuperOfficeUrl, type Environment } from './environments';
import { SuperOfficeError } from './errors';
import { exchange } from './exchange';
import { HttpSession, type Http, type Surroundings } from './http';
import { fetchPublicKeys } from './jwks';
import { verifyWithKeys } from './jwt';

/** A ticket, and what belongs to it. */
export interface SystemUserTicket {
	/** `7T:` and base64: goes into `Authorization: SOTicket ...` as it is. */
	ticket: string;
	/** The tenant, like `Cust12345`. */
	contextIdentifier: string;
	environment: Environment;
	/** Where the tenant's web API is: ends in `/api`, without a slash after it. */
	webApiUrl: string;
	/** When the ticket was made: ISO 8601, UTC. */
	issuedAt: string;
	/** When it dies unless it is used before, 6 hours after `issuedAt`: ISO 8601, UTC. Each use gives it 6 hours more. */
	expiresAt: string;
	/** The claims of the verified JWT, under their full names, the ticket among them. */
	claims: Claims;
}

const ticketLifetime = 6 * 60 * 60 * 1000;

/**
 * Gets a new ticket for an application's system user at one tenant: signs the system user token, exchanges it with
 * SuperOffice, and verifies the JWT that comes back.
 *
 * SuperOffice writes a record into the tenant's database for every call, so keep the ticket and use it until a call
 * answers 401.
 *
 * @param application the fields of the credential form; checked before anything is sent
 * @param http sends one request and gives the answer
 * @throws SuperOfficeError
 */
export async function getSystemUserTicket(
	application: Application,
	http: Http,
	options: Surroundings = {},
): Promise<SystemUserTicket> {
	return await requestTicket(checkApplication(application), new HttpSession(http, options));
}

/** {@link getSystemUserTicket}, for an application checked before, within an allowance of time begun before. */
export async function requestTicket(
	application: CheckedApplication,
	http: HttpSession,
): Promise<SystemUserTicket> {
	const { contextIdentifier, environment } = application;
	const jwt = await exchange(application, http);
	const publicKeys = application.publicKeys ?? (await fetchPublicKeys(environment, http));
	const now = http.clock();
	const claims = verifyWithKeys(jwt, publicKeys, { contextIdentifier, at: now });
	return {
		ticket: String(claims[claimNames.ticket]),
		contextIdentifier,
		environment,
		webApiUrl: readWebApiUrl(claims),
		issuedAt: now.toISOString(),
		expiresAt: expiryAfter(now),
		claims,
	};
}

/** The ticket after a use at that time: it lives 6 hours from there. */
export function extendLife(ticket: SystemUserTicket, usedAt: Date): SystemUserTicket {
	return { ...ticket, expiresAt: expiryAfter(usedAt) };
}

function expiryAfter(usedAt: Date): string {
	return new Date(usedAt.getTime() + ticketLifetime).toISOString();
}

function readWebApiUrl(claims: Claims): string {
	const claim = claims[claimNames.webApiUrl];
	const url = typeof claim === 'string' ? claim.replace(/\/+$/, '') : '';
	if (isSuperOfficeUrl(url) && url.endsWith('/api')) return url;
	throw new SuperOfficeError(
		'JWT_REJECTED',
		'SuperOffice’s answer could not be verified: it gives no web API address on superoffice.com.',
		'The ticket in it was not used. If it stays so, tell SuperOffice support.',
	);
}
