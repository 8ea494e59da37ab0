import { itemWith } from './files';
import { ofDocument, pdf, useDocuments } from './use-documents';

const node = useDocuments();

describe.each(['Locking', 'Versioning'] as const)('where documents are checked out (%s)', (how) => {
	let id: number;
	const replace = async () => [await itemWith({ data: pdf('new.pdf', Buffer.from('new')) })];
	beforeEach(async () => {
		node.set({ lockSemantics: how });
		id = node.stored(pdf('old.pdf', Buffer.from('old')));
	});

	test('new content is stored, and the document is checked in again', async () => {
		await node.run(ofDocument('replaceContent', id), await replace());
		expect([node.contentOf(id)!.toString(), node.checkouts().size]).toEqual(['new', 0]);
		expect(node.calls()).toMatchObject({
			'POST /v1/Document/{id}/Lock': 1,
			'PUT /v1/Document/{id}/Lock': 1,
		});
	});

	test('a colleague’s work is left alone', async () => {
		node.checkouts().set(id, { associateId: 4, name: 'Kari Jensen' });
		const refusal = await node.refused(ofDocument('replaceContent', id), await replace());
		expect(refusal).toMatch(/is checked out by Kari Jensen\.\nNothing was changed\./);
		expect(node.contentOf(id)!.toString()).toBe('old');
	});

	test('a colleague who was quicker is named', async () => {
		node.fail({
			...{ method: 'GET', path: /Lock$/, status: 200 },
			body: JSON.stringify({ State: 'NotCheckedOut' }),
		});
		node.checkouts().set(id, { associateId: 4, name: 'Kari Jensen' });
		const refusal = await node.refused(ofDocument('replaceContent', id), await replace());
		expect(refusal).toContain(
			'The document could not be checked out: The document is checked out by Kari Jensen.',
		);
		expect(node.contentOf(id)!.toString()).toBe('old');
	});

	test('the checkout is undone if the content is refused', async () => {
		node.fail({ method: 'PUT' });
		const refusal = await node.refused(ofDocument('replaceContent', id), await replace());
		expect(refusal).toContain('The disk is full.');
		expect([node.contentOf(id)!.toString(), node.checkouts().size]).toEqual(['old', 0]);
	});

	test('content that is stored but not checked in is told as that', async () => {
		const Value = 'The archive is busy';
		node.fail({
			...{ method: 'PUT', path: /Lock$/, status: 200 },
			body: JSON.stringify({ Success: false, Value }),
		});
		const refusal = await node.refused(ofDocument('replaceContent', id), await replace());
		expect(refusal).toContain(
			`could not be checked in, though its new content is stored: ${Value}.`,
		);
		expect(node.contentOf(id)!.toString()).toBe('new');
	});

	test('content that is stored is told of where no call checks the document in', async () => {
		node.fail({ method: 'PUT', path: /Lock$/, status: 500 });
		const refusal = await node.refused(ofDocument('replaceContent', id), await replace());
		expect(refusal).toContain(
			'The disk is full. The document could not be checked in, though its new content is stored.',
		);
		expect(refusal).toContain('Check the document in yourself in SuperOffice');
		expect([node.contentOf(id)!.toString(), node.checkouts().size]).toEqual(['new', 1]);
	});

	test('a document that was checked in without an answer is no error', async () => {
		node.fail({ method: 'PUT', path: /Lock$/, kind: 'lost', times: 1 } as never);
		await node.run(ofDocument('replaceContent', id), await replace());
		expect([node.contentOf(id)!.toString(), node.checkouts().size]).toEqual(['new', 0]);
	});

	test('a document that was checked out without an answer does not stay so', async () => {
		node.fail({ method: 'POST', path: /Lock$/, kind: 'lost' } as never);
		const refusal = await node.refused(ofDocument('replaceContent', id), await replace());
		expect(refusal).toContain('could not be reached');
		expect([node.contentOf(id)!.toString(), node.checkouts().size]).toEqual(['old', 0]);
	});
});
