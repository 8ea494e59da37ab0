import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { isNewer, isSuperOfficeUrl, listedClaims, type SystemUserTicket } from '../superoffice';
import { ticketStore } from './auth-state';

/**
 * A ticket as the credential's hidden fields store it. The ticket itself is alone in a field of its own, the one that
 * n8n redacts.
 */
export function storeTicket(
	cacheKey: string,
	{ ticket, ...details }: SystemUserTicket,
): IDataObject {
	return { ticket, ticketDetails: JSON.stringify({ ...details, cacheKey }) };
}

/**
 * The ticket in the credential's hidden fields, if there is one for this cache key: n8n also keeps it there when
 * somebody edits the tenant or a secret, and then it is another's.
 */
export function readStoredTicket(
	{ ticket, ticketDetails }: ICredentialDataDecryptedObject,
	cacheKey: string,
): SystemUserTicket | undefined {
	if (typeof ticket !== 'string' || ticket === '' || typeof ticketDetails !== 'string') {
		return undefined;
	}
	try {
		// Version 0.1 called the cache key `identity`, and stored all claims: they are not redacted, as the ticket is.
		const {
			cacheKey: storedKey,
			identity,
			claims,
			...details
		} = JSON.parse(ticketDetails) as {
			cacheKey?: string;
			identity?: string;
		} & Omit<SystemUserTicket, 'ticket'>;
		const isOwn = (storedKey ?? identity) === cacheKey;
		if (!isOwn || !isSuperOfficeUrl(details.webApiUrl)) return undefined;
		return { ...details, ticket, claims: listedClaims(claims ?? {}, [ticket]) };
	} catch {
		return undefined;
	}
}

/** The newest ticket of the credential that this process knows of; whether it is still alive is not known. */
export function newestTicket(
	credentials: ICredentialDataDecryptedObject,
	cacheKey: string,
): SystemUserTicket | undefined {
	const stored = readStoredTicket(credentials, cacheKey);
	const kept = ticketStore.peekTicket(cacheKey);
	const isKeptNewer = stored === undefined || (kept && isNewer(kept, stored));
	return isKeptNewer ? kept : stored;
}
