import type { INodeParameters } from 'n8n-workflow';

import { byId, operation } from './node';
import { useNode } from './use-node';

const node = useNode();

function selection(target = 'contact', SelectionType = 'Static'): number {
	const values = { Name: 'Invited', SelectionType, TargetTableName: target };
	return node.tenant.data.insert('Selection', { values }).id;
}

const add = (id: number, entity: 'Contact' | 'Person' | 'Project', ids: number[]) =>
	node.tenant.data.selectionMembers.add(id, entity, ids);

const getMembers = async (id: number, parameters: INodeParameters = {}) =>
	await node.run(operation('selection', 'getMembers', { recordId: byId(id), ...parameters }));

test('companies and persons come with what they are, and their names', async () => {
	const id = selection();
	add(id, 'Contact', [3]);
	add(id, 'Person', [1]);
	const [company, person] = [2, 3].map((one) => node.tenant.data.find('Contact', one)!.values);
	expect(await getMembers(id)).toEqual([
		{
			...{ memberType: 'person', memberId: 1, EntityName: undefined },
			...{
				contactId: 2,
				name: company!.Name,
				department: '',
				personId: 1,
				fullName: 'Ingrid Berg',
			},
		},
		{
			...{ memberType: 'company', memberId: 3, EntityName: undefined },
			...{ contactId: 3, name: person!.Name, department: '', personId: 0, fullName: '' },
		},
	]);
});

test('of a dynamic selection, those that it finds come', async () => {
	const id = selection('contact', 'Dynamic');
	add(id, 'Contact', [3]);
	add(id, 'Person', [1]);
	const kinds = (await getMembers(id)).map(({ memberType, memberId }) => [memberType, memberId]);
	expect(kinds).toEqual([
		['person', 1],
		['company', 3],
	]);
});

test('those of another kind come as well', async () => {
	const id = selection('project');
	const made = ['One', 'Two', 'Three'].map((Name) =>
		node.tenant.data.insert('Project', { values: { Name } }),
	);
	add(
		id,
		'Project',
		made.map((project) => project.id),
	);
	expect(await getMembers(id, { limit: 2 })).toEqual(
		made.slice(0, 2).map((project) => ({
			...{ memberType: 'project', memberId: project.id },
			...{ projectId: project.id, name: project.values.Name },
		})),
	);
});

test('other columns come, if they are chosen', async () => {
	const id = selection();
	add(id, 'Contact', [2]);
	const options = { columns: ['category'] };
	expect(await getMembers(id, { options })).toEqual([
		{ memberType: 'company', memberId: 2, contactId: 2, personId: 0, category: 'Customer' },
	]);
	const panel = node.n8n.engine.openPanel(operation('selection', 'getMembers'));
	const columns = (await panel.loadOptions('getMemberColumns')).map(({ value }) => value);
	expect(columns).toEqual(expect.arrayContaining(['category', 'fullName', 'email/emailAddress']));
});

describe('many', () => {
	const companies = Array.from({ length: 2500 }, (_, index) => index + 1);
	const idsIn = (rows: Array<{ memberId?: unknown }>) => rows.map(({ memberId }) => memberId);

	test.each([1000, 400])('come all and once where a page has %d', async (pageCap) => {
		node.tenant.companies = companies.length;
		node.set({ pageCap });
		const id = selection();
		add(id, 'Contact', companies);
		expect(idsIn(await getMembers(id, { returnAll: true }))).toEqual(companies);
		expect(await getMembers(id)).toHaveLength(50);
	});

	test('come all where a page ends with a company whose persons follow', async () => {
		node.set({ pageCap: 1 });
		const id = selection();
		add(id, 'Contact', [2]);
		add(id, 'Person', [1]);
		const path = /ContactPersonSelectionV2$/i;
		const PrimaryKey = '4711';
		// SuperOffice may have nothing where a company has no person.
		const row = { PrimaryKey, EntityName: 'contact', contactId: 2, personId: null, name: 'A' };
		const body = JSON.stringify({ value: [row] });
		node.n8n.online.misbehave({ at: 'api', kind: 'status', status: 200, path, body, times: 1 });
		expect(idsIn(await getMembers(id, { returnAll: true }))).toEqual([2, 1]);
	});

	test('come all but for those that leave meanwhile', async () => {
		node.tenant.companies = companies.length;
		const id = selection();
		add(id, 'Contact', companies);
		const { data } = node.tenant;
		const rows = data.selectionMembers.rows.bind(data.selectionMembers);
		let pages = 0;
		data.selectionMembers.rows = (...given) => {
			// Ten that were read go after the first page, and one that was not.
			if ((pages += 1) === 2) {
				data.selectionMembers.remove(id, 'Contact', [...companies.slice(0, 10), 2000]);
			}
			return rows(...given);
		};
		const found = idsIn(await getMembers(id, { returnAll: true }));
		expect(found).toEqual(companies.filter((one) => one !== 2000));
	});
});
