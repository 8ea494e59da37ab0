import type { CheckedApplication } from './application';
import { SuperOfficeError } from './errors';
import type { HttpSession } from './http';
import type { SystemUserTicket } from './ticket';

/** The cheapest call that needs a ticket; it also gives the ticket 6 hours more. */
export const principalPath = '/v1/User/currentPrincipal';

/** The headers that every call to a tenant’s web API needs. */
export function ticketHeaders(ticket: string, clientSecret: string): Record<string, string> {
	return { Authorization: `SOTicket ${ticket}`, 'SO-AppToken': clientSecret };
}

/**
 * Asks the tenant whether it still takes a ticket.
 *
 * @returns false for 401, and for 421: the tenant has moved away from the ticket’s `webApiUrl`
 * @throws SuperOfficeError where the answer says nothing about the ticket
 */
export async function isTicketAlive(
	{ ticket, webApiUrl }: SystemUserTicket,
	{ clientSecret }: CheckedApplication,
	http: HttpSession,
): Promise<boolean> {
	const { status } = await http.send(() => ({
		method: 'GET',
		url: webApiUrl + principalPath,
		headers: { Accept: 'application/json', ...ticketHeaders(ticket, clientSecret) },
	}));
	if (status === 200) return true;
	if (status === 401 || status === 421) return false;
	throw new SuperOfficeError(
		'UNEXPECTED_ANSWER',
		`The tenant’s web API answered with status ${status} when asked whether the ticket is alive.`,
		'Try again; if it stays, check that the tenant is running and that the application may use its web API.',
		{ httpStatus: status },
	);
}
