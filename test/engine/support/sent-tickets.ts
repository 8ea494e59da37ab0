import type { SuperOfficeOnline } from '../../superoffice-online';

/** The tenants whose tickets reached a web API, each with the tenant in the address. */
export function sentTickets({ requests, tickets }: SuperOfficeOnline) {
	return requests
		.filter(({ headers }) => headers.authorization?.startsWith('SOTicket '))
		.map(({ headers, contextIdentifier }) => {
			const ticket = headers.authorization!.replace('SOTicket ', '');
			const issued = tickets.find((known) => known.ticket === ticket);
			return { of: issued?.contextIdentifier, to: contextIdentifier };
		});
}
