import type { IDataObject } from 'n8n-workflow';

import { kinds } from './kinds';
import { byId, mappedAutomatically, operation } from './node';
import { useNode } from './use-node';

const node = useNode();

/** All of a record, as SuperOffice gives it, but who changed it when. */
async function whole(resource: string, id: number) {
	const get = operation(resource, 'get', { recordId: byId(id), simplify: false });
	const [record] = await node.run(get);
	return { ...record, UpdatedDate: '', UpdatedBy: '', LastChanged: '' };
}

/** Reads a record, writes all of it back, and expects that this has changed nothing. */
async function expectSameAfterWritingBack(resource: string, id: number, timezone = 'Europe/Oslo') {
	const settings = { timezone };
	const before = await whole(resource, id);
	const read = await node.get(resource, id, { settings });
	const update = operation(resource, 'update', {
		recordId: byId(id),
		fields: mappedAutomatically(),
	});
	await node.run(update, { items: [JSON.parse(JSON.stringify(read)) as IDataObject], settings });
	expect(await whole(resource, id)).toEqual(before);
}

describe.each(kinds)(
	'A $resource that was read is the same when it is written back',
	({ resource, entity, idKey, fields }) => {
		test('with all in it, in a workflow far from the tenant', async () => {
			const timezone = 'America/New_York';
			const made = await node.create(resource, fields, { settings: { timezone } });
			await expectSameAfterWritingBack(resource, made[idKey] as number, timezone);
		});

		test('with nothing in it but what it must have', async () => {
			const { id } = node.tenant.data.insert(entity, { values: {} });
			const required = Object.entries(fields).slice(0, 8);
			const made = await node.create(resource, Object.fromEntries(required));
			const { values } = node.tenant.data.find(entity, made[idKey] as number)!;
			Object.assign(node.tenant.data.find(entity, id)!.values, values);
			await expectSameAfterWritingBack(resource, id);
		});
	},
);

describe('A company that was read is the same when it is written back', () => {
	const twice = (...values: string[]) => values.map((Value) => ({ Value, Description: Value[0]! }));

	test.each<[string, IDataObject]>([
		['a comma in a web address', { Urls: twice('https://x.example/1,2.html', 'b.example') }],
		['a semicolon in a web address', { Urls: twice('https://x.example/a; b@x') }],
		['an address twice', { Emails: twice('a@x.example', 'A@x.example', 'a@x.example') }],
		['spaces around an address', { Emails: twice(' a@x.example ', 'b@x.example') }],
		['interests with commas and namesakes', { Interests: [1, 4, 5] }],
		['an interest that is retired', { Interests: [2, 6] }],
		['list items that are retired', { Category: 8, Business: 9 }],
		['one of two list items of the same name', { Business: 6 }],
		['text of spaces and line breaks', { Department: '  ', Description: ' a\r\n\tb\u200b ' }],
	])('with %s', async (_, values) => {
		const { data } = node.tenant;
		data.lists
			.get('contint')!
			.push(
				{ id: 4, name: 'Food, drink' },
				{ id: 5, name: 'Food, drink' },
				{ id: 6, name: 'Fax', deleted: true },
			);
		data.lists.get('category')!.push({ id: 8, name: 'Old, retired', deleted: true });
		data.lists.get('business')!.push({ id: 9, name: 'IT', deleted: true });
		data.update('Contact', 1, (company) => Object.assign(company.values, values));
		await expectSameAfterWritingBack('company', 1);
	});

	test('with custom fields of values that are odd', async () => {
		Object.assign(node.tenant.data.find('Contact', 1)!.customFields, {
			'SuperOffice:1': '[brackets]',
			'SuperOffice:2': '[I:-2147483648]',
			'SuperOffice:3': '[DT:02/29/1904 00:00:00.0000000]',
			'SuperOffice:8': '[F:0.0000001]',
			x_note: '007',
		});
		await expectSameAfterWritingBack('company', 1);
	});
});

test.each(['Two\nlines', ' padded ', 'C:\\x', 'Twin', 'two  spaces', '5', 'a\u200b', ''])(
	'A sale whose company is called %j is the same when it is written back',
	async (Name) => {
		const { data } = node.tenant;
		const [company] = [1, 2].map(() => data.insert('Contact', { values: { Name } }).id);
		const { id } = data.insert('Sale', {
			values: { Heading: 'S', Contact: company, SaleType: 1, Rating: 1, Associate: 4 },
		});
		await expectSameAfterWritingBack('sale', id);
	},
);

test('A person whose company is called by a number is found by it, not by the ID', async () => {
	const { data } = node.tenant;
	const company = data.insert('Contact', { values: { Name: '1' } }).id;
	const { id } = data.insert('Person', { values: { Firstname: 'x', Contact: company } });
	const read = await node.get('person', id);
	expect(read).toMatchObject({ Contact: '1', ContactId: company });
	const upsert = operation('person', 'upsert', { fields: mappedAutomatically(['Contact']) });
	expect(await node.run(upsert, { items: [read] })).toMatchObject([{ PersonId: id }]);
	// Who enters another ID over it means that.
	const other = { ...read, Contact: 2 };
	const update = operation('person', 'update', {
		recordId: byId(id),
		fields: mappedAutomatically(),
	});
	expect(await node.run(update, { items: [other] })).toMatchObject([{ ContactId: 2 }]);
});
