import type { AuthState } from '../auth-state';
import type { ParsedCredentials } from '../credentials';
import { SuperOfficeError } from '../errors';
import type { HttpResponse } from '../http/http';
import { byStatus, type HttpSession } from '../http/http-session';
import { parseJsonObject } from '../http/json';
import { unexpectedAnswer } from '../http/unexpected-answer';
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
	const queue = rateLimiter.tenantQueue(credentials);
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
	const { answer, webApiUrl } = called;
	const { status } = answer;
	if (status === 401) return undefined;
	if (status === 200) {
		requirePrincipal(answer, credentials);
		return { ...ticket, webApiUrl };
	}
	throw new SuperOfficeError(
		'UNEXPECTED_ANSWER',
		`The tenant’s web API answered with status ${status} when asked whether the ticket is alive.`,
		'Try again. If it keeps happening, check that the tenant is running and that the application may use its web API.',
		{ httpStatus: status },
	);
}

/** Anything in between can answer 200; only the tenant's own web API says who the ticket belongs to. */
function requirePrincipal(response: HttpResponse, { contextIdentifier }: ParsedCredentials): void {
	const principal = parseJsonObject(response.body);
	if (principal?.AssociateId === undefined && principal?.Associate === undefined) {
		throw unexpectedAnswer(response, 'who the ticket belongs to', {
			who: 'The tenant’s web API',
		});
	}
	const tenant = principal.DatabaseContextIdentifier ?? contextIdentifier;
	if (String(tenant).toLowerCase() === contextIdentifier.toLowerCase()) return;
	throw new SuperOfficeError(
		'UNEXPECTED_ANSWER',
		`The tenant’s web API answered for another tenant than ${contextIdentifier} when asked whether the ticket is alive.`,
		'Try again. If it keeps happening, something between this machine and SuperOffice mixes up or keeps its answers: check the proxy settings of the machine this runs on.',
		{ httpStatus: response.status },
	);
}
