import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { itemWith } from './files';
import { byId, mapped, operation } from './node';
import { ofDocument, pdf } from './use-documents';
import { ofRequest, useRequests } from './use-requests';

const node = useRequests();

const schemas = join(__dirname, '../../../dist/nodes/SuperOffice/__schema__/v1.0.0');

/** What n8n is told an operation returns, from where n8n looks for it. */
function told(resource: string, operation: string): string[] {
	const text = readFileSync(join(schemas, resource, `${operation}.json`), 'utf8');
	return Object.keys((JSON.parse(text) as { properties: object }).properties).sort();
}

const keys = (json: object) => Object.keys(json).sort();

test('n8n knows what the operations on messages and contents return', async () => {
	const id = node.stored();
	const [added] = await node.run(ofRequest('addMessage', id, { message: 'Hi' }));
	expect(keys(added!.json)).toEqual(told('request', 'addMessage'));
	const [message] = await node.run(ofRequest('getMessages', id));
	expect(keys(message!.json)).toEqual(told('request', 'getMessages'));
	const { data } = node.tenant;
	const document = data.insert('Document', { values: { Name: 'a.pdf', Header: 'A' } }).id;
	await node.run(ofDocument('replaceContent', document), [await itemWith({ data: pdf() })]);
	const [file] = await node.run(ofDocument('download', document));
	expect(keys(file!.json)).toEqual(told('document', 'download'));
});

test('n8n knows what all rows of extra tables have, and what bulk writing returns', async () => {
	const on = (name: string, parameters = {}) =>
		operation('table', name, { tableName: 'y_equipment', ...parameters });
	const fields = mapped({ x_name: 'Printer' });
	const known = async (name: string, parameters = {}) => {
		const [item] = await node.run(on(name, parameters));
		expect(told('table', name).filter((key) => !(key in item!.json))).toEqual([]);
	};
	await known('create', { fields });
	await known('get', { recordId: byId(1) });
	await known('getAll');
	await known('update', { recordId: byId(1), fields });
	await known('upsert', { keyColumns: ['x_name'], fields });
	await known('delete', { recordId: byId(1) });
});

test('n8n knows what the operations on lists and users return', async () => {
	const listName = { __rl: true, mode: 'name', value: 'category' };
	for (const each of [
		'list addItem',
		'list getItems',
		'list getAll',
		'user getAll',
		'user getCurrent',
	]) {
		const [resource, name] = each.split(' ') as [string, string];
		const [output] = await node.run(operation(resource, name, { listName, name: 'Åre', limit: 1 }));
		expect([each, keys(output!.json)]).toEqual([each, told(resource, name)]);
	}
});

test.each([
	['request', 'create', ['close', 'merge', 'create']],
	['document', 'create', ['upload', 'createFromTemplate', 'replaceContent']],
])('n8n knows that others return a %s', (resource, known, operations) => {
	for (const operation of operations) {
		expect([operation, told(resource, operation)]).toEqual([operation, told(resource, known)]);
	}
});
