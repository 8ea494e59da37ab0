import type { CrmSession } from './crm-session';
import { fileCallTimeout, type FileContent, type ReceiveContent } from './file-content';
import { SuperOfficeError } from '../errors';

/** A file of a message, as SuperOffice describes it. */
export interface Attachment {
	id: number;
	name: string;
	/** The description itself. */
	described: Record<string, unknown>;
}

/**
 * Sends files that a message is going to have, which nobody sees before it has them.
 *
 * @returns their ids
 * @throws SuperOfficeError, which names the file
 */
export async function uploadAttachments(
	session: CrmSession,
	files: readonly FileContent[],
): Promise<number[]> {
	const ids: number[] = [];
	for (const file of files) {
		ids.push(
			await uploadAttachment(session, file).catch((error: unknown) => {
				throw notUploaded(error, file);
			}),
		);
	}
	return ids;
}

async function uploadAttachment(session: CrmSession, file: FileContent): Promise<number> {
	const { AttachmentId: id } = await session.callForObject({
		method: 'POST',
		path: '/v1/Attachment',
		body: { Name: file.name, ContentType: file.type ?? '', InlineImage: false },
		// One that no message has is seen by nobody.
		isIdempotent: true,
	});
	await session.call({
		method: 'POST',
		path: `/v1/Attachment/${Number(id)}/Content`,
		content: file,
		timeout: fileCallTimeout,
		// The same content once more.
		isIdempotent: true,
	});
	return Number(id);
}

function notUploaded(error: unknown, { name }: FileContent): unknown {
	if (!(error instanceof SuperOfficeError)) return error;
	const { code, message, hint, httpStatus } = error;
	return new SuperOfficeError(
		code,
		`${message} The attachment “${name}” could not be stored, and nothing else was written.`,
		hint,
		{ httpStatus },
	);
}

/** The attachments of a message. */
export async function attachmentsOf(session: CrmSession, messageId: number): Promise<Attachment[]> {
	const list = await session.callForList({ path: `/v1/TicketMessage/${messageId}/Attachment` });
	return list.map(describe);
}

/** Whether any message of a request has one. */
export async function hasAttachments(session: CrmSession, ticketId: number): Promise<boolean> {
	const list = await session.callForList({ path: `/v1/Ticket/${ticketId}/Attachments` });
	return list.length > 0;
}

/** @returns what `receive` has made of the file */
export async function readAttachment(
	session: CrmSession,
	{ id }: Attachment,
	receive: ReceiveContent,
): Promise<unknown> {
	const path = `/v1/Attachment/${id}/Content`;
	return await session.call({ path, receive, timeout: fileCallTimeout });
}

function describe(described: Record<string, unknown>): Attachment {
	const { AttachmentId: id, Name: name } = described;
	return { id: Number(id), name: String(name ?? ''), described };
}
