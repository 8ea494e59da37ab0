import type { Environment } from '../environments';
import type { Claims } from '../jwt/claims';

/** A ticket, and what belongs to it. */
export interface SystemUserTicket {
	/** `7T:` and base64: goes into `Authorization: SOTicket ...` as it is. */
	ticket: string;
	/** The tenant, like `Cust12345`. */
	contextIdentifier: string;
	environment: Environment;
	/** Where the tenant's web API is: ends in `/api`, with no slash after it. */
	webApiUrl: string;
	/** When the ticket was made: ISO 8601, UTC. */
	issuedAt: string;
	/** When it dies unless it is used before, 6 hours after `issuedAt`: ISO 8601, UTC. Each use gives it 6 hours more. */
	expiresAt: string;
	/** The {@link listedClaims} of the verified JWT, SuperOffice's own under their short names: no secrets. */
	claims: Claims;
}

const ticketLifetime = 6 * 60 * 60 * 1000;

/** The ticket after a use at that time: it lives 6 hours from there. */
export function withExtendedExpiry(ticket: SystemUserTicket, usedAt: Date): SystemUserTicket {
	return { ...ticket, expiresAt: expiryAfter(usedAt) };
}

/** ISO 8601, UTC. */
export function expiryAfter(usedAt: Date): string {
	return new Date(usedAt.getTime() + ticketLifetime).toISOString();
}

/** Whether one ticket was made after the other. */
export function isNewer(one: SystemUserTicket, other: SystemUserTicket): boolean {
	return Date.parse(one.issuedAt) > Date.parse(other.issuedAt);
}

/** The headers that every call to a tenant's web API needs. */
export function ticketHeaders(ticket: string, clientSecret: string): Record<string, string> {
	return { Authorization: `SOTicket ${ticket}`, 'SO-AppToken': clientSecret };
}
