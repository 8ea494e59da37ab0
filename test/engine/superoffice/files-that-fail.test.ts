import { Container } from '@n8n/di';
import { BinaryDataConfig } from 'n8n-core';
import type { IDataObject } from 'n8n-workflow';
import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { itemWith, useFilesOnDisk } from './files';
import { mapped, operation } from './node';
import { ofDocument, pdf, useDocuments } from './use-documents';

const node = useDocuments();
useFilesOnDisk();

const upload = (parameters: IDataObject = {}) =>
	operation('document', 'upload', {
		fields: mapped({ DocumentTemplate: 'Letter', Contact: 2 }),
		binaryPropertyName: 'data',
		...(parameters as object),
	});

/** An item whose file n8n knows, and has deleted. */
async function itemWithLostFile() {
	const item = await itemWith({ data: pdf() });
	const folder = Container.get(BinaryDataConfig).localStoragePath;
	const names = await readdir(folder, { recursive: true });
	const files = names.filter((name) => /binary_data\/[^./]+$/.test(name));
	await Promise.all(files.map(async (name) => await rm(join(folder, name))));
	return item;
}

test('a document whose file n8n has no more is deleted again, and that is told', async () => {
	const refusal = await node.refused(upload(), [await itemWithLostFile()]);
	expect(refusal).toContain(
		'File not found. The document was deleted again, as its content could not be stored.',
	);
	expect(node.documents()).toEqual([]);
});

test('a document whose file n8n has no more is named where it is to stay', async () => {
	const keeping = upload({ options: { deleteIfUploadFails: false } });
	const refusal = await node.refused(keeping, [await itemWithLostFile()]);
	expect(refusal).toContain(
		`File not found. The document with the ID ${node.documents()[0]!.id} was created, but it has no content.`,
	);
});

test('an expression about the output that fails does so before a document is made', async () => {
	const failing = upload({ simplify: "={{ $('Nowhere').item.json.x }}" });
	const refusal = await node.refused(failing, [await itemWith({ data: pdf() })]);
	expect(refusal).toContain('node doesn');
	expect(node.documents()).toEqual([]);
});

test.each([
	['={{ null }}', 'Put Output File in Field is empty.'],
	['={{ $json.missing }}', 'Put Output File in Field is empty.'],
	['={{ {} }}', 'Put Output File in Field is not text.'],
])('a file is put into no field called %s', async (binaryPropertyName, words) => {
	const id = node.stored();
	const refusal = await node.refused(ofDocument('download', id, { binaryPropertyName }));
	expect(refusal).toContain(words);
});

test('content is not replaced before it is known how to give the document', async () => {
	const id = node.stored(pdf('old.pdf', Buffer.from('old')));
	node.fail({ method: 'GET', path: /CustomField/i, status: 403 });
	const items = [await itemWith({ data: pdf('new.pdf', Buffer.from('new')) })];
	await node.refused(ofDocument('replaceContent', id), items);
	expect(node.contentOf(id)!.toString()).toBe('old');
});

test('an upload that is still on its way when its time is up is told as that', async () => {
	node.fail({ method: 'PUT', kind: 'hang' });
	const items = [await itemWith({ data: pdf('large.bin', randomBytes(60_000_000)) })];
	const refusal = await node.refused(upload({ options: { timeout: 300 } }), items);
	expect(refusal).toContain('did not answer in time. The document was deleted again');
	expect(node.documents()).toEqual([]);
});
