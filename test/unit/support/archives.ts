import type { Caller, SuperOfficeOnline } from '../../superoffice-online';
import { useService } from './service';

/** The local service, and a maker of tenants whose archives a test asks. */
export function useArchives() {
	let online: SuperOfficeOnline;
	let caller: Caller;
	useService((started) => {
		({ online, caller } = started);
	});
	return async (companies?: number) => await newTenant(online, caller, companies);
}

/** A tenant of its own for each test, and GETs with its ticket. */
async function newTenant(online: SuperOfficeOnline, caller: Caller, companies = 9) {
	const tenant = online.addTenant({ companies });
	const ticket = await caller.newTicket(tenant.contextIdentifier);
	const send = async (
		resource: string,
		{ query = {}, headers = {}, body = undefined as string | undefined } = {},
	) => {
		const { contextIdentifier, apiHost } = tenant;
		const { status, data } = await caller.client.request({
			method: body === undefined ? 'GET' : 'POST',
			url: `https://${apiHost}/${contextIdentifier}/api/v1/${resource}`,
			params: query,
			data: body,
			headers: {
				Authorization: `SOTicket ${ticket}`,
				'SO-AppToken': online.application.clientSecret,
				Accept: 'application/json',
				...headers,
			},
		});
		return { status, data, rows: data?.value as Array<Record<string, unknown>> };
	};
	const ids = async ($filter: string, archive = 'Contact', key = 'contactId') => {
		const query = { $filter, $select: key, $orderBy: key };
		const { status, data, rows } = await send(archive, { query });
		return status === 200 ? rows.map((row) => row[key]) : (data.Message as string);
	};
	return { tenant, send, ids };
}
