import type { CheckedApplication } from './application';
import { SuperOfficeError } from './errors';
import type { CallLine } from './call-rate';
import type { HttpSession } from './http-session';
import type { Memory } from './memory';
import type { SystemUserTicket } from './ticket';

/** The cheapest call that needs a ticket; it also gives the ticket 6 hours more. */
export const principalPath = '/v1/User/currentPrincipal';

/** The headers that every call to a tenant’s web API needs. */
export function ticketHeaders(ticket: string, clientSecret: string): Record<string, string> {
	return { Authorization: `SOTicket ${ticket}`, 'SO-AppToken': clientSecret };
}

/**
 * Asks the tenant whether it still takes a ticket, wherever it lives now.
 *
 * @returns the ticket with the tenant’s present address, or `undefined` if it is dead
 * @throws SuperOfficeError where the answer says nothing about the ticket
 */
export async function findAlive(
	ticket: SystemUserTicket,
	application: CheckedApplication,
	http: HttpSession,
	{ tenantStates, callRate }: Memory,
): Promise<SystemUserTicket | undefined> {
	const line = callRate.lineOf(application);
	const check = async (webApiUrl: string) => {
		const status = await askPrincipal(ticket.ticket, webApiUrl, application, http, line);
		return { status, ticket: status === 200 ? { ...ticket, webApiUrl } : undefined };
	};
	const webApiUrl = (await tenantStates.webApiUrlOf(application, http)) ?? ticket.webApiUrl;
	const answer = await check(webApiUrl);
	if (answer.status !== movedAway) return answer.ticket;
	tenantStates.forget(application);
	const newUrl = await tenantStates.webApiUrlOf(application, http);
	// Where nobody tells the new address, a new ticket does.
	if (newUrl === undefined) return undefined;
	const { status, ticket: alive } = await check(newUrl);
	if (status !== movedAway) return alive;
	throw new SuperOfficeError(
		'TENANT_NOT_RUNNING',
		`The tenant ${application.contextIdentifier} is not where SuperOffice says it is: it is probably being moved.`,
		'Try again in a few minutes.',
		{ httpStatus: status },
	);
}

/** “Wrong subdomain used to access tenant”. */
const movedAway = 421;

async function askPrincipal(
	ticket: string,
	webApiUrl: string,
	{ clientSecret }: CheckedApplication,
	http: HttpSession,
	line: CallLine,
): Promise<number> {
	const { status } = await http.send(
		() => ({
			method: 'GET',
			url: webApiUrl + principalPath,
			headers: { Accept: 'application/json', ...ticketHeaders(ticket, clientSecret) },
		}),
		{ line },
	);
	if ([200, 401, movedAway].includes(status)) return status;
	throw new SuperOfficeError(
		'UNEXPECTED_ANSWER',
		`The tenant’s web API answered with status ${status} when asked whether the ticket is alive.`,
		'Try again; if it stays, check that the tenant is running and that the application may use its web API.',
		{ httpStatus: status },
	);
}
