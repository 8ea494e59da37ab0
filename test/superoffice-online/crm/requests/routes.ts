import { json, type Call, type Reply } from '../../messages';
import { NO_CONTENT } from '../entities/verbs';
import { answerOrRefuse, ApiError, notFound } from '../errors';
import type { Tenant } from '../tenants';
import {
	createAttachment,
	getAttachment,
	getContent,
	renderAttachment,
	storeContent,
} from './attachments';
import { mergeTickets } from './merge';
import {
	connectAttachments,
	createMessage,
	getAttachments,
	getDefaultMessage,
	getMessage,
} from './messages';

type Answer = (call: Call, tenant: Tenant, id: number) => Reply;

/** By method and address, with {id} for the id. */
const ANSWERS: Record<string, Answer> = {
	'get v1/ticketmessage/default': getDefaultMessage,
	'post v1/ticketmessage': createMessage,
	'get v1/ticketmessage/{id}': getMessage,
	'get v1/ticketmessage/{id}/attachment': getAttachments,
	'post v1/ticketmessage/{id}/attachment': connectAttachments,
	'post v1/attachment': createAttachment,
	'get v1/attachment/{id}': getAttachment,
	'get v1/attachment/{id}/content': getContent,
	'post v1/attachment/{id}/content': storeContent,
	'get v1/ticket/{id}/attachments': (_call, tenant, id) => {
		const { requests } = tenant.data;
		const all = requests
			.messagesOf(ticketOf(tenant, id))
			.flatMap((message) => requests.attachmentsOf(message));
		return json(200, all.map(renderAttachment));
	},
	'post v1/ticket/{id}/notifynewmessage': notify,
	'post v1/ticket/{id}/notifynewticket': notify,
	'post v1/agents/ticket/mergetickets': mergeTickets,
};

/** Answers what is about messages and attachments of requests, and merges requests. Undefined for all else. */
export function answerRequests(call: Call, tenant: Tenant, resource: string): Reply | undefined {
	const [, id = '0'] = /\/(\d+)(\/|$)/.exec(resource) ?? [];
	const address = resource.replace(/\/\d+(?=\/|$)/, '/{id}');
	const answer = ANSWERS[`${call.method.toLowerCase()} ${address}`];
	if (answer) return answerOrRefuse(() => answer(call, tenant, Number(id)));
	const known = Object.keys(ANSWERS).some((each) => each.endsWith(` ${address}`));
	// The list of messages is an archive.
	if (!known || (call.method === 'GET' && address === 'v1/ticketmessage')) return undefined;
	return answerOrRefuse(() => {
		const text = `The requested resource does not support http method '${call.method}'`;
		throw new ApiError(405, 'SoNotSupportedException', text);
	});
}

function notify(_call: Call, tenant: Tenant, id: number): Reply {
	tenant.data.requests.notify(ticketOf(tenant, id));
	return NO_CONTENT;
}

function ticketOf({ data }: Tenant, id: number): number {
	if (!data.find('Ticket', id)) throw notFound('Ticket', id);
	return id;
}
