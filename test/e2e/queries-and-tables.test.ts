import type { INode, INodeParameters } from 'n8n-workflow';

import { byId, mapped, mappedAutomatically, operation } from '../engine/superoffice/node';
import { databaseOf, type TenantDatabase } from '../superoffice-online/crm/store';
import { tablesOf } from '../superoffice-online/crm/tables/tables';
import { useRealN8n, workflowOf } from './support/n8n';

const real = useRealN8n();

let tenant: string;
let database: TenantDatabase;
beforeEach(async () => {
	tenant = await real.useNewTenant();
	database = databaseOf(real.online.tenant(tenant));
});

/** A node that runs once, whatever comes before it. */
const once = (
	resource: string,
	name: string,
	value: string,
	parameters: INodeParameters = {},
): INode => operation(resource, value, parameters, { id: name, name, executeOnce: true });

const byName = (value: string): INodeParameters => ({ __rl: true, mode: 'name', value });

async function outputOf(id: string): Promise<(node: string) => Array<Record<string, unknown>>> {
	const { error, description, output } = await real.n8n.execute(id);
	expect([error, description]).toEqual([undefined, undefined]);
	return output;
}

test('1,000 rows are written in one call, found, changed, read and deleted', async () => {
	const items = Array.from({ length: 1000 }, (_, index) => ({
		...{ x_code: `Å-${index}`, x_name: `Device “${index}”`, x_count: index },
	}));
	const tableName = byName('y_equipment');
	const row = { tableName, recordId: byId('={{ $json.id }}') };
	const bulk = (name: string, fields: INodeParameters) =>
		operation('table', 'upsert', { tableName, keyColumns: ['x_code'], fields }, { id: name, name });
	await real.n8n.importWorkflows(
		workflowOf(
			'tables',
			items,
			bulk('Bulk', mappedAutomatically()),
			bulk('Again', mapped({ x_code: '={{ $json.x_code }}', x_count: 7 })),
			once('table', 'Find', 'getAll', {
				tableName,
				filters: { conditions: [{ column: 'x_code', operator: 'is', value: 'Å-500' }] },
			}),
			once('table', 'Update', 'update', { ...row, fields: mapped({ x_name: 'Printer' }) }),
			once('table', 'Get', 'get', row),
			once('table', 'Delete', 'delete', row),
		),
	);
	const output = await outputOf('tables');
	const outcomes = (node: string) => [...new Set(output(node).map(({ outcome }) => outcome))];
	expect(output('Bulk')).toHaveLength(1000);
	expect([outcomes('Bulk'), outcomes('Again')]).toEqual([
		['inserted'],
		expect.arrayContaining(['updated', 'unchanged']),
	]);
	expect(output('Find')).toMatchObject([{ x_code: 'Å-500', x_name: 'Device “500”' }]);
	expect(output('Get')).toMatchObject([{ x_code: 'Å-500', x_name: 'Printer', x_count: 7 }]);
	expect(output('Delete')).toMatchObject([{ deleted: true }]);
	expect(tablesOf(database).rows('y_equipment')).toHaveLength(999);
	expect(real.online.apiCalls(tenant)).toMatchObject({
		'POST /v1/Agents/DatabaseTable/Upsert': 2,
	});
});

test('lists, users, archives and any path are asked for', async () => {
	const { Name } = database.find('Contact', 2)!.values;
	await real.n8n.importWorkflows(
		workflowOf(
			'queries',
			[{}],
			once('list', 'Add Item', 'addItem', { listName: byName('Competitor'), name: 'Åre & “Sønn”' }),
			once('list', 'Get Items', 'getItems', { listName: byName('comptr') }),
			once('user', 'Current', 'getCurrent'),
			once('user', 'Users', 'getAll'),
			once('archive', 'Query', 'query', {
				provider: byName('Person'),
				filters: { conditions: [{ column: 'lastName', operator: 'is', value: 'Møller' }] },
				options: { columns: ['personId', 'fullName'] },
			}),
			once('archive', 'Dynamic', 'query', {
				provider: byName('dynamic'),
				options: {
					moreColumns: 'contact.contact_id, contact.name',
					filter: 'contact.contact_id eq 2',
				},
			}),
			once('api', 'Call', 'call', { method: 'GET', path: '/v1/Contact/2' }),
		),
	);
	const output = await outputOf('queries');
	expect(output('Get Items').map((item) => item.Name)).toContain('Åre & “Sønn”');
	expect(output('Current')).toMatchObject([{ UserName: expect.any(String) as string }]);
	expect(output('Users').length).toBeGreaterThan(1);
	expect(output('Query')).toMatchObject([{ personId: 2, fullName: 'Lars Møller' }]);
	expect(output('Dynamic')).toMatchObject([{ 'contact.contact_id': 2, 'contact.name': Name }]);
	expect(output('Call')).toMatchObject([{ ContactId: 2, Name }]);
});
