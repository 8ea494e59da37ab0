import { SuperOfficeError } from '../errors';
import { uploadAttachments } from './attachments';
import type { RecordInput } from './changes';
import type { CrmSession } from './crm-session';
import type { Entity } from './entity';
import type { FileContent } from './file-content';
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
	// With the number of its messages.
	return await readRecord(session, entity, id);
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
 * @param from becomes part of the other one
 * @returns the one that both are now
 */
export async function mergeRequests(
	session: CrmSession,
	entity: Entity,
	{ from, into }: { from: number; into: number },
): Promise<EntityRecord> {
	if (from === into) {
		throw new SuperOfficeError(
			'INVALID_INPUT',
			`The request with the ID ${into} cannot be merged into itself.`,
			'Choose another request under Merge Into.',
		);
	}
	const [target] = await Promise.all([
		readRecord(session, entity, into),
		readRecord(session, entity, from, [entity.idKey]),
	]);
	const request = {
		method: 'POST',
		path: '/v1/Agents/Ticket/MergeTickets',
		body: { MergedTicketEntity: target, SecondaryTicketIds: [from] },
	} as const;
	return await session.callForObject(request).catch((error: unknown) => {
		throw mayBeMerged(error);
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

function mayBeMerged(error: unknown): unknown {
	if (!(error instanceof SuperOfficeError) || !error.outcomeUnknown) return error;
	const { code, message, httpStatus } = error;
	return new SuperOfficeError(
		code,
		`${message} The requests may have been merged all the same.`,
		'Look at them in SuperOffice before you run this again.',
		{ httpStatus, outcomeUnknown: true },
	);
}
