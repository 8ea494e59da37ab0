import type { AuthState } from '../auth-state';
import type { ParsedCredentials } from '../credentials';
import { SuperOfficeError } from '../errors';
import { byStatus, type HttpSession } from '../http/http-session';
import { followTenant } from '../tenants/call-tenant';
import { tenantUrl } from '../tenants/tenant-url';
import { ticketHeaders, type SystemUserTicket } from './system-user-ticket';

/** The cheapest call that needs a ticket; it also gives the ticket 6 hours more. */
export const principalPath = '/v1/User/currentPrincipal';

/**
 * Asks the tenant whether it still accepts a ticket, wherever the tenant lives now.
 *
 * @param ticket with the address at which to ask first
 * @returns the ticket with the tenant's present address, or `undefined` if it is dead
 * @throws SuperOfficeError where the answer says nothing about the ticket
 */
export async function checkTicket(
	ticket: SystemUserTicket,
	credentials: ParsedCredentials,
	session: HttpSession,
	{ tenantStates, rateLimiter }: AuthState,
): Promise<SystemUserTicket | undefined> {
	const queue = rateLimiter.queueFor(credentials);
	const headers = {
		Accept: 'application/json',
		...ticketHeaders(ticket.ticket, credentials.clientSecret),
	};
	const called = await followTenant(
		credentials,
		ticket.webApiUrl,
		{ session, tenantStates },
		async (webApiUrl) => {
			const url = tenantUrl(webApiUrl, principalPath);
			return await session.send(() => ({ method: 'GET', url, headers }), {
				classify: byStatus,
				queue,
			});
		},
	);
	// Where nobody tells the new address, a new ticket does.
	if (called === undefined) return undefined;
	const { status } = called.answer;
	if (status === 200) return { ...ticket, webApiUrl: called.webApiUrl };
	if (status === 401) return undefined;
	throw new SuperOfficeError(
		'UNEXPECTED_ANSWER',
		`The tenant’s web API answered with status ${status} when asked whether the ticket is alive.`,
		'Try again. If it keeps happening, check that the tenant is running and that the application may use its web API.',
		{ httpStatus: status },
	);
}
