import { json, type Call, type Reply } from '../../messages';
import { contextOf } from '../entities/context';
import { NO_CONTENT, readJson } from '../entities/verbs';
import { illegal, notFound } from '../errors';
import { SYSTEM_USER, type StoredRecord } from '../store';
import type { Tenant } from '../tenants';
import { writeDate } from '../wire-dates';
import { renderAttachment } from './attachments';
import { attachmentIds } from './request-store';
import { checkQuery, readBody, readNotify, type Kind } from './strict-body';

const KINDS: Record<string, Kind> = {
	Ticket: { key: 'TicketId' },
	Author: 'text',
	Slevel: { enum: 'TicketSecurityLevel' },
	Type: { enum: 'TicketMessageType' },
	MessageId: 'text',
	TimeSpent: 'number',
	Body: 'text',
	HtmlBody: 'text',
	EmailHeader: 'text',
	MessageCategory: { enum: 'TicketMessageCategory' },
	Person: { key: 'PersonId' },
	Important: 'flag',
	Badge: { enum: 'BadgeType' },
	...Object.fromEntries(
		[
			...['MessageHeaders', 'CustomFields', 'EjMessageId', 'CreatedAt', 'CreatedBy', 'DebugInfo'],
			...['MailSorter', 'SearchTitle', 'Language', 'Sentiment', 'SentimentConfidence'],
			...['AttachmentsInfo', 'ExtraFields', 'TableRight', 'FieldProperties'],
		].map((name) => [name, 'about'] as const),
	),
};

/** What a new message has beforehand. */
const DEFAULTS = {
	...{ Ticket: 0, Author: '', Slevel: 'External', Type: 'Plain', MessageId: '', TimeSpent: 0 },
	...{ Body: '', HtmlBody: '', EmailHeader: '', MessageCategory: 'Message', Person: 0 },
	...{ Important: false, Badge: 'Unknown' },
};

/** GET /v1/TicketMessage/default */
export function getDefaultMessage(call: Call, tenant: Tenant): Reply {
	checkQuery(call, '$select');
	return json(200, render(call, tenant, { id: 0, values: DEFAULTS, createdAt: null }));
}

/** POST /v1/TicketMessage */
export function createMessage(call: Call, tenant: Tenant): Reply {
	const notify = readNotify(call);
	const values = { ...DEFAULTS, ...readBody(call, KINDS) };
	const ticketId = Number(values.Ticket);
	const { data } = tenant;
	if (!data.find('Ticket', ticketId)) throw illegal(`Ticket: there is no Ticket ${ticketId}`);
	if (values.Body === '' && values.HtmlBody === '') throw illegal('Body: is mandatory');
	if (values.Type === 'Html' && values.HtmlBody === '') throw illegal('HtmlBody: is mandatory');
	if (values.Author.length > 255) throw illegal('Author: longer than 255 characters');
	if (values.Person !== 0 && !data.find('Person', values.Person)) {
		throw illegal(`Person: there is no Person ${values.Person}`);
	}
	const now = data.clock.now();
	const stamps = { createdBy: SYSTEM_USER, updatedBy: SYSTEM_USER };
	const message: StoredRecord = {
		...{ id: data.requests.messages.size + 1, values: { ...values, Attachments: [] } },
		...{ customFields: {}, createdAt: now, updatedAt: now, ...stamps },
	};
	data.requests.messages.set(message.id, message);
	data.update('Ticket', ticketId, (ticket) => {
		ticket.values.NumMessages = data.requests.messagesOf(ticketId).length;
	});
	if (notify) data.requests.notify(ticketId);
	return json(200, render(call, tenant, message));
}

/** GET /v1/TicketMessage/{id} */
export function getMessage(call: Call, tenant: Tenant, id: number): Reply {
	checkQuery(call, 'embedImages', '$select');
	return json(200, render(call, tenant, find(tenant, id)));
}

/** GET /v1/TicketMessage/{id}/Attachment */
export function getAttachments(_call: Call, tenant: Tenant, id: number): Reply {
	return json(200, tenant.data.requests.attachmentsOf(find(tenant, id)).map(renderAttachment));
}

/** POST /v1/TicketMessage/{id}/Attachment: ids of attachments with content that the message does not have yet */
export function connectAttachments(call: Call, tenant: Tenant, id: number): Reply {
	const message = find(tenant, id);
	const ids = readJson(call);
	if (!Array.isArray(ids) || !ids.every(Number.isInteger))
		throw illegal('A list of ids is expected');
	const { attachments } = tenant.data.requests;
	for (const attachmentId of ids as number[]) {
		if (!attachments.get(attachmentId)?.content) {
			throw illegal(`There is no Attachment ${attachmentId} with content`);
		}
		if (attachmentIds(message).includes(attachmentId)) {
			throw illegal(`Attachment ${attachmentId} is connected already`);
		}
	}
	message.values.Attachments = [...attachmentIds(message), ...(ids as number[])];
	return NO_CONTENT;
}

function find({ data }: Tenant, id: number): StoredRecord {
	const message = data.requests.messages.get(id);
	if (!message) throw notFound('TicketMessage', id);
	return message;
}

interface Rendered {
	id: number;
	values: Record<string, unknown>;
	createdAt: Date | null;
}

/** A TicketMessageEntity, without `_Links`. */
function render(call: Call, tenant: Tenant, { id, values, createdAt }: Rendered) {
	const { Attachments: ids = [], Ticket: ticketId, Person: personId, ...others } = values;
	const { timeZone } = contextOf(call, tenant, 'Ticket');
	const { attachments } = tenant.data.requests;
	return {
		...others,
		EjMessageId: id,
		Ticket: ticketId === 0 ? null : { TicketId: ticketId },
		Person: personId === 0 ? null : { PersonId: personId },
		CreatedAt: writeDate(createdAt, timeZone),
		CreatedBy: { AssociateId: SYSTEM_USER, FullName: 'System User' },
		MessageHeaders: [],
		CustomFields: {},
		ExtraFields: {},
		AttachmentsInfo: (ids as number[]).map((each) => renderAttachment(attachments.get(each)!)),
		TableRight: null,
		FieldProperties: {},
	};
}
