import { randomBytes } from 'node:crypto';

import type { INode, INodeParameters } from 'n8n-workflow';

import { byId, mapped, operation } from '../engine/superoffice/node';
import { databaseOf, type TenantDatabase } from '../superoffice-online/crm/store';
import { useRealN8n, workflowOf } from './support/n8n';

const real = useRealN8n();

/** Quotes, accents, and what has a meaning in paths and headers. */
const awkward = 'Tilbud “Åse” & \'Ole\' 100% #1/2; "é".pdf';
/** As a file is called: a name with a slash could lead whoever writes it to a disk into another folder. */
const inNoFolder = awkward.replace('/', '_');

let tenant: string;
let database: TenantDatabase;
beforeEach(async () => {
	tenant = await real.useNewTenant();
	database = databaseOf(real.online.tenant(tenant));
});

const named = (resource: string, name: string, value: string, parameters: INodeParameters): INode =>
	operation(resource, value, parameters, { id: name, name });

/** A document of 3 MB. */
function storedDocument(): { id: number; bytes: Buffer } {
	const values = { Name: awkward, Header: awkward, Contact: 1, DocumentTemplate: 1 };
	const { id } = database.insert('Document', { values });
	const bytes = randomBytes(3 * 1024 ** 2);
	database.files.contents.set(id, bytes);
	return { id, bytes };
}

const download = (id: number) =>
	named('document', 'Download', 'download', { recordId: byId(id), binaryPropertyName: 'data' });

test('a file of 3 MB goes from one document into another, and into the content of a third', async () => {
	const { id, bytes } = storedDocument();
	const other = storedDocument();
	await real.n8n.importWorkflows(
		workflowOf(
			'documents',
			[{}],
			download(id),
			named('document', 'Replace Content', 'replaceContent', {
				recordId: byId(other.id),
				binaryPropertyName: 'data',
			}),
			{ ...download(id), id: 'Again', name: 'Again' },
			named('document', 'Upload', 'upload', {
				binaryPropertyName: 'data',
				fields: mapped({ DocumentTemplate: 'Letter', Contact: 2, Person: 1 }),
			}),
			named('document', 'Template', 'createFromTemplate', {
				fields: mapped({
					...{ Header: 'Offer', Name: 'offer.docx' },
					...{ DocumentTemplate: 'Letter', Contact: 2 },
				}),
			}),
		),
	);
	const { error, description, output } = await real.n8n.execute('documents');
	expect([error, description]).toEqual([undefined, undefined]);

	expect(output('Download')).toEqual([{ DocumentId: id, Header: awkward, Name: awkward }]);
	const [uploaded] = output('Upload');
	expect(uploaded).toMatchObject({ Header: inNoFolder, ContactId: 2, PersonId: 1 });
	const contents = [other.id, Number(uploaded!.DocumentId)].map((one) =>
		database.files.contents.get(one)!.equals(bytes),
	);
	expect(contents).toEqual([true, true]);
	const made = database.files.contents.get(Number(output('Template')[0]!.DocumentId))!;
	expect(made.toString()).toContain('template=Letter');
});

test('a request gets messages with attachments, which come back, is merged, and closed', async () => {
	const { id, bytes } = storedDocument();
	const request = (title: string) => ({ Title: title, Category: 'Support', Person: 1 });
	const created = { recordId: byId("={{ $('Create').item.json.TicketId }}") };
	await real.n8n.importWorkflows(
		workflowOf(
			'requests',
			[{}],
			download(id),
			named('request', 'Create', 'create', {
				fields: mapped({ ...request('Broken oak'), OwnedBy: 'KJ' }),
				message: '<p>It broke.</p>',
				messageOptions: { attachments: 'data', html: true, notify: true },
			}),
			named('request', 'Add Message', 'addMessage', {
				...created,
				message: 'Hei, Åse!',
				messageOptions: { internal: true },
			}),
			named('request', 'Get Messages', 'getMessages', {
				...created,
				options: { downloadAttachments: true },
			}),
			// Only the first message has an attachment.
			{
				...named('document', 'Upload', 'upload', {
					binaryPropertyName: 'attachment_0',
					fields: mapped({ DocumentTemplate: 'Letter', Contact: 2 }),
				}),
				executeOnce: true,
			},
		),
		workflowOf(
			'merge',
			[{}],
			named('request', 'First', 'create', { fields: mapped(request('One')), message: 'One' }),
			named('request', 'Second', 'create', { fields: mapped(request('Two')), message: 'Two' }),
			named('request', 'Merge', 'merge', {
				recordId: byId("={{ $('First').item.json.TicketId }}"),
				targetId: byId('={{ $json.TicketId }}'),
			}),
			named('request', 'Close', 'close', { recordId: byId('={{ $json.TicketId }}') }),
		),
	);
	const requests = await real.n8n.execute('requests');
	expect([requests.error, requests.description]).toEqual([undefined, undefined]);
	const { output } = requests;
	expect(output('Create')).toMatchObject([{ OwnedBy: 'Kari Jensen', NumMessages: 1 }]);
	expect(output('Get Messages')).toMatchObject([
		{ htmlBody: '<p>It broke.</p>', slevel: 'External', attachments: [{ Name: inNoFolder }] },
		{ body: 'Hei, Åse!', slevel: 'Internal', attachments: [] },
	]);
	const attached = [...database.requests.attachments.values()].map(({ content }) => content);
	expect(attached.map((content) => content!.equals(bytes))).toEqual([true]);
	const [document] = database.all('Document').slice(1);
	expect(database.files.contents.get(document!.id)!.equals(bytes)).toBe(true);

	const merge = await real.n8n.execute('merge');
	expect([merge.error, merge.description]).toEqual([undefined, undefined]);
	expect(merge.output('Close')).toMatchObject([{ Title: 'Two', BaseStatus: 'Closed' }]);
	const [, one, two] = [...database.requests.messages.values()].slice(1);
	expect([one, two].map((message) => message!.values.Ticket)).toEqual(
		Array(2).fill(merge.output('Close')[0]!.TicketId),
	);
});
