import { binary, json, mediaType, type Reply } from '../../messages';
import { ApiError, illegal } from '../errors';
import { requireCheckout } from './locks';
import { returnInfo } from './return-info';
import type { DocumentCall } from './routes';

/** Forms of a body that are no raw bytes, or of which SuperOffice does not say what it makes. */
const NOT_RAW = /^(multipart\/|application\/(json|x-www-form-urlencoded)$|$)/;

/** GET .../Content: the bytes if the caller takes bytes, else as base64 in JSON. */
export function getContent({ call, tenant, document }: DocumentCall): Reply {
	const content = tenant.data.files.contents.get(document.id);
	if (!content) {
		throw new ApiError(404, 'SoNotFoundException', `Document id ${document.id} has no content`);
	}
	const takesBytes = /application\/octet-stream/i.test(call.headers.accept ?? '');
	return takesBytes ? binary(content) : json(200, content.toString('base64'));
}

/** PUT .../Content: raw bytes. */
export function putContent(of: DocumentCall): void {
	if (NOT_RAW.test(mediaType(of.call))) {
		throw new ApiError(415, 'SoNotSupportedException', 'The body must be application/octet-stream');
	}
	saveContent(of, of.call.bytes);
}

/** Stores the content, and gives the document another name if a document with content has it already. */
export function saveContent({ tenant, document }: DocumentCall, content: Buffer): void {
	const { data } = tenant;
	requireCheckout(tenant, document.id);
	const others = data
		.all('Document')
		.filter(({ id }) => id !== document.id && data.files.contents.has(id));
	const taken = new Set(others.map(({ values }) => String(values.Name).toLowerCase()));
	const [, base = '', extension = ''] =
		/^(.*?)(\.[^.]*)?$/s.exec(String(document.values.Name)) ?? [];
	let name = base + extension;
	for (let number = 1; taken.has(name.toLowerCase()); number++)
		name = `${base}(${number})${extension}`;
	if (name === '') throw illegal('Name: is mandatory');
	data.files.contents.set(document.id, content);
	data.update('Document', document.id, ({ values }) => {
		values.Name = name;
	});
	data.onChange?.({ entity: 'Document', what: 'edited', record: document });
}

/** DELETE .../Content */
export function removeContent({ tenant, document }: DocumentCall): Reply {
	requireCheckout(tenant, document.id);
	const removed = tenant.data.files.contents.delete(document.id);
	return json(200, returnInfo(removed, removed ? '' : 'The document has no content'));
}
