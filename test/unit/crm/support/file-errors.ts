import { entities } from '../../../../nodes/SuperOffice/resources/entities';
import {
	addMessage,
	createFromTemplate,
	createRequest,
	CrmSession,
	mergeRequests,
	replaceContent,
	requireSuccess,
	timedOut,
	unreachable,
	uploadAttachments,
	uploadDocument,
	type CrmCall,
	type FileContent,
} from '../../../../superoffice';

const { document, request } = entities;

const file: FileContent = {
	name: 'a.pdf',
	size: 1,
	open: async () => await Promise.resolve(new Uint8Array(1)),
};

/** What a tenant answers, by part of the address. */
const answers: Array<[RegExp, unknown]> = [
	[/Layout|CustomField/, []],
	[/Lock$/, { State: 'NotCheckedOut', Success: true }],
	[/./, { DocumentId: 7, TicketId: 7, EjMessageId: 7, AttachmentId: 7, LockSemantics: 'Locking' }],
];

type Answers = Record<string, (() => unknown) | object>;

/** A tenant that answers as usual but for calls like `PUT Content`, each the end of one. */
function tenant(others: Answers): CrmSession {
	const call: CrmCall = async ({ method = 'GET', path }) => {
		const found = Object.entries(others).find(([like]) => {
			const [wanted, end] = like.split(' ');
			return method === wanted && path.endsWith(end!);
		});
		if (found === undefined) return answers.find(([like]) => like.test(path))![1];
		return typeof found[1] === 'function' ? (found[1] as () => unknown)() : found[1];
	};
	return new CrmSession(call);
}

const refused = () => requireSuccess({ status: 400, body: { Message: 'No.' } }, '/v1/X', []);
const late = () => {
	throw timedOut('online.superoffice.com');
};

const lost = () => {
	throw unreachable('online.superoffice.com', { code: 'ECONNRESET' });
};

/** Not checked out at first. */
const staysCheckedOut = (): Answers => {
	const states = ['NotCheckedOut', 'CheckedOutOwn'];
	return { 'GET Lock': () => ({ State: states.shift() }) };
};

const upload = async (others: Answers, deleteIfFailed = true, content = file) =>
	await uploadDocument(
		tenant(others),
		document,
		{ input: { values: {} }, deleteIfFailed },
		content,
	);
const replace = async (others: Answers) => await replaceContent(tenant(others), document, 7, file);
const message = async (others: Answers, notify = true) =>
	await addMessage(tenant(others), 7, { text: 'Hi', notify }, [1]);
const merge = async (others: Answers) =>
	await mergeRequests(tenant(others), request, { source: 7, target: 8 });

/** What goes wrong with documents, messages and attachments, each with a message of its own. */
export const fileErrors: Array<[string, () => Promise<unknown>]> = [
	['a file without a name', async () => await upload({}, true, { ...file, name: '' })],
	[
		'a name that no tag of a template has',
		async () =>
			await createFromTemplate(
				tenant({}),
				document,
				{ input: { values: {} }, deleteIfFailed: true },
				{ tags: { customer: 'x' } },
			),
	],
	['a content that is refused', async () => await upload({ 'PUT Content': refused })],
	['a document without content', async () => await upload({ 'PUT Content': refused }, false)],
	[
		'a document that stays without content',
		async () => await upload({ 'PUT Content': refused, 'DELETE Document/7': refused }),
	],
	[
		'a document that somebody has checked out',
		async () => await replace({ 'GET Lock': { State: 'CheckedOutOther', Name: 'Kari Jensen' } }),
	],
	[
		'a document that cannot be checked out',
		async () => await replace({ 'POST Lock': { Success: false, Value: 'No' } }),
	],
	[
		'a document that cannot be checked in',
		async () => await replace({ ...staysCheckedOut(), 'PUT Lock': { Success: false } }),
	],
	[
		'a document that no call checks in',
		async () => await replace({ ...staysCheckedOut(), 'PUT Lock': refused }),
	],
	[
		'an attachment that is refused',
		async () => await uploadAttachments(tenant({ 'POST Content': refused }), [file]),
	],
	['a message that may be there', async () => await message({ 'POST TicketMessage': late })],
	['a message without attachments', async () => await message({ 'POST Attachment': refused })],
	[
		'a message that nobody was notified of',
		async () => await message({ 'POST NotifyNewMessage': refused }),
	],
	[
		'a request whose message is refused',
		async () =>
			await createRequest(
				tenant({ 'POST TicketMessage': refused }),
				request,
				{ values: {} },
				{ message: { text: 'Hi' }, files: [] },
			),
	],
	['requests that may be merged', async () => await merge({ 'POST MergeTickets': late })],
	['a message whose answer was lost', async () => await message({ 'POST TicketMessage': lost })],
	['requests whose answer was lost', async () => await merge({ 'POST MergeTickets': lost })],
];
