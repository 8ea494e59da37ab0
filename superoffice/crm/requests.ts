import { SuperOfficeError } from '../errors';
import { uploadAttachments } from './attachments';
import type { RecordInput } from './changes';
import type { CrmSession } from './crm-session';
import type { Entity } from './entity';
import type { FileContent } from './file-content';
import { mayBeMerged, sameRecord } from './merge';
import { addMessage, notifyOf, type NewMessage } from './messages';
import { newRecord, readRecord, sendRecord, updateRecord, type EntityRecord } from './records';

/**
 * Makes a request with its first message. People are notified when all of it is there.
 *
 * @throws SuperOfficeError, which says how far it came
 */
export async function createRequest(
	session: CrmSession,
	entity: Entity,
	input: RecordInput,
	{ message, files }: { message: NewMessage; files: readonly FileContent[] },
): Promise<EntityRecord> {
	// No file is sent for a request that cannot be made.
	const request = await newRecord(session, entity, input);
	const attachmentIds = await uploadAttachments(session, files);
	const created = await sendRecord(session, entity, request);
	const id = Number(created[entity.idKey]);
	const { notify, ...first } = message;
	await addMessage(session, id, first, attachmentIds).catch((error: unknown) => {
		throw withoutMessage(error, id);
	});
	if (notify) await notifyOf(session, id, 'NotifyNewTicket', `The request with the ID ${id}`);
	// With the number of its messages. All is done: a look that fails must not have it done once more.
	return await readRecord(session, entity, id).catch(() => created);
}

export async function closeRequest(
	session: CrmSession,
	entity: Entity,
	id: number,
): Promise<EntityRecord> {
	return await updateRecord(session, entity, id, { values: { BaseStatus: 'Closed' } });
}

/**
 * Moves the messages of a request into another one.
 *
 * @param ids.source becomes part of the other one
 * @returns the one that both are now
 */
export async function mergeRequests(
	session: CrmSession,
	entity: Entity,
	{ source, target }: { source: number; target: number },
): Promise<EntityRecord> {
	if (source === target) throw sameRecord(entity.label, source);
	const [record] = await Promise.all([
		readRecord(session, entity, target),
		readRecord(session, entity, source, [entity.idKey]),
	]);
	const request = {
		method: 'POST',
		path: '/v1/Agents/Ticket/MergeTickets',
		body: { MergedTicketEntity: record, SecondaryTicketIds: [source] },
	} as const;
	return await session.callForObject(request).catch((error: unknown) => {
		throw mayBeMerged(entity.label, error);
	});
}

function withoutMessage(error: unknown, id: number): unknown {
	if (!(error instanceof SuperOfficeError)) return error;
	const { code, message, hint, httpStatus } = error;
	return new SuperOfficeError(
		code,
		`${message} The request with the ID ${id} was created before that.`,
		`${hint} Use “Add Message” for that request. To run this again would make another request.`,
		{ httpStatus, outcomeUnknown: true },
	);
}
