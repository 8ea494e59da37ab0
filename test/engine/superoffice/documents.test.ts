import { randomBytes } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import { filesOf, itemWith, useFilesOnDisk } from './files';
import { mapped, operation } from './node';
import { ofDocument, pdf, useDocuments } from './use-documents';

const node = useDocuments();

/** Quotes, accents, and what has a meaning in paths and headers. */
const awkward = 'Tilbud “Åse” & \'Ole\' 100% #1/2; "é".pdf';
const inNoFolder = awkward.replace('/', '_');

const upload = (fields: IDataObject = {}, parameters: IDataObject = {}, settings = {}) =>
	operation(
		'document',
		'upload',
		{
			fields: mapped({ DocumentTemplate: 'Letter', Contact: 2, ...fields }),
			binaryPropertyName: 'data',
			...(parameters as object),
		},
		settings,
	);

/** Until SuperOffice has got a request with this method. */
async function untilSent(method: string): Promise<void> {
	while (!node.n8n.online.requests.some((request) => request.method === method)) {
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
}

describe.each(['in memory', 'on disk'])('a file that n8n keeps %s', (where) => {
	if (where === 'on disk') useFilesOnDisk();

	test('becomes a document, 3 MB byte for byte, under its own name', async () => {
		const file = pdf(awkward, randomBytes(3 * 1024 ** 2));
		const [output] = await node.run(upload(), [await itemWith({ data: file })]);
		expect(output!.json).toMatchObject({
			Name: awkward,
			Header: awkward,
			DocumentTemplate: 'Letter',
			ContactId: 2,
		});
		expect(output!.pairedItem).toEqual({ item: 0 });
		expect(node.contentOf(output!.json.DocumentId as number)!.equals(file.bytes)).toBe(true);
	});

	test('is sent anew when the ticket has died meanwhile', async () => {
		const file = pdf();
		node.n8n.online.misbehave({
			...{ at: 'api', method: 'PUT', path: /\/Content$/, times: 1 },
			...{ kind: 'slow', milliseconds: 300 },
		});
		void untilSent('PUT').then(() => node.n8n.online.expireAllTickets());
		const [output] = await node.run(upload(), [await itemWith({ data: file })]);
		expect(node.contentOf(output!.json.DocumentId as number)!.equals(file.bytes)).toBe(true);
		const sent = node.n8n.online.requests.filter(({ method }) => method === 'PUT');
		expect(sent.map(({ status }) => status)).toEqual([401, 200]);
	});

	test('comes back as it was, with its type, and its name without folders', async () => {
		const file = pdf(awkward, randomBytes(3 * 1024 ** 2));
		const id = node.stored(file);
		const [output] = await node.run(ofDocument('download', id));
		expect(output!.json).toEqual({ DocumentId: id, Header: awkward, Name: awkward });
		expect(output!.pairedItem).toEqual({ item: 0 });
		const { data } = await filesOf(output!);
		expect([data!.name, data!.mimeType]).toEqual([inNoFolder, 'application/pdf']);
		expect(data!.bytes.equals(file.bytes)).toBe(true);
	});

	test('is asked for again where it was cut off', async () => {
		const file = pdf('letter.docx');
		const id = node.stored(file);
		node.fail({ method: 'GET', kind: 'cut', times: 1 });
		const [output] = await node.run(ofDocument('download', id, { binaryPropertyName: 'file' }), [
			{ json: {} },
		]);
		expect((await filesOf(output!)).file!.bytes.equals(file.bytes)).toBe(true);
		expect(node.calls()['GET /v1/Document/{id}/Content']).toBe(2);
	});

	test('replaces the content of a document, which keeps its name', async () => {
		const id = node.stored(pdf('first.pdf'));
		const file = pdf('second.pdf', randomBytes(100_000));
		const items = [await itemWith({ data: file })];
		const [output] = await node.run(ofDocument('replaceContent', id), items);
		expect(output!.json).toMatchObject({ DocumentId: id, Name: 'first.pdf' });
		expect(node.contentOf(id)!.equals(file.bytes)).toBe(true);
	});

	test('can be empty', async () => {
		const items = [await itemWith({ data: pdf('empty.txt', Buffer.alloc(0)) })];
		const id = (await node.run(upload(), items))[0]!.json.DocumentId as number;
		expect(node.contentOf(id)!.length).toBe(0);
		const [output] = await node.run(ofDocument('download', id));
		expect((await filesOf(output!)).data!.bytes.length).toBe(0);
	});
});

describe('an uploaded document', () => {
	test('has the name and the subject that are filled in, and its links', async () => {
		const project = node.tenant.data.insert('Project', { values: { Name: 'Bridge' } }).id;
		const sale = node.tenant.data.insert('Sale', { values: { Heading: 'Oak', Contact: 2 } }).id;
		const fields = { Name: 'b.pdf', Header: 'Offer', Person: 1, Project: project, Sale: 'Oak' };
		const [output] = await node.run(upload(fields), [await itemWith({ data: pdf('a.pdf') })]);
		expect(output!.json).toMatchObject({
			...{ Name: 'b.pdf', Header: 'Offer', ContactId: 2, PersonId: 1 },
			...{ ProjectId: project, SaleId: sale },
		});
	});

	test('is put out under the name that SuperOffice has given it', async () => {
		node.stored(pdf('offer.pdf'));
		const [output] = await node.run(upload(), [await itemWith({ data: pdf('offer.pdf') })]);
		expect(output!.json).toMatchObject({ Name: 'offer(1).pdf', Header: 'offer.pdf' });
	});

	test('needs a file', async () => {
		const items = [await itemWith({ other: pdf() })];
		expect(await node.refused(upload(), items)).toContain("no binary field 'data'");
		expect(node.documents()).toEqual([]);
	});

	test('needs a name', async () => {
		const items = [await itemWith({ data: { name: '', bytes: Buffer.from('x') } })];
		expect(await node.refused(upload({ Name: '' }), items)).toMatch(
			/^File Name: .*\n.*letter\.docx/,
		);
		expect(node.documents()).toEqual([]);
	});
});

describe('a content that SuperOffice refuses', () => {
	const words = 'SuperOffice turned the call down (status 400): The disk is full.';

	test('leaves no document behind', async () => {
		node.fail({ method: 'PUT' });
		const refusal = await node.refused(upload(), [await itemWith({ data: pdf() })]);
		expect(refusal).toContain(
			`${words} The document was deleted again, as its content could not be stored.`,
		);
		expect(node.documents()).toEqual([]);
		expect(node.calls()).toMatchObject({ 'POST /v1/Document': 1, 'DELETE /v1/Document/{id}': 1 });
	});

	test('leaves the document where that is wanted, and says which', async () => {
		node.fail({ method: 'PUT' });
		const keeping = upload({}, { options: { deleteIfUploadFails: false } });
		const refusal = await node.refused(keeping, [await itemWith({ data: pdf() })]);
		const [document] = node.documents();
		expect(refusal).toContain(
			`${words} The document with the ID ${document!.id} was created, but it has no content.\n`,
		);
		expect(refusal).toContain('Replace Content');
	});

	test('leaves a document that could not be deleted, and says which', async () => {
		node.fail({ method: 'PUT' });
		node.fail({ method: 'DELETE', path: /Document\/\d+$/, status: 403 });
		const refusal = await node.refused(upload(), [await itemWith({ data: pdf() })]);
		expect(refusal).toContain(
			`with the ID ${node.documents()[0]!.id} was created, but it has no content and could not be deleted again.`,
		);
	});

	test('of one item fails for that item alone', async () => {
		node.fail({ method: 'PUT', times: 1 });
		const items = [
			await itemWith({ data: pdf('a.pdf') }),
			await itemWith({}),
			await itemWith({ data: pdf('c.pdf') }),
		];
		const outputs = await node.run(upload({}, {}, { onError: 'continueRegularOutput' }), items);
		expect(outputs.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2].map((item) => ({ item })),
		);
		const errors = outputs.map(({ json }) => json.error);
		expect(errors.filter((error) => error === undefined)).toHaveLength(1);
		expect(errors[1]).toContain("'data'");
		expect(node.documents()).toHaveLength(1);
	});
});

describe('a document that cannot be downloaded', () => {
	test('has no content', async () => {
		const id = node.stored();
		node.tenant.data.files.contents.delete(id);
		const refusal = await node.refused(ofDocument('download', id));
		expect(refusal).toContain(`(status 404): Document id ${id} has no content`);
	});

	test('is not there', async () => {
		const refusal = await node.refused(ofDocument('download', 99));
		expect(refusal).toContain('There is no document with the ID 99.');
	});

	test('is kept back in SuperOffice’s own words', async () => {
		const id = node.stored();
		node.fail({ method: 'GET', status: 403 });
		const refusal = await node.refused(ofDocument('download', id));
		expect(refusal).toContain('(status 403): The disk is full.');
		expect(refusal).toContain('lacks the right');
	});
});

describe('a file that takes longer than Timeout', () => {
	const options = { timeout: 300 };

	test('byte by byte on its way from SuperOffice, is given up', async () => {
		const id = node.stored();
		node.fail({ method: 'GET', kind: 'trickle', milliseconds: 100 });
		const refusal = await node.refused(ofDocument('download', id, { options }));
		expect(refusal).toContain('did not answer in time.');
	});

	test('on its way to SuperOffice, leaves no document behind', async () => {
		node.fail({ method: 'PUT', kind: 'hang' });
		const items = [await itemWith({ data: pdf() })];
		const refusal = await node.refused(upload({}, { options }), items);
		expect(refusal).toContain('did not answer in time. The document was deleted again');
		expect(node.documents()).toEqual([]);
	});
});

test('the form asks for what SuperOffice cannot take from the file', async () => {
	const required = async (name: string) => {
		const panel = node.n8n.engine.openPanel(operation('document', name));
		const { fields } = await panel.mappedFields('getFields');
		return fields.filter((field) => field.required).map(({ id }) => id);
	};
	expect(await required('upload')).toEqual(['DocumentTemplate']);
	expect(await required('createFromTemplate')).toEqual(['Header', 'Name', 'DocumentTemplate']);
});
