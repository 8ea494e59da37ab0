import { checkApplication, type Application, type CheckedApplication } from './application';
import { claimNames, type Claims } from './claims';
import { isSuperOfficeUrl, type Environment } from './environments';
import { SuperOfficeError } from './errors';
import { exchange } from './exchange';
import type { Http, Surroundings } from './http';
import { HttpSession } from './http-session';
import { UnknownSigner, verifyWithKeys, type VerifyWithKeysOptions } from './jwt';
import { sharedMemory, type Memory } from './memory';
import type { PublicKey } from './public-keys';

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
 * @param options.memory keeps SuperOffice's public keys and the tenants' addresses; one for the process, if not given
 * @throws SuperOfficeError
 */
export async function getSystemUserTicket(
	application: Application,
	http: Http,
	options: Surroundings & { memory?: Memory } = {},
): Promise<SystemUserTicket> {
	const session = new HttpSession(http, options);
	return await requestTicket(checkApplication(application), session, options.memory);
}

/** {@link getSystemUserTicket}, for an application checked before, within an allowance of time begun before. */
export async function requestTicket(
	application: CheckedApplication,
	http: HttpSession,
	memory: Memory = sharedMemory,
): Promise<SystemUserTicket> {
	const { contextIdentifier, environment } = application;
	// First what may fail without a trace; the exchange leaves a record in the tenant's database.
	const keys = application.publicKeys ?? (await memory.publishedKeys.keysOf(environment, http));
	const webApiUrl = await memory.tenantStates.webApiUrlOf(application, http);
	const { jwt, ...time } = await exchange(application, http, memory.callRate);
	const claims = await verify(jwt, keys, { contextIdentifier, ...time }, async () =>
		application.publicKeys ? keys : memory.publishedKeys.renewedKeysOf(environment, http),
	);
	const now = http.clock();
	return {
		ticket: String(claims[claimNames.ticket]),
		contextIdentifier,
		environment,
		webApiUrl: readWebApiUrl(claims, webApiUrl),
		issuedAt: now.toISOString(),
		expiresAt: expiryAfter(now),
		claims,
	};
}

/** Verifies with the keys at hand, and once more where a newer one may be needed. */
async function verify(
	jwt: string,
	keys: PublicKey[],
	expected: VerifyWithKeysOptions,
	renewKeys: () => Promise<PublicKey[]>,
): Promise<Claims> {
	try {
		return verifyWithKeys(jwt, keys, expected);
	} catch (error) {
		if (!(error instanceof UnknownSigner)) throw error;
		return verifyWithKeys(jwt, await renewKeys(), expected);
	}
}

/** The ticket after a use at that time: it lives 6 hours from there. */
export function extendLife(ticket: SystemUserTicket, usedAt: Date): SystemUserTicket {
	return { ...ticket, expiresAt: expiryAfter(usedAt) };
}

function expiryAfter(usedAt: Date): string {
	return new Date(usedAt.getTime() + ticketLifetime).toISOString();
}

/** Where the state says the tenant lives, if it does; else where the JWT says so. */
function readWebApiUrl(claims: Claims, fromState: string | undefined): string {
	const claim = claims[claimNames.webApiUrl] ?? fromState;
	const url = typeof claim === 'string' ? claim.replace(/\/+$/, '') : '';
	if (isSuperOfficeUrl(url) && url.endsWith('/api')) return fromState ?? url;
	throw new SuperOfficeError(
		'JWT_REJECTED',
		'SuperOffice’s answer could not be verified: it gives no web API address on superoffice.com.',
		'The ticket in it was not used. If it stays so, tell SuperOffice support.',
	);
}
