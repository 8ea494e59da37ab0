import { SuperOfficeError } from '../errors';
import { simplifyRow } from './archive-columns';
import { equalsAny } from './archive-filter';
import { archiveRows } from './archive-rows';
import type { CrmSession } from './crm-session';
import { fromWire } from './dates';
import type { Entity } from './entity';
import { readRecord, type EntityRecord } from './records';

/** A message that is to be added to a request. */
export interface NewMessage {
	text: string;
	/** Whether the text is HTML. */
	isHtml?: boolean;
	/** Whether the customer may not see it. */
	isInternal?: boolean;
	/** Whether SuperOffice notifies people of it. */
	notify?: boolean;
	/** Who it is shown to be from; SuperOffice's own choice by default. */
	author?: string;
}

/** A message under the names of SuperOffice's archive of messages. */
export type Message = Record<string, unknown>;

const primaryKey = 'ticketMessageId';

const columns = [
	primaryKey,
	'ticketId',
	'createdAt',
	'author',
	'slevel',
	'important',
	'header',
	'body',
	'htmlBody',
];

/**
 * Adds a message to a request, with attachments that are there already. People are notified of it when it has them.
 *
 * @param attachmentIds from `uploadAttachments`
 * @throws SuperOfficeError, which says how far it came
 */
export async function addMessage(
	session: CrmSession,
	ticketId: number,
	{ notify = false, ...message }: NewMessage,
	attachmentIds: readonly number[] = [],
): Promise<Message> {
	const defaults = await session.once('default TicketMessage', async () => {
		const message = await session.callForObject({ path: '/v1/TicketMessage/default' });
		delete message._Links;
		return message;
	});
	const isLater = attachmentIds.length > 0;
	const written = await session
		.callForObject({
			method: 'POST',
			path: '/v1/TicketMessage',
			query: { notify: String(notify && !isLater) },
			body: { ...defaults, ...propertiesOf(ticketId, message) },
		})
		.catch((error: unknown) => {
			throw mayBeAdded(error);
		});
	const id = Number(written.EjMessageId);
	if (isLater) {
		const connect = { method: 'POST', path: `/v1/TicketMessage/${id}/Attachment` } as const;
		await session.call({ ...connect, body: attachmentIds }).catch((error: unknown) => {
			const isUnknown = error instanceof SuperOfficeError && error.outcomeUnknown;
			const lost = isUnknown ? 'perhaps without its attachments' : 'without its attachments';
			throw halfDone(error, id, notify ? `${lost}, and nobody was notified of it` : lost);
		});
		if (notify)
			await notifyOf(session, ticketId, 'NotifyNewMessage', `The message with the ID ${id}`);
	}
	return toRow(written, ticketId);
}

/**
 * Has SuperOffice notify people of a request or its newest message.
 *
 * @param what is told to be there where this fails: `The message with the ID 7`
 */
export async function notifyOf(
	session: CrmSession,
	ticketId: number,
	call: 'NotifyNewTicket' | 'NotifyNewMessage',
	what: string,
): Promise<void> {
	await session
		.call({ method: 'POST', path: `/v1/Ticket/${ticketId}/${call}` })
		.catch((error: unknown) => {
			throw notNotified(error, what);
		});
}

/** The messages of a request, oldest first. */
export async function messagesOf(
	session: CrmSession,
	request: Entity,
	ticketId: number,
	limit?: number,
): Promise<Message[]> {
	const filter = equalsAny({ name: 'ticketId', type: 'int' }, [ticketId], session);
	const query = { provider: 'TicketMessage', primaryKey, columns, filter, limit };
	const messages: Message[] = [];
	for await (const row of archiveRows(session, query)) messages.push(simplifyRow(row, primaryKey));
	// An archive finds nothing for a request that is not there, and does not say so.
	if (messages.length === 0) await readRecord(session, request, ticketId, [request.idKey]);
	return messages;
}

function propertiesOf(
	ticketId: number,
	{ text, isHtml = false, isInternal = false, author = '' }: NewMessage,
): EntityRecord {
	return {
		Ticket: { TicketId: ticketId },
		Slevel: isInternal ? 'Internal' : 'External',
		...(isHtml ? { Type: 'Html', HtmlBody: text } : { Type: 'Plain', Body: text }),
		...(author === '' ? {} : { Author: author }),
	};
}

function toRow(written: EntityRecord, ticketId: number): Message {
	return {
		[primaryKey]: Number(written.EjMessageId),
		ticketId,
		createdAt: fromWire(written.CreatedAt as string),
		author: written.Author,
		slevel: written.Slevel,
		important: written.Important,
		header: written.EmailHeader,
		body: written.Body,
		htmlBody: written.HtmlBody,
	};
}

function mayBeAdded(error: unknown): unknown {
	if (!(error instanceof SuperOfficeError) || !error.outcomeUnknown) return error;
	const { code, message, httpStatus } = error;
	return new SuperOfficeError(
		code,
		`${message} The message may have been added all the same.`,
		'Look at the request in SuperOffice before you run this again. SuperOffice was not asked a second time, so that there are not two.',
		{ httpStatus, outcomeUnknown: true },
	);
}

function halfDone(error: unknown, id: number, how: string): unknown {
	if (!(error instanceof SuperOfficeError)) return error;
	const { code, message, hint, httpStatus } = error;
	return new SuperOfficeError(
		code,
		`${message} The message with the ID ${id} was added, but ${how}.`,
		`${hint} To run this again would add another message.`,
		{ httpStatus, outcomeUnknown: true },
	);
}

function notNotified(error: unknown, what: string): unknown {
	if (!(error instanceof SuperOfficeError)) return error;
	const { code, message, hint, httpStatus } = error;
	return new SuperOfficeError(
		code,
		`${message} ${what} is there and complete, but perhaps nobody was notified of it.`,
		`${hint} To run this again would make another one.`,
		{ httpStatus, outcomeUnknown: true },
	);
}
