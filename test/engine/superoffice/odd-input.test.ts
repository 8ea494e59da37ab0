import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { chain } from '../support/workflows';
import { byId, mapped, mappedAutomatically, operation } from './node';
import { useNode } from './use-node';

const node = useNode();

const continues = { onError: 'continueRegularOutput' } as const;

const updateEach = (items: IDataObject[], id = 1) =>
	node.runEach(
		operation('company', 'update', { recordId: byId(id), fields: mappedAutomatically() }),
		items,
	);

describe('A cell', () => {
	const zeroWidth = '\u200b';
	const noBreak = '\u00a0';

	// As fields take it, by what is read afterwards.
	test.each<[string, unknown[], unknown]>([
		[
			'Category',
			['prospect', ` Prospect${noBreak}`, `Pros${zeroWidth}pect`, 2, '2', 2.0],
			'Prospect',
		],
		['Business', [`Food${noBreak}&  drink`, 'FOOD & DRINK'], 'Food & drink'],
		['SuperOffice:7', ['', ' ', noBreak, zeroWidth, 0], ''],
		['Interests', ['golf\n', [`Golf${zeroWidth}`]], 'Golf'],
		[
			'Emails',
			['a@x.example; b@x.example', 'a@x.example;b@x.example;', 'a@x.example\nb@x.example'],
			'a@x.example, b@x.example',
		],
		['Phones', [4722334455, '4722334455', [4722334455]], '4722334455'],
		['Phones', ['4711;+4722', '4711; +4722'], '4711, +4722'],
		['Phones', ['4711;ext=5'], '4711;ext=5'],
		['Urls', ['https://x.example/a;b'], 'https://x.example/a;b'],
		['Urls', ['https://x.example/a;https://y.example'], 'https://x.example/a, https://y.example'],
		['SuperOffice:3', ['0001-01-01T00:00:00', '0001-01-01', ' '], ''],
		['NoMailing', [true, 'TRUE', 1, '1', ` true${noBreak}`], true],
		['NoMailing', [false, 'False', 0, '0', '', ' '], false],
		['OrgNr', [987654321, '987654321'], '987654321'],
		['SuperOffice:2', ['42', 42.0, ` 42${noBreak}`], 42],
		['SuperOffice:8', ['1234.50', 1234.5, '01234.5'], 1234.5],
		[
			'SuperOffice:3',
			['2026-12-24T10:00:00+02:00', new Date('2026-12-24'), '2026-12-24 00:00'],
			'2026-12-24',
		],
	])('of %s is taken: %j', async (field, values, read) => {
		const changed = await updateEach(values.map((value) => ({ [field]: value }) as IDataObject));
		expect(changed.map((json) => json[field] ?? json.error)).toEqual(values.map(() => read));
	});

	const objects = [{}, { a: 1 }, [{ a: 1 }], [null], new Date('2026-12-24')];
	const odd = [NaN, Infinity, ...objects];
	const noText = [Number('12345678901234567890'), ...odd];
	test.each<[string, string, unknown[]]>([
		['Name', 'Company Name', noText],
		['Domains', 'Domains', noText],
		['Emails', 'Email', [true, ...noText]],
		['Interests', 'Interests', [-1, '12.0', ...noText]],
		['Category', 'Category', [true, 'true', [1], [], -1, '-1', '0', '12.0', 1.5, ...noText]],
		['Associate', 'Our Contact', [-1, '12.0', ...noText]],
		['SupportPerson', 'User Support Contact', [-1, '0', '12.0', ...noText]],
		['CategoryId', 'Category', ['x', '12.0', -1, 1.5, true, ...noText]],
		['SupportPersonId', 'User Support Contact', ['x', -1, ...noText]],
		['NoMailing', 'No Mailings', ['yes', 2, [true], [], ...noText]],
		['SuperOffice:1', 'Nickname', ['x'.repeat(21), [], ...noText]],
		['SuperOffice:2', 'Number of Seats', ['1 234', '12.0', '12%', 1.5, true, ...noText]],
		['SuperOffice:8', 'Discount', ['1 234,50', '12%', '9'.repeat(400), true, ...odd]],
		['SuperOffice:3', 'Contract Date', ['24.12.2026', 46380, '46380', true, NaN, {}, '2026-02-30']],
		['SuperOffice:5', 'Reference Customer', ['no', -1, [1], ...noText]],
		['SuperOffice:7', 'Segment', [true, [1], 99, ...noText]],
	])(
		'of %s is refused by its label, %s, before anything is written: %j',
		async (field, label, values) => {
			const items = values.map((value) => ({ [field]: value }) as IDataObject);
			const errors = await updateEach(items);
			expect(errors.map(({ error }) => error)).toEqual(
				values.map(() => expect.stringMatching(new RegExp(`^${label}\\b`)) as unknown),
			);
			expect(node.writes()).toEqual([]);
		},
	);
});

/** Runs Get Many once for each value, which an expression puts where it belongs: the rows it gives, or why not. */
async function manyEach(values: unknown[], parameters: INodeParameters) {
	const items = values.map((value) => ({ value }) as IDataObject);
	const outputs = items.map(async (item) => {
		const { output, error } = await node.n8n.engine.run(
			chain(operation('company', 'getAll', parameters)),
			{ triggerItems: [item] },
		);
		return error?.message ?? output('SuperOffice').length;
	});
	return await Promise.all(outputs);
}

describe('What an expression comes to', () => {
	const value = '={{ $json.value }}';
	const nothing = [undefined, null, '', ' '];

	test('as a day is a date of Luxon or of JavaScript, in the workflow’s time zone, and nothing changes nothing', async () => {
		const given: Array<[string, string]> = [
			['={{ DateTime.fromISO("2026-12-24") }}', '2026-12-24'],
			['={{ DateTime.fromISO("2026-12-24T23:30:00Z").toUTC() }}', '2026-12-25'],
			['={{ new Date("2026-12-24T23:30:00Z") }}', '2026-12-25'],
			['={{ null }}', '2026-12-25'],
			['={{ $json.nowhere }}', '2026-12-25'],
			['={{ "" }}', ''],
		];
		const settings = { timezone: 'Europe/Oslo' };
		for (const [expression, day] of given) {
			const changed = await node.update(
				'company',
				1,
				{ 'SuperOffice:3': expression },
				{ settings },
			);
			expect([expression, changed['SuperOffice:3']]).toEqual([expression, day]);
		}
		for (const expression of [
			'={{ DateTime.fromISO("x") }}',
			'={{ new Date("x") }}',
			'={{ $now.toMillis() }}',
			'={{ [$now] }}',
			'={{ $json }}',
		]) {
			const refused = await node.refusedUpdate('company', 1, { 'SuperOffice:3': expression });
			expect([expression, refused]).toEqual([
				expression,
				expect.stringMatching(/^Contract Date is not a date/),
			]);
		}
	});

	test('as Limit is a whole number above 0, and nothing else', async () => {
		expect(await manyEach([2, '2', ' 2 ', 99], { limit: value })).toEqual([2, 2, 2, 5]);
		const wrong = [0, '0', -1, 1.5, '1.5', 'few', NaN, Infinity, true, [2], {}, ...nothing];
		expect(await manyEach(wrong, { limit: value })).toEqual(
			wrong.map(() => 'Limit must be a whole number above 0.'),
		);
		expect(node.n8n.online.apiCalls()).toMatchObject({ 'GET /v1/Archive/SimpleContact': 5 });
	});

	test('as Return All is true or false', async () => {
		const parameters = { returnAll: value, limit: 2 };
		expect(await manyEach([true, 'true', 1], parameters)).toEqual([5, 5, 5]);
		const no = [false, 'false', 0, '0', ...nothing];
		expect(await manyEach(no, parameters)).toEqual(no.map(() => 2));
		expect(await manyEach(['all', {}], parameters)).toEqual([
			...['Return All is neither true nor false.', 'Return All is neither true nor false.'],
		]);
	});

	test('as Combine Filters is And or Or', async () => {
		const conditions = [1, 2].map((id) => ({ column: 'contactId', operator: 'equals', value: id }));
		const parameters = { combineFilters: value, filters: { conditions } };
		expect(await manyEach(['or', 'OR ', 'And'], parameters as INodeParameters)).toEqual([2, 2, 0]);
		const wrong = ['or getAllRows set true or', 'nor', {}, ...nothing];
		expect(await manyEach(wrong, parameters as INodeParameters)).toEqual(
			wrong.map(() => expect.stringMatching(/^Combine Filters cannot be “/) as unknown),
		);
	});

	test('as a filter in OData is a text, for without it all records would be found', async () => {
		const parameters = { options: { filter: value } };
		expect(await manyEach(['contactId less 3', '', ' '], parameters)).toEqual([2, 5, 5]);
		const wrong = [undefined, null, {}, ['contactId less 3'], NaN, new Date(0)];
		expect(await manyEach(wrong, parameters)).toEqual(
			wrong.map(() => 'Filter (OData) is not text.'),
		);
	});
});

describe('An item that fails, where the node continues,', () => {
	const recordId = { ...byId(1), value: '={{ $json.id }}' };
	const fields = mappedAutomatically(['Name']);
	const throws = '={{ $json.id === "throw" ? $("Nobody").item.json.id : $json.id }}';

	test.each<[string, INodeParameters]>([
		['create', { fields }],
		['upsert', { fields }],
		['delete', { recordId }],
		['get', { recordId }],
		['getAll', { limit: '={{ $json.id }}' }],
		['undelete', { recordId }],
		['update', { recordId, fields }],
	])('leaves the others of %s as they are, in order and paired', async (name, parameters) => {
		if (name === 'undelete')
			for (const id of [1, 2, 3]) node.tenant.data.find('Contact', id)!.deletedAt = new Date();
		const items = [1, 'x', 2, null, {}, 3, -1].map(
			(id) => ({ id, Name: Number(id) > 0 ? `N${String(id)}` : {} }) as IDataObject,
		);
		const run = operation('company', name, parameters, continues);
		const { output, error } = await node.n8n.engine.run(chain(run), { triggerItems: items });
		expect(error?.message).toBeUndefined();
		const outputs = output('SuperOffice');
		const expected = items.flatMap(({ id }, item) => {
			const count = name === 'getAll' && Number(id) > 0 ? Number(id) : 1;
			return Array.from({ length: count }, () => [item, !(Number(id) > 0)]);
		});
		expect(
			outputs.map(({ json, pairedItem }) => [
				(pairedItem as { item: number }).item,
				'error' in json,
			]),
		).toEqual(expected);
	});

	test.each([
		['delete', {}],
		['get', {}],
		['undelete', {}],
		['update', { fields }],
	])('may do so in an expression of its own, in %s', async (name, parameters) => {
		if (name === 'undelete')
			for (const id of [1, 2, 3]) node.tenant.data.find('Contact', id)!.deletedAt = new Date();
		const items = [1, 'throw', 2].map((id) => ({ id }));
		const json = await node.runEach(
			operation('company', name, { ...parameters, recordId: { ...byId(1), value: throws } }),
			items,
		);
		expect(json.map((one) => 'error' in one)).toEqual([false, true, false]);
	});

	test.each([
		['create', { fields }],
		['upsert', { fields }],
	])('may do so in an option of its own, in %s', async (name, parameters) => {
		const items = [
			{ id: '{}', Name: 'A' },
			{ id: 'throw', Name: 'B' },
			{ id: '{}', Name: 'C' },
		];
		for (const list of [items, [...items].reverse(), [items[1]!, items[0]!]]) {
			const json = await node.runEach(
				operation('company', name, { ...parameters, options: { additionalProperties: throws } }),
				list,
			);
			expect(json.map((one) => 'error' in one)).toEqual(list.map(({ id }) => id === 'throw'));
		}
	});

	test.each(['create', 'upsert'])('may do so in a field of its own, in %s', async (name) => {
		const failing = mapped({ Name: throws }, ['Name']);
		for (const ids of [
			['throw', 'A'],
			['A', 'throw', 'B'],
		]) {
			const items = ids.map((id) => ({ id }));
			const json = await node.runEach(operation('company', name, { fields: failing }), items);
			expect(json.map((one) => 'error' in one)).toEqual(ids.map((id) => id === 'throw'));
		}
	});
});
