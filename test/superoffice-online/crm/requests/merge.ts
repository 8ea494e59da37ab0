import { json, type Call, type Reply } from '../../messages';
import { contextOf } from '../entities/context';
import { renderEntity } from '../entities/render';
import { readJson } from '../entities/verbs';
import type { Tenant } from '../tenants';

/**
 * POST /v1/Agents/Ticket/MergeTickets: moves the messages of other requests into one, which is answered. The others get
 * the status Merged, and say which one they are part of now.
 */
export function mergeTickets(call: Call, tenant: Tenant): Reply {
	const { MergedTicketEntity: merged, SecondaryTicketIds: ids } = readJson(call) as {
		MergedTicketEntity?: { TicketId?: unknown } | null;
		SecondaryTicketIds?: unknown;
	};
	if (!Array.isArray(ids) || ids.length === 0 || !ids.every(Number.isInteger) || !merged) {
		return json(200, {
			Message: 'The request is invalid.',
			MessageDetail: 'An argument is missing, or of the wrong type.',
		});
	}
	const { data } = tenant;
	const context = contextOf(call, tenant, 'Ticket');
	const main = data.find('Ticket', Number(merged.TicketId));
	const others = (ids as number[]).map((id) => data.find('Ticket', id));
	if (!main || others.some((ticket) => ticket === undefined || ticket === main)) {
		return json(200, null);
	}
	for (const { id } of others as Array<typeof main>) {
		for (const message of data.requests.messagesOf(id)) message.values.Ticket = main.id;
		data.update('Ticket', id, ({ values }) => {
			Object.assign(values, { BaseStatus: 'Merged', ConnectId: main.id, NumMessages: 0 });
		});
	}
	data.update('Ticket', main.id, ({ values }) => {
		values.NumMessages = data.requests.messagesOf(main.id).length;
	});
	return json(200, renderEntity(context, main, null));
}
