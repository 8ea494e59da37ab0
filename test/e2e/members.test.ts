import type { INode, INodeParameters } from 'n8n-workflow';

import { byId, mapped, operation } from '../engine/superoffice/node';
import { databaseOf, type TenantDatabase } from '../superoffice-online/crm/store';
import { useRealN8n, workflowOf } from './support/n8n';

const real = useRealN8n();

let tenant: string;
let database: TenantDatabase;
beforeEach(async () => {
	tenant = await real.useNewTenant();
	database = databaseOf(real.online.tenant(tenant));
});

const named = (resource: string, name: string, value: string, parameters: INodeParameters): INode =>
	operation(resource, value, parameters, { id: name, name });

async function outputOf(id: string): Promise<(node: string) => Array<Record<string, unknown>>> {
	const { error, description, output } = await real.n8n.execute(id);
	expect([error, description]).toEqual([undefined, undefined]);
	return output;
}

test('2,000 companies come into a selection in two calls, are listed, and 1,000 taken out in one', async () => {
	real.online.tenant(tenant).companies = 2005;
	const recordId = byId(
		database.insert('Selection', {
			values: { Name: 'Invited', SelectionType: 'Static', TargetTableName: 'contact' },
		}).id,
	);
	const items = Array.from({ length: 2000 }, (_, index) => ({ id: index + 6 }));
	const memberIds = '={{ $json.id }}';
	await real.n8n.importWorkflows(
		workflowOf('add', items, named('selection', 'Add', 'addMembers', { recordId, memberIds })),
		workflowOf(
			'remove',
			[{}],
			named('selection', 'Get', 'getMembers', { recordId, limit: 1000 }),
			named('selection', 'Remove', 'removeMembers', {
				recordId,
				memberIds: '={{ $json.memberId }}',
			}),
		),
	);
	expect((await outputOf('add'))('Add').map(({ memberId }) => memberId)).toEqual(
		items.map(({ id }) => id),
	);
	const removed = (await outputOf('remove'))('Remove');
	expect(removed).toHaveLength(1000);
	expect(removed[0]).toMatchObject({ removed: true, memberType: 'company' });
	expect(database.selectionMembers.of(Number(recordId.value))).toHaveLength(1000);
	expect(real.online.apiCalls(tenant)).toMatchObject({
		'POST /v1/Selection/{id}/Members/AddPerson': 2,
		'POST /v1/Selection/{id}/Members/RemovePerson': 1,
	});
});

test('members, stakeholders, interests and relations are added and listed, and two companies merged', async () => {
	const project = byId(database.insert('Project', { values: { Name: 'Move' } }).id);
	const sale = byId(
		database.insert('Sale', { values: { Heading: 'Boats', Contact: 2, SaleType: 1 } }).id,
	);
	await real.n8n.importWorkflows(
		workflowOf(
			'links',
			[{}],
			named('project', 'Add Members', 'addMembers', {
				...{ recordId: project, memberIds: '1, 2', projectMemberType: 'sponsor' },
			}),
			named('sale', 'Add Stakeholders', 'addStakeholders', {
				...{ recordId: sale, memberIds: '={{ $json.memberId }}', memberType: 'person' },
			}),
			{
				...named('company', 'Add Interests', 'addInterests', {
					...{ recordId: byId(2), interests: 'Golf, Christmas card' },
				}),
				executeOnce: true,
			},
			named('relation', 'Relate', 'create', {
				...{ sourceType: 'company', sourceId: byId(2), relationDefinition: 'owns' },
				...{ targetType: 'company', targetId: byId(3) },
			}),
			named('company', 'Merge', 'merge', { recordId: byId(2), targetId: byId(4) }),
			named('project', 'Get Members', 'getMembers', { recordId: project }),
			{
				...named('relation', 'Relations', 'getAll', { recordType: 'company', recordId: byId(3) }),
				executeOnce: true,
			},
		),
	);
	const output = await outputOf('links');
	expect(output('Add Stakeholders')).toHaveLength(2);
	expect(output('Add Interests')).toEqual([
		{ added: true, id: 2, interests: ['Golf', 'Christmas card'] },
	]);
	expect(output('Merge')).toEqual([{ merged: true, id: 2, targetId: 4 }]);
	expect(output('Get Members').map(({ personId }) => personId)).toEqual([1, 2]);
	expect(output('Relations')).toMatchObject([{ relationName: 'owns', 'source/contactId': 4 }]);
});

test('a company that exists already is found before a second one is made', async () => {
	const { Name } = database.find('Contact', 2)!.values;
	await real.n8n.importWorkflows(
		workflowOf(
			'duplicates',
			[{}],
			named('company', 'Create', 'create', {
				fields: mapped({ Name: String(Name) }),
				options: { ifExists: 'get' },
			}),
		),
	);
	const before = database.all('Contact').length;
	expect((await outputOf('duplicates'))('Create')).toMatchObject([
		{ created: false, ContactId: 2, Name },
	]);
	expect(database.all('Contact')).toHaveLength(before);
});
