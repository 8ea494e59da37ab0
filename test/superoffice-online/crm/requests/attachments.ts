import { binary, json, mediaType, type Call, type Reply } from '../../messages';
import { NO_CONTENT } from '../entities/verbs';
import { ApiError, illegal, notFound } from '../errors';
import type { Tenant } from '../tenants';
import type { StoredAttachment } from './request-store';
import { checkQuery, readBody, type Kind } from './strict-body';

const KINDS: Record<string, Kind> = {
	Name: 'text',
	ContentType: 'text',
	InlineImage: 'flag',
	ContentId: 'text',
	AttachmentId: 'about',
	AttSize: 'about',
	AuthKey: 'about',
	IsSafeFileExtension: 'about',
	TableRight: 'about',
	FieldProperties: 'about',
};

/** An AttachmentEntity. */
export function renderAttachment(attachment: StoredAttachment): Record<string, unknown> {
	const { id, name, contentType, inlineImage, contentId, content } = attachment;
	return {
		AttachmentId: id,
		Name: name,
		ContentType: contentType,
		AttSize: content?.length ?? 0,
		InlineImage: inlineImage,
		ContentId: contentId,
		AuthKey: id === 0 ? '' : `key${id}`,
		IsSafeFileExtension: !/\.(exe|bat|js)$/i.test(name),
		TableRight: null,
		FieldProperties: {},
	};
}

/** POST /v1/Attachment */
export function createAttachment(call: Call, tenant: Tenant): Reply {
	checkQuery(call);
	const { Name, ContentType = '', InlineImage = false, ContentId = '' } = readBody(call, KINDS);
	if (typeof Name !== 'string' || Name.trim() === '') throw illegal('Name: is mandatory');
	for (const [name, text] of Object.entries({ Name, ContentType })) {
		if (String(text).length > 255) throw illegal(`${name}: longer than 255 characters`);
	}
	const { attachments } = tenant.data.requests;
	const attachment: StoredAttachment = {
		id: attachments.size + 1,
		name: Name,
		contentType: ContentType as string,
		inlineImage: InlineImage as boolean,
		contentId: ContentId as string,
	};
	attachments.set(attachment.id, attachment);
	return json(200, renderAttachment(attachment));
}

/** GET /v1/Attachment/{id} */
export function getAttachment(_call: Call, tenant: Tenant, id: number): Reply {
	return json(200, renderAttachment(find(tenant, id)));
}

/** POST /v1/Attachment/{id}/Content: raw bytes */
export function storeContent(call: Call, tenant: Tenant, id: number): Reply {
	const attachment = find(tenant, id);
	if (mediaType(call) !== 'application/octet-stream') {
		throw new ApiError(415, 'SoNotSupportedException', 'The body must be application/octet-stream');
	}
	attachment.content = call.bytes;
	return NO_CONTENT;
}

/** GET /v1/Attachment/{id}/Content */
export function getContent(call: Call, tenant: Tenant, id: number): Reply {
	const { content } = find(tenant, id);
	if (!content) throw notFound('Attachment content', id);
	const takesBytes = /application\/octet-stream/i.test(call.headers.accept ?? '');
	return takesBytes ? binary(content) : json(200, content.toString('base64'));
}

function find({ data }: Tenant, id: number): StoredAttachment {
	const attachment = data.requests.attachments.get(id);
	if (!attachment) throw notFound('Attachment', id);
	return attachment;
}
