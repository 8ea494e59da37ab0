import { json, type Call, type Reply } from '../../messages';
import { renderEntity } from '../entities/render';
import { contextOf, type Context } from '../entities/context';
import { answerOrRefuse, ApiError, notFound } from '../errors';
import type { StoredRecord } from '../store';
import type { Tenant } from '../tenants';
import { getContent, putContent, removeContent } from './content';
import { fillTemplate } from './from-template';
import { checkIn, checkOut, getCheckout, undoCheckout } from './locks';

/** One document, as one request wants it. */
export interface DocumentCall {
	call: Call;
	tenant: Tenant;
	context: Context;
	document: StoredRecord;
}

type Answer = (of: DocumentCall) => Reply;

const answers: Record<string, Record<string, Answer>> = {
	content: {
		GET: getContent,
		PUT: (of) => answerDocument(of, putContent),
		POST: (of) => answerDocument(of, fillTemplate),
		DELETE: removeContent,
	},
	length: {
		GET: ({ tenant, document }) =>
			json(200, tenant.data.files.contents.get(document.id)?.length ?? 0),
	},
	lock: { GET: getCheckout, POST: checkOut, PUT: checkIn, DELETE: undoCheckout },
};

/** Answers what is about the content of one document. Undefined for all else. */
export function answerDocuments(call: Call, tenant: Tenant, resource: string): Reply | undefined {
	const [, digits, part = ''] = /^v1\/document\/(\d+)\/(content|length|lock)$/.exec(resource) ?? [];
	if (digits === undefined) return undefined;
	const answer = answers[part]![call.method];
	return answerOrRefuse(() => {
		if (!answer) {
			const text = `The requested resource does not support http method '${call.method}'`;
			throw new ApiError(405, 'SoNotSupportedException', text);
		}
		const id = Number(digits);
		const hidden = tenant.settings.hiddenRecords.Document?.includes(id);
		const document = hidden ? undefined : tenant.data.find('Document', id);
		if (!document) throw notFound('Document', id);
		return answer({ call, tenant, context: contextOf(call, tenant, 'Document'), document });
	});
}

function answerDocument(of: DocumentCall, change: (of: DocumentCall) => void): Reply {
	change(of);
	return json(200, renderEntity(of.context, of.document, null));
}
