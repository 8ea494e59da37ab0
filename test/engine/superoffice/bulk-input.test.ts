import type { INodeParameters } from 'n8n-workflow';

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
const stored = () => tablesOf(node.tenant.data).rows('y_equipment');
const calls = () => {
	const all = Object.keys(node.n8n.online.apiCalls(node.tenant.contextIdentifier));
	return all.filter((call) => call.includes('DatabaseTable'));
};

describe('an item with nothing to write, where the ID is the key', () => {
	test.each([{ other: 'x' }, { id: '' }, { id: 0, x_name: null }])(
		'makes no empty row: %j',
		async (item) => {
			const refusal = await node.refusal(upsert(['id']), { items: [{ x_name: 'A' }, item] });
			expect(refusal).toContain('No column of the table y_equipment is given a value.');
			expect(calls()).toEqual([]);
		},
	);

	test('fails alone where the node continues on failure', async () => {
		const fields = mapped({ id: '={{ $json.id }}', x_name: '={{ $json.name }}' });
		const items = [{ name: 'A' }, {}, { name: 'B' }];
		const results = await node.runEach(upsert(['id'], { fields }), items);
		expect(results.map(({ outcome }) => outcome)).toEqual(['inserted', undefined, 'inserted']);
		expect(stored().map(({ x_name: name }) => name)).toEqual(['A', 'B']);
	});
});

test('custom fields of the record with the ID 0, which is none, are not written', async () => {
	const tableName = { __rl: true, mode: 'name', value: 'udcontactsmall' };
	const items = [2, 0, '0'].map((id) => ({ contact_id: id, 'SuperOffice:2': 12 }));
	const results = await node.runEach(upsert(['contact_id'], { tableName }), items);
	const empty = expect.stringContaining(
		'contact_id is empty, so there is nothing to find',
	) as unknown;
	expect(results).toMatchObject([{ outcome: 'updated' }, { error: empty }, { error: empty }]);
	expect(calls()).toEqual(['POST /v1/Agents/DatabaseTable/Upsert']);
});

test('columns are found by their names in any case, also keys', async () => {
	tablesOf(node.tenant.data).get('y_equipment').insert({ x_code: 'A', x_name: 'Old' });
	const items = [{ X_Code: 'a', X_NAME: 'New' }];
	expect(await node.run(upsert(['X_CODE']), { items })).toMatchObject([{ outcome: 'updated' }]);
	expect(stored()).toMatchObject([{ x_name: 'New' }]);
});

test('a key that stands in an item twice must not be empty the second time', async () => {
	const items = [{ x_code: 'A', X_CODE: '', x_name: 'New' }];
	const refusal = await node.refusal(upsert(['x_code']), { items });
	expect(refusal).toContain('x_code');
	expect(stored()).toEqual([]);
});
