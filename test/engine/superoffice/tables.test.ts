import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { properties } from '../../../nodes/SuperOffice/description';
import { tablesOf } from '../../superoffice-online/crm/tables/tables';
import { byId, mapped, mappedAutomatically, operation } from './node';
import { useNode } from './use-node';

const node = useNode();

const equipment = { __rl: true, mode: 'list', value: 'y_equipment' };
const on = (name: string, parameters: INodeParameters = {}) =>
	operation('table', name, { tableName: equipment, ...parameters });
const create = (values: IDataObject) => on('create', { fields: mapped(values) });
const get = async (id: number) => (await node.run(on('get', { recordId: byId(id) })))[0]!;
const stored = (table = 'y_equipment') => tablesOf(node.tenant.data).rows(table);

const printer = {
	x_code: 'A-1',
	x_name: 'Skriver æøå Łódź',
	x_note: 'Two lines\nand a "quote", a tab\t, a bell\u0007',
	x_company: 2,
	x_count: '3',
	x_price: 4.43,
	x_active: true,
	x_bought: '2026-12-24',
	x_checked: '2026-12-24T10:00:00+02:00',
	x_opens: '09:30',
	x_warranty: 3600,
	x_condition: 2,
};

const settings = { timezone: 'Europe/Oslo' };

describe('a row of an extra table', () => {
	test('is created with a value for a column of each type, and read as it was written', async () => {
		const [made] = await node.run(create(printer), { settings });
		expect(stored()).toEqual([
			expect.objectContaining({
				...{ id: '[I:1]', x_name: printer.x_name, x_note: printer.x_note, x_company: '[I:2]' },
				...{ x_count: '[I:3]', x_price: '[F:4.43]', x_active: '[I:1]', x_condition: '[I:2]' },
				x_bought: '[DT:12/24/2026 00:00:00.0000000]',
				x_checked: '[DT:12/24/2026 09:00:00.0000000]',
				x_opens: '[DT:01/01/1760 09:30:00.0000000]',
				x_warranty: '[I:3600]',
			}),
		]);
		const asRead = {
			...printer,
			...{ x_count: 3, x_checked: '2026-12-24T09:00:00', x_opens: '09:30:00' },
		};
		expect(made).toEqual({ id: 1, ...asRead });
		expect(await get(1)).toMatchObject({
			id: 1,
			...asRead,
			'x_company:DisplayText': expect.stringMatching(/\w/) as unknown,
		});
	});

	test('is changed where it is given values, and nowhere else', async () => {
		await node.run(create(printer), { settings });
		const items = [{ x_count: 5, x_note: '', x_price: null, other: 'x', id: 9 }];
		const update = on('update', { recordId: byId(1), fields: mappedAutomatically() });
		expect(await node.run(update, { items })).toEqual([{ id: 1, x_count: 5, x_note: '' }]);
		expect(await get(1)).toMatchObject({ x_count: 5, x_note: '', x_price: 4.43, x_active: true });
	});

	test('that has been read is written back as it is', async () => {
		await node.run(create(printer), { settings });
		const before = await get(1);
		const update = on('update', { recordId: byId(1), fields: mappedAutomatically() });
		await node.run(update, { items: [before], settings });
		expect({ ...(await get(1)), last_changed: '' }).toEqual({ ...before, last_changed: '' });
	});

	test('is deleted', async () => {
		await node.run(create({ x_name: 'Printer' }));
		const remove = on('delete', { recordId: byId(1) });
		expect(await node.run(remove)).toEqual([{ deleted: true, id: 1 }]);
		expect(stored()).toEqual([]);
		expect(await node.refusal(remove)).toContain('y_equipment id 1 not found');
		expect(await node.refusal(on('get', { recordId: byId('={{ $json.id }}') }))).toContain(
			'No row is chosen',
		);
	});

	test('that may exist all the same is told, and not created a second time', async () => {
		const path = /y_equipment$/;
		node.n8n.online.misbehave({ at: 'api', kind: 'lost', method: 'POST', times: 1, path });
		expect(await node.refusal(create({ x_name: 'Printer' }))).toContain(
			'The row may have been created all the same.',
		);
		expect(stored()).toHaveLength(1);
	});
});

test.each<[string, unknown, string]>([
	['x_count', 'few', 'Count (x_count) is not a whole number'],
	['x_price', '4,43', 'Price (x_price) is not a number'],
	['x_active', 'perhaps', 'Active (x_active) is neither true nor false'],
	['x_bought', 46380, 'Bought (x_bought) is not a date'],
	['x_opens', 'noon', 'Opens (x_opens) is not a time'],
	['x_name', {}, 'Name (x_name) is not text'],
	[
		'x_nmae',
		'Printer',
		'The table y_equipment has no column “x_nmae”.\nEnter the name of a column, such as x_name',
	],
	['last_changed', '2026-01-01', 'SuperOffice fills in the column “last_changed”'],
])('a value for %s, %j, is refused before anything is written', async (column, value, told) => {
	expect(await node.refusal(create({ x_name: 'Printer', [column]: value as string }))).toContain(
		told,
	);
	expect(node.writes()).toEqual([]);
});

test('a table must be one, and be given values', async () => {
	const refused = async (tableName: unknown) =>
		await node.refusal(
			on('create', {
				tableName: `={{ ${JSON.stringify(tableName)} }}`,
				fields: mapped({ x_name: 'a' }),
			}),
		);
	expect(await refused('')).toContain('No table is chosen');
	expect(await refused('y equipment')).toContain('“y equipment” is not the name of a table');
	expect(await refused('contact')).toContain('“contact” is not an extra table');
	expect(await refused('y_nothing')).toContain('There may be no table y_nothing');
	expect(await node.refusal(on('create', { fields: mappedAutomatically() }))).toContain(
		'No column of the table y_equipment is given a value',
	);
});

describe('the rows of an extra table', () => {
	const names = async (parameters: INodeParameters) =>
		(await node.run(on('getAll', parameters))).map(({ x_name: name }) => name);
	const where = (column: string, operator: string, value: unknown) => ({
		filters: { conditions: [{ column, operator, value: value as string }] },
	});

	beforeEach(() => {
		const table = tablesOf(node.tenant.data).get('y_equipment');
		table.insert({ x_name: 'Café', x_count: '[I:3]', x_active: '[I:1]' });
		table.insert({ x_name: 'Printer', x_count: '[I:1]', x_price: '[F:2.5]' });
		table.insert({ x_name: 'Øl', x_bought: '[DT:12/24/2026 00:00:00.0000000]' });
	});

	test('are all of them, or those that filters let through, in any order', async () => {
		expect(await names({ returnAll: true })).toEqual(['Café', 'Printer', 'Øl']);
		expect(await names({ limit: 2 })).toEqual(['Café', 'Printer']);
		expect(await names(where('x_name', 'begins', 'caf'))).toEqual(['Café']);
		expect(await names(where('Name', 'is', 'Øl'))).toEqual(['Øl']);
		expect(await names(where('x_count', 'greater', '1'))).toEqual(['Café']);
		expect(await names(where('x_active', 'set', 'true'))).toEqual(['Café']);
		expect(await names(where('x_bought', 'after', '2026-01-01'))).toEqual(['Øl']);
		expect(await names({ options: { orderBy: 'x_count desc, x_name' } })).toEqual([
			...['Café', 'Printer', 'Øl'],
		]);
		expect(await names({ options: { filter: "y_equipment.x_name contains 'int'" } })).toEqual([
			'Printer',
		]);
		node.set({ pageCap: 1 });
		expect(await names({ returnAll: true })).toEqual(['Café', 'Printer', 'Øl']);
	});

	test('show the columns that are chosen, by their types', async () => {
		const columns = ['x_count', 'x_active', 'x_bought', 'x_price'];
		expect(await node.run(on('getAll', { options: { columns } }))).toEqual([
			{ id: 1, x_count: 3, x_active: true, x_bought: '', x_price: 0 },
			{ id: 2, x_count: 1, x_active: false, x_bought: '', x_price: 2.5 },
			{ id: 3, x_count: 0, x_active: false, x_bought: '2026-12-24', x_price: 0 },
		]);
	});

	test('are not looked for by what is no column', async () => {
		const refused = async (column: string) =>
			await node.refusal(on('getAll', where(column, 'is', 'a')));
		expect(await refused('x_nmae')).toContain('has no column “x_nmae”');
		expect(await refused('')).toContain('no column is chosen');
	});
});

describe('the form', () => {
	test('offers the tables by name, and the columns of the one that is chosen', async () => {
		const panel = node.n8n.engine.openPanel(on('create', { fields: mapped({}) }));
		expect((await panel.search('searchTables', 'equ')).results).toEqual([
			{ name: 'Equipment (y_equipment)', value: 'y_equipment' },
		]);
		expect((await panel.search('searchTables')).results).toHaveLength(2);
		const { fields } = await panel.mappedFields('getTableFields');
		expect(fields.map(({ id }) => id)).not.toContain('last_changed');
		expect(fields.map(({ id }) => id)).not.toContain('id');
		expect(fields.find(({ id }) => id === 'x_name')).toMatchObject({
			...{ displayName: 'Name', required: true, removed: false, type: 'string' },
		});
		expect(fields.find(({ id }) => id === 'x_bought')).toMatchObject({
			...{ required: false, removed: true, type: 'dateTime' },
		});
	});

	test('offers the columns and operators to filter by', async () => {
		const filters = { conditions: [{ column: 'x_count' }] };
		const panel = node.n8n.engine.openPanel(on('getAll', { filters }));
		const columns = await panel.loadOptions('getFilterColumns');
		expect(columns).toContainEqual({ name: 'Count', value: 'x_count', description: 'x_count' });
		expect(columns.map(({ value }) => value)).not.toContain('x_opens');
		const path = 'parameters.filters.conditions[0].operator';
		const operators = await panel.loadOptions('getFilterOperators', path);
		expect(operators.map(({ value }) => value)).toContain('greater');
	});

	test('of bulk writing says what it bypasses', () => {
		const shown = properties.filter(({ displayOptions }) => {
			const { resource, operation: own } = displayOptions?.show ?? {};
			return resource?.includes('table') && own?.includes('upsert');
		});
		const { displayName } = shown.find(({ type }) => type === 'notice')!;
		expect(displayName).toMatch(/rights of users do not apply.*extra tables.*no webhooks/);
	});

	test('offers nothing, and no error, before a table is chosen', async () => {
		const tableName = { ...equipment, value: '' };
		const panel = node.n8n.engine.openPanel(on('upsert', { tableName, fields: mapped({}) }));
		expect((await panel.mappedFields('getTableFields')).fields).toEqual([]);
		expect(await panel.loadOptions('getColumns')).toEqual([]);
	});

	test('of bulk writing offers the ID as a column to write, as it may be the key', async () => {
		const panel = node.n8n.engine.openPanel(on('upsert', { fields: mapped({}) }));
		const { fields } = await panel.mappedFields('getTableFields');
		expect(fields.map(({ id }) => id)).toContain('id');
		expect((await panel.loadOptions('getColumns')).map(({ value }) => value)).toContain('id');
	});
});

test.each(['', '{}', '"<html>"', '0', 'null'])(
	'a row whose ID SuperOffice does not tell may have been created: %s',
	async (body) => {
		node.n8n.online.misbehave({
			...{ at: 'api', kind: 'body', contentType: 'application/json', times: 1, body },
			...{ method: 'POST', path: /Table\/y_equipment$/ },
		} as never);
		const refusal = await node.refusal(create({ x_name: 'A' }));
		expect(refusal).toContain('SuperOffice’s answer is not an ID, as it should be');
		expect(refusal).toContain('Look for it in SuperOffice before you run this again.');
	},
);
