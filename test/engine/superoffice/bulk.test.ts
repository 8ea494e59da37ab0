import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { tablesOf } from '../../superoffice-online/crm/tables/tables';
import { mapped, mappedAutomatically, operation } from './node';
import { useNode } from './use-node';

const node = useNode();

const upsert = (keyColumns: string[], parameters: INodeParameters = {}) =>
	operation('table', 'upsert', {
		tableName: { __rl: true, mode: 'name', value: 'y_equipment' },
		keyColumns,
		fields: mappedAutomatically(),
		...parameters,
	});
const byCode = upsert(['x_code']);
const ofCompanies = (keyColumns: string[], tableName = 'contact') =>
	upsert(keyColumns, { tableName });

/** As many items, whose values a function gives. */
const many = (count: number, values: (index: number) => IDataObject): IDataObject[] =>
	Array.from({ length: count }, (_, index) => values(index));
const device = (index: number) => ({ x_code: `A-${index}`, x_name: `Device ${index}` });

const stored = () => tablesOf(node.tenant.data).rows('y_equipment');
const calls = () => {
	const all = Object.entries(node.n8n.online.apiCalls(node.tenant.contextIdentifier));
	return Object.fromEntries(all.filter(([call]) => call.includes('DatabaseTable')));
};
const upserts = (times: number) => ({ 'POST /v1/Agents/DatabaseTable/Upsert': times });
const path = /DatabaseTable/;

describe('bulk create or update', () => {
	test('writes 1,000 items in one call, and tells of each what became of it', async () => {
		const table = tablesOf(node.tenant.data).get('y_equipment');
		table.insert({ x_code: 'A-3', x_name: 'Device 3' });
		table.insert({ x_code: 'a-4', x_name: 'Old' });
		const items = many(1000, device);
		const results = await node.run(byCode, { items });
		expect(calls()).toEqual(upserts(1));
		expect(results[0]).toEqual({ x_code: 'A-0', id: 3, outcome: 'inserted' });
		expect(results[3]).toEqual({ x_code: 'A-3', id: 1, outcome: 'unchanged' });
		expect(results[4]).toEqual({ x_code: 'A-4', id: 2, outcome: 'updated' });
		expect(
			stored()
				.map(({ x_name: name }) => name)
				.sort(),
		).toEqual(items.map(({ x_name: name }) => name).sort());
		await node.run(byCode, { items: many(1001, device) });
		expect(calls()).toEqual(upserts(3));
	});

	test('keeps items with other columns apart, so that none empties what it does not name', async () => {
		const table = tablesOf(node.tenant.data).get('y_equipment');
		for (const index of [0, 1, 2]) table.insert({ ...device(index), x_count: '[I:7]' });
		const items = [
			{ x_code: 'A-0', x_name: 'New 0' },
			{ x_code: 'A-1', x_count: 1 },
			{ x_code: 'A-2', x_name: 'New 2', x_count: null, other: 'x' },
		];
		await node.run(byCode, { items });
		expect(calls()).toEqual(upserts(2));
		expect(stored()).toMatchObject([
			{ x_name: 'New 0', x_count: '[I:7]' },
			{ x_name: 'Device 1', x_count: '[I:1]' },
			{ x_name: 'New 2', x_count: '[I:7]' },
		]);
	});

	test('never sends a key twice in one call, and the last item with it wins', async () => {
		const items = [
			{ x_code: 'Café', x_name: 'One' },
			{ x_code: 'B', x_name: 'Other' },
			{ x_code: 'CAFÉ', x_name: 'Two' },
			{ x_code: 'B', x_count: 5 },
			{ x_code: 'café', x_name: 'Three' },
		];
		const outcomes = (await node.run(byCode, { items })).map(({ outcome }) => outcome);
		expect(outcomes).toEqual(['inserted', 'inserted', 'updated', 'updated', 'updated']);
		expect(stored()).toMatchObject([{ x_name: 'Three' }, { x_name: 'Other', x_count: '[I:5]' }]);
	});

	test('writes each value by the type of its column, texts as they are', async () => {
		const item = {
			...{ x_code: '[I:3]', x_name: 'Ærø "Łódź" \'x\'', x_note: 'a\r\nb\tc\u0007\u2028d' },
			...{ x_company: '2', x_count: '42', x_price: '4.50', x_active: 'true' },
			...{ x_bought: '2026-12-24', x_checked: '2026-12-24T10:00:00Z', x_opens: '8:05' },
			...{ x_warranty: '01:00:00', x_condition: 2 },
		};
		const settings = { timezone: 'Europe/Oslo' };
		expect(await node.run(byCode, { items: [item], settings })).toEqual([
			{ x_code: '[I:3]', id: 1, outcome: 'inserted' },
		]);
		expect(stored()[0]).toMatchObject({
			...{ x_code: '[I:3]', x_name: item.x_name, x_note: item.x_note },
			...{ x_company: '[I:2]', x_count: '[I:42]', x_price: '[F:4.5]', x_active: '[I:1]' },
			x_bought: '[DT:12/24/2026 00:00:00.0000000]',
			x_checked: '[DT:12/24/2026 11:00:00.0000000]',
			x_opens: '[DT:01/01/1760 08:05:00.0000000]',
			...{ x_warranty: '[I:3600]', x_condition: '[I:2]' },
		});
	});

	test('finds rows by several columns, and takes values that are defined below', async () => {
		const values = { x_code: '={{ $json.a }}', x_company: '={{ $json.b }}', x_name: 'Printer' };
		const items = [
			{ a: 'A', b: 2 },
			{ a: 'A', b: 3 },
			{ a: 'a', b: 2 },
		];
		const fields = mapped(values);
		const results = await node.run(upsert(['x_code', 'x_company'], { fields }), { items });
		expect(results.map(({ outcome }) => outcome)).toEqual(['inserted', 'inserted', 'updated']);
		expect(results[1]).toMatchObject({ x_code: 'A', x_company: 3 });
	});

	test('inserts what has no ID where the ID is the key', async () => {
		tablesOf(node.tenant.data).get('y_equipment').insert({ x_name: 'Old' });
		const items = [
			{ id: 1, x_name: 'New' },
			{ id: 0, x_name: 'B' },
			{ id: '', x_name: 'C' },
			{ x_name: 'D' },
		];
		expect(await node.run(upsert(['id']), { items })).toEqual([
			{ id: 1, outcome: 'updated' },
			...many(3, () => ({ outcome: 'inserted' })),
		]);
		expect(stored().map(({ x_name: name }) => name)).toEqual(['New', 'B', 'C', 'D']);
		expect(calls()).toEqual({ ...upserts(1), 'POST /v1/Agents/DatabaseTable/Insert': 1 });
	});
});

describe('of SuperOffice’s own tables', () => {
	test('companies are written by their names in the database', async () => {
		const items = [
			{ number1: 'N-1', name: 'Ærlig AS', country_id: 578, business_idx: 1, category_idx: 1 },
			{ number1: 'N-2', name: 'Bø AS', country_id: 578, business_idx: 1, category_idx: 1 },
		];
		const [first] = await node.run(ofCompanies(['number1']), { items });
		expect(first).toMatchObject({ number1: 'N-1', outcome: 'inserted' });
		expect(node.tenant.data.find('Contact', Number(first!.id))!.values).toMatchObject({
			...{ Name: 'Ærlig AS', Country: 578 },
		});
		const again = items.map(({ name, number1 }) => ({ contact_id: first!.id, name, number1 }));
		expect(await node.run(ofCompanies(['contact_id']), { items: again.slice(0, 1) })).toEqual([
			{ contact_id: first!.id, id: first!.id, outcome: 'unchanged' },
		]);
	});

	test('custom fields are written by the ID of their record', async () => {
		const items = [{ contact_id: 2, 'SuperOffice:2': 12, 'SuperOffice:5': true }];
		expect(await node.run(ofCompanies(['contact_id'], 'udcontactsmall'), { items })).toEqual([
			{ contact_id: 2, id: 2, outcome: 'updated' },
		]);
		expect(node.tenant.data.find('Contact', 2)!.customFields).toMatchObject({
			...{ 'SuperOffice:2': '[I:12]', 'SuperOffice:5': '[I:1]' },
		});
	});

	test('some are protected, and asked for once', async () => {
		const items = many(3, (index) => ({ associate_id: index + 1, name: 'A' }));
		const refusal = await node.refusal(ofCompanies(['associate_id'], 'associate'), { items });
		expect(refusal).toContain('The table associate is protected');
		expect(refusal).toContain('0 of 3 items were done before the node stopped');
		expect(calls()).toEqual(upserts(1));
	});
});

describe('a row that SuperOffice does not take', () => {
	const items = many(1000, (index) =>
		index === 500 ? { ...device(index), x_name: 'x'.repeat(101) } : device(index),
	);

	test('fails its item alone, which is told why, and the others are written', async () => {
		const results = await node.runEach(byCode, items);
		expect(results[500]!.error).toMatch(/x_name: at most 100 characters.*\(x_code: A-500\)/);
		expect(results.filter(({ error }) => error !== undefined)).toHaveLength(1);
		expect(stored()).toHaveLength(999);
		// What the call that was turned down had written is not written again.
		expect(results[0]).toEqual({ x_code: 'A-0', id: 1, outcome: 'unchanged', repeated: true });
		expect(results[999]).toMatchObject({ outcome: 'inserted' });
		expect(Object.values(calls())[0]).toBeLessThan(25);
	});

	test('stops the run, which says how many items were done', async () => {
		const refusal = await node.refusal(byCode, {
			items: [...items, ...many(500, (index) => device(1000 + index))],
		});
		expect(refusal).toMatch(/x_name: at most 100 characters.*\(x_code: A-500\)/);
		expect(refusal).toContain('999 of 1500 items were done before the node stopped.');
		expect(stored()).toHaveLength(999);
	});

	test('is not looked for without end where there are many', async () => {
		const bad = many(1000, (index) => ({ ...device(index), x_name: '' }));
		const results = await node.runEach(byCode, bad);
		expect(results.every(({ error }) => error !== undefined)).toBe(true);
		expect(results[999]!.error).toMatch(/This was about \d+ rows together, some of which may have/);
		expect(Object.values(calls())[0]).toBeLessThan(62);
		expect(stored()).toEqual([]);
	}, 20_000);

	test('is not looked for among rows without a key, which could be there twice then', async () => {
		const results = await node.runEach(upsert(['id']), [
			{ x_name: 'A' },
			{ x_name: 'x'.repeat(101) },
			{ x_name: 'B' },
		]);
		expect(results).toEqual(
			many(3, () => ({
				error: expect.stringContaining('This was about 3 rows together') as unknown as string,
			})),
		);
		expect(calls()).toEqual({ 'POST /v1/Agents/DatabaseTable/Insert': 1 });
	});

	test('for its keys’ sake is told so: they match two', async () => {
		const table = tablesOf(node.tenant.data).get('y_equipment');
		table.insert({ x_code: 'A-0', x_name: 'One' });
		table.insert({ x_code: 'A-0', x_name: 'Other' });
		const results = await node.runEach(byCode, many(2, device));
		expect(results[0]!.error).toContain('match more than one row (x_code: A-0)');
		expect(results[1]).toMatchObject({ outcome: 'inserted' });
	});
});

describe('a bulk call without an answer', () => {
	test('is not repeated, and its items may have been written', async () => {
		node.n8n.online.misbehave({ at: 'api', kind: 'lost', times: 1, path });
		const refusal = await node.refusal(byCode, { items: many(30, device) });
		expect(refusal).toContain('The row may have been written all the same.');
		expect(refusal).toContain('SuperOffice was not asked a second time');
		expect(refusal).toContain(
			'0 of 30 items were done before the node stopped, and 30 failed; 30 of them may have been done.',
		);
		expect(stored()).toHaveLength(30);
		expect(calls()).toEqual(upserts(1));
	});

	test('while a bad row is looked for leaves the rest in doubt, and the next call is made', async () => {
		const items = [
			{ x_code: 'Z', x_name: '' },
			...many(1, device),
			{ x_code: 'Y', x_count: 1, x_name: 'Y' },
		];
		node.n8n.online.misbehave({ at: 'api', kind: 'status', status: 400, times: 1, path });
		node.n8n.online.misbehave({ at: 'api', kind: 'lost', times: 1, path });
		const results = await node.runEach(byCode, items);
		expect(results.slice(0, 2)).toEqual(
			many(2, () => ({
				error: expect.stringContaining('may have been written all the same') as unknown as string,
			})),
		);
		expect(results[2]).toMatchObject({ x_code: 'Y', outcome: 'inserted' });
	});

	test('is told by an answer that says nothing', async () => {
		const told = async (body: string) => {
			node.n8n.online.misbehave({
				...{ at: 'api', kind: 'body', status: 200, contentType: 'application/json', body },
				...{ times: 1, path },
			} as never);
			return (await node.runEach(byCode, [device(0)]))[0]!;
		};
		expect(await told('{"Success":false,"Message":"Disk full"}')).toEqual({
			error: expect.stringContaining('Disk full') as unknown as string,
		});
		expect(await told('{"Success":true,"RowStatus":null}')).toEqual({
			...{ x_code: 'A-0', outcome: 'written' },
		});
		expect((await told('<html>')).error).toContain('may have been written all the same');
	});
});

describe('what is filled in wrongly', () => {
	test.each<[string, INodeParameters, IDataObject, string]>([
		['a key without a value', {}, { x_name: 'A' }, 'x_code is empty, so there is nothing to find'],
		[
			'a value of another type',
			{},
			{ x_code: 'A', x_count: 'few' },
			'Count (x_count) is not a whole',
		],
		['no key', { keyColumns: '={{ [] }}' }, { x_code: 'A' }, 'Key Columns is empty'],
		['a key that is no column', { keyColumns: ['x_cdoe'] }, { x_code: 'A' }, 'no column “x_cdoe”'],
	])('%s is told before anything is written', async (_, parameters, item, told) => {
		const items = [device(1), item];
		expect(await node.refusal(upsert(['x_code'], parameters), { items })).toContain(told);
		expect(calls()).toEqual({});
	});

	test('fails its item alone where the node continues on failure', async () => {
		const results = await node.runEach(byCode, [device(0), { x_name: 'A' }, device(1)]);
		expect(results.map(({ outcome }) => outcome)).toEqual(['inserted', undefined, 'inserted']);
		expect(calls()).toEqual(upserts(1));
	});
});
