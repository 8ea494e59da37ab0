import { illegal } from '../errors';
import { readJson } from '../entities/verbs';
import { saveContent } from './content';
import type { DocumentCall } from './routes';

const LINKS = [
	'contactId',
	'personId',
	'saleId',
	'projectId',
	'appointmentId',
	'selectionId',
] as const;

/**
 * POST .../Content: the content that the document's template comes to. Here that is a text that names the template, the
 * language, what the document was linked to for it, and the values of its tags.
 */
export function fillTemplate(of: DocumentCall): void {
	const { call, tenant, document } = of;
	const { query } = call;
	for (const name of query.keys()) {
		if (name !== 'uiCulture' && !LINKS.includes(name as never))
			throw illegal(`Unknown option: ${name}`);
	}
	const culture = query.get('uiCulture');
	if (culture !== null && !/^[a-z]{2}-[A-Z]{2}$/.test(culture)) {
		throw illegal(`uiCulture: unknown culture '${culture}'`);
	}
	const template = tenant.data.listItem('doctmpl', Number(document.values.DocumentTemplate ?? 0));
	if (!template) throw illegal('DocumentTemplate: the document has none');
	const links = LINKS.map((name) => {
		const id = query.get(name);
		if (id !== null && !/^\d+$/.test(id)) throw illegal(`${name}: a whole number is expected`);
		return [name, Number(id ?? 0)] as const;
	});
	const lines = [
		`template=${template.name}`,
		`culture=${culture ?? ''}`,
		...links.filter(([, id]) => id !== 0).map(([name, id]) => `${name}=${id}`),
		...Object.entries(readTags(of)).map(([name, value]) => `${name}=${value}`),
	];
	saveContent(of, Buffer.from(lines.join('\n'), 'utf8'));
}

/** Values by names of four characters. */
function readTags({ call }: DocumentCall): Record<string, string> {
	if (call.bytes.length === 0) return {};
	const tags = readJson(call);
	if (typeof tags !== 'object' || tags === null || Array.isArray(tags)) {
		throw illegal('The body must be an object');
	}
	for (const [name, value] of Object.entries(tags)) {
		if (name.length !== 4) throw illegal(`${name}: the name of a tag has four characters`);
		if (typeof value !== 'string') throw illegal(`${name}: a text is expected`);
	}
	return tags as Record<string, string>;
}
