import { SuperOfficeError } from '../errors';
import type { RecordInput } from './changes';
import { isObject, type CrmSession } from './crm-session';
import { withCheckout } from './document-locks';
import type { Entity } from './entity';
import { fileCallTimeout, type FileContent, type ReceiveContent } from './file-content';
import { isEmpty } from './read-values';
import { createRecord, deleteRecord, readRecord, type EntityRecord } from './records';

/** A document that is to be made, card and content. */
export interface NewDocument {
	input: RecordInput;
	/** Whether the card goes again if there is no content for it. */
	deleteIfFailed: boolean;
}

/** What a document's template is filled in with. */
export interface Template {
	/** Of texts in the template: `en-US`. */
	culture?: string;
	/** Values of the template's own tags, whose names have four characters. */
	tags: Record<string, string>;
}

/**
 * Makes a document of a file. It has the file's name, and that as its subject, unless others are given.
 *
 * @returns the document as SuperOffice has stored it, perhaps under another name
 * @throws SuperOfficeError, which says what has become of the card
 */
export async function uploadDocument(
	session: CrmSession,
	entity: Entity,
	{ input, deleteIfFailed }: NewDocument,
	content: FileContent,
): Promise<EntityRecord> {
	const document = { input: named(input, content.name), deleteIfFailed };
	return await createWithContent(session, entity, document, async ({ id }) => {
		return await putContent(session, id, content);
	});
}

/** Makes a document whose content is its template, filled in for what the document is linked to. */
export async function createFromTemplate(
	session: CrmSession,
	entity: Entity,
	document: NewDocument,
	{ culture, tags }: Template,
): Promise<EntityRecord> {
	checkTags(tags);
	return await createWithContent(session, entity, document, async ({ id, card }) => {
		return await session.callForObject({
			method: 'POST',
			path: contentPath(id),
			query: { ...(isEmpty(culture) ? {} : { uiCulture: culture! }), ...linksOf(card) },
			body: tags,
			timeout: fileCallTimeout,
			// The same content once more, for the same document.
			isIdempotent: true,
		});
	});
}

/** Stores another content, checking the document out for it where that is needed. */
export async function replaceContent(
	session: CrmSession,
	entity: Entity,
	id: number,
	content: FileContent,
): Promise<EntityRecord> {
	const document = await readRecord(session, entity, id, ['Name', 'LockSemantics']);
	return await withCheckout(session, document, id, async () => {
		return await putContent(session, id, content);
	});
}

/**
 * Reads what a document holds.
 *
 * @param receive takes the bytes of a file of that name
 */
export async function readContent(
	session: CrmSession,
	entity: Entity,
	id: number,
	receive: (name: string) => ReceiveContent,
): Promise<{ document: EntityRecord; received: unknown }> {
	const document = await readRecord(session, entity, id, ['Header', 'Name']);
	const received = await session.call({
		path: contentPath(id),
		receive: receive(String(document.Name ?? '')),
		timeout: fileCallTimeout,
	});
	return { document, received };
}

async function createWithContent(
	session: CrmSession,
	entity: Entity,
	{ input, deleteIfFailed }: NewDocument,
	store: (document: { id: number; card: EntityRecord }) => Promise<EntityRecord>,
): Promise<EntityRecord> {
	const card = await createRecord(session, entity, input);
	const id = Number(card[entity.idKey]);
	return await store({ id, card }).catch(async (error: unknown) => {
		const isGone = deleteIfFailed && (await isDeleted(session, entity, id));
		throw withoutContent(error, { id, isGone, wasToGo: deleteIfFailed });
	});
}

async function isDeleted(session: CrmSession, entity: Entity, id: number): Promise<boolean> {
	return await deleteRecord(session, entity, id).then(
		() => true,
		() => false,
	);
}

function withoutContent(
	error: unknown,
	{ id, isGone, wasToGo }: { id: number; isGone: boolean; wasToGo: boolean },
): unknown {
	const left = wasToGo ? ' and could not be deleted again' : '';
	const fate = isGone
		? 'The document was deleted again, as its content could not be stored.'
		: `The document with the ID ${id} was created, but it has no content${left}.`;
	// The file itself may have failed: n8n may have none any more.
	if (!(error instanceof SuperOfficeError)) {
		const words = error instanceof Error ? error.message : String(error);
		return new Error(`${words.replace(/(?<![.!?])$/, '.')} ${fate}`, { cause: error });
	}
	const { code, message, hint, httpStatus } = error;
	const cure = `${hint} Then use “Replace Content” for that document, or delete it. To run this again would make another document.`;
	return new SuperOfficeError(
		code,
		`${message} ${fate}`,
		isGone ? hint : cure,
		isGone ? { httpStatus } : { httpStatus, outcomeUnknown: true },
	);
}

/** What was filled in, with the file's name where there is nothing. */
function named(input: RecordInput, fileName: string): RecordInput {
	const values = { ...input.values };
	for (const field of ['Name', 'Header']) {
		if (isEmpty(values[field]) && fileName !== '') values[field] = fileName;
	}
	if (!isEmpty(values.Name)) return { ...input, values };
	throw new SuperOfficeError(
		'INVALID_INPUT',
		'File Name: the file has no name.',
		'Choose the field File Name, and enter a name with an extension, such as letter.docx.',
	);
}

async function putContent(
	session: CrmSession,
	id: number,
	content: FileContent,
): Promise<EntityRecord> {
	return await session.callForObject({
		method: 'PUT',
		path: contentPath(id),
		content,
		timeout: fileCallTimeout,
	});
}

function contentPath(id: number): string {
	return `/v1/Document/${id}/Content`;
}

const links = {
	contactId: ['Contact', 'ContactId'],
	personId: ['Person', 'PersonId'],
	saleId: ['Sale', 'SaleId'],
	projectId: ['Project', 'ProjectId'],
} as const;

/** Whom and what the document is for, as the template is to be filled in. */
function linksOf(card: EntityRecord): Record<string, string> {
	const ids = Object.entries(links).map(([parameter, [reference, key]]) => {
		const linked = card[reference];
		return [parameter, isObject(linked) ? Number(linked[key]) : 0] as const;
	});
	return Object.fromEntries(ids.filter(([, id]) => id > 0).map(([name, id]) => [name, `${id}`]));
}

function checkTags(tags: Record<string, string>): void {
	const wrong = Object.keys(tags).find((name) => name.length !== 4);
	if (wrong === undefined) return;
	throw new SuperOfficeError(
		'INVALID_INPUT',
		`Template Tags: “${wrong}” is not the name of a tag.`,
		'Enter the four characters that stand for the value in the template.',
	);
}
