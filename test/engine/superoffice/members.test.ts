import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { byId, operation } from './node';
import { useNode } from './use-node';

const node = useNode();

const project = (Name = 'Move') => node.tenant.data.insert('Project', { values: { Name } }).id;
const sale = (SaleType = 1) =>
	node.tenant.data.insert('Sale', { values: { Heading: 'Boats', Contact: 2, SaleType } }).id;

/** What there is of the small records, without their ids. */
const stored = (entity: 'ProjectMember' | 'SaleStakeholder') =>
	node.tenant.data.all(entity).map(({ values }) => values);

const op = (
	resource: string,
	name: string,
	parameters: INodeParameters = {},
	settings: Partial<INode> = {},
) =>
	operation(
		resource,
		name,
		{ recordId: byId('={{ $json.of }}'), memberIds: '={{ $json.id }}', ...parameters },
		settings,
	);

const calls = () => node.n8n.online.apiCalls(node.tenant.contextIdentifier);

describe('the members of a project', () => {
	const addMembers = async (items: IDataObject[], parameters: INodeParameters = {}) =>
		await node.run(op('project', 'addMembers', parameters), { items });

	test('are added with their type and a comment', async () => {
		const id = project();
		const outcomes = await addMembers([{ of: id, id: '1, 2' }], {
			projectMemberType: 'sponsor',
			options: { comment: 'Pays' },
		});
		expect(outcomes).toEqual(
			[1, 2].map((one) => ({
				...{ added: true, ProjectId: id, memberType: 'person', memberId: one },
				ProjectmemberId: one,
			})),
		);
		expect(stored('ProjectMember')).toEqual([
			expect.objectContaining({ ProjectId: id, PersonId: 1, ProjectMemberTypeId: 2 }),
			expect.objectContaining({ ProjectId: id, PersonId: 2, Comment: 'Pays' }),
		]);
	});

	test('are not added again, not even by two items of one run', async () => {
		const [one, other] = [project(), project()];
		await addMembers([{ of: one, id: 1 }]);
		node.n8n.online.resetCounts();
		const outcomes = await addMembers([
			{ of: one, id: '1,2' },
			{ of: other, id: 1 },
			{ of: one, id: 2 },
		]);
		const added = outcomes.map((outcome) => outcome.added);
		expect([added[0], added[2]]).toEqual([false, true]);
		expect([added[1], added[3]].sort()).toEqual([false, true]);
		expect(stored('ProjectMember')).toHaveLength(3);
		// One look at all of them; the second page is empty.
		expect(calls()).toMatchObject({
			'GET /v1/Archive/ProjectMember': 2,
			'POST /v1/ProjectMember': 2,
		});
	});

	test('are found where they have left their company, or it has a stop sign', async () => {
		const id = project();
		await addMembers([{ of: id, id: '1,2' }]);
		node.tenant.data.find('Person', 1)!.values.Retired = true;
		node.tenant.data.find('Contact', 3)!.values.Xstop = true;
		const again = await addMembers([{ of: id, id: '1,2' }]);
		expect(again.map(({ added }) => added)).toEqual([false, false]);
		const listed = await node.run(op('project', 'getMembers'), { items: [{ of: id }] });
		expect(listed.map(({ personId }) => personId)).toEqual([1, 2]);
	});

	test('are listed with their names and types', async () => {
		const id = project();
		await addMembers([{ of: id, id: 2 }], { projectMemberType: 2 });
		expect(await node.run(op('project', 'getMembers'), { items: [{ of: id }] })).toEqual([
			{
				projectMemberId: 1,
				projectId: id,
				personId: 2,
				'person/fullName': 'Lars Møller',
				contactId: 3,
				'contact/name': node.tenant.data.find('Contact', 3)!.values.Name,
				function: 'Sponsor',
				infoText: '',
			},
		]);
	});

	test('are removed, and those that are none are told apart', async () => {
		const id = project();
		await addMembers([{ of: id, id: '1,2' }]);
		// As SuperOffice allows it.
		node.tenant.data.insert('ProjectMember', { values: { ProjectId: id, PersonId: 1 } });
		const items = [
			{ of: id, id: 1 },
			{ of: id, id: 3 },
		];
		expect(await node.run(op('project', 'removeMembers'), { items })).toEqual([
			{ removed: true, ProjectId: id, memberType: 'person', memberId: 1 },
			{ removed: false, ProjectId: id, memberType: 'person', memberId: 3 },
		]);
		expect(stored('ProjectMember')).toEqual([expect.objectContaining({ PersonId: 2 })]);
	});

	test('are removed by somebody else at the same time without harm', async () => {
		const id = project();
		await addMembers([{ of: id, id: 1 }]);
		const path = /ProjectMember\/1$/i;
		node.n8n.online.misbehave({ at: 'api', kind: 'status', status: 404, method: 'DELETE', path });
		const [outcome] = await node.run(op('project', 'removeMembers'), {
			items: [{ of: id, id: 1 }],
		});
		expect(outcome).toMatchObject({ removed: true });
	});

	test('need a type that there is, and a person, before anything is written', async () => {
		const id = project();
		const items = [1, 99].map((one) => ({ of: id, id: one }));
		const wrongType = op('project', 'addMembers', { projectMemberType: 'Spnsor' });
		const refused = await node.refusal(wrongType, { items });
		expect(refused).toContain('Project Member Type: there is no choice called “Spnsor”');
		expect(refused).toContain('“Sponsor”');
		expect(
			await node.refusal(op('project', 'addMembers'), { items: [{ of: id, id: 'Ingrid' }] }),
		).toContain('“Ingrid” is not the ID of a contact person');
		expect(stored('ProjectMember')).toEqual([]);
	});

	test('are added for an item though SuperOffice did not take them for another one', async () => {
		const id = project();
		const path = /v1\/ProjectMember$/i;
		node.n8n.online.misbehave({
			...{ at: 'api', kind: 'status', status: 400, method: 'POST', path, times: 1 },
			body: JSON.stringify({ Message: 'No.' }),
		});
		const items = [
			{ of: id, id: 1 },
			{ of: id, id: 1 },
		];
		const outcomes = await node.runEach(op('project', 'addMembers'), items);
		expect(outcomes).toEqual([
			{ error: expect.stringContaining('No.') },
			expect.objectContaining({ added: true, memberId: 1 }),
		]);
		expect(stored('ProjectMember')).toHaveLength(1);
	});

	test('that SuperOffice does not take fail for their own item', async () => {
		const id = project();
		const node1 = op('project', 'addMembers', {}, { onError: 'continueRegularOutput' });
		const items = [1, '2, 99, 3', 4].map((one) => ({ of: id, id: one }));
		expect(await node.run(node1, { items })).toEqual([
			expect.objectContaining({ memberId: 1 }),
			{ error: expect.stringMatching(/PersonId.*Of the 3 IDs of this item, 1 had been handled/) },
			expect.objectContaining({ memberId: 4 }),
		]);
	});

	test('that may have been added all the same are told, and not added a second time', async () => {
		const id = project();
		const path = /ProjectMember$/i;
		node.n8n.online.misbehave({ at: 'api', kind: 'lost', method: 'POST', times: 1, path });
		const refused = await node.refusal(op('project', 'addMembers'), { items: [{ of: id, id: 1 }] });
		expect(refused).toContain('The project member may have been created all the same.');
		expect(refused).toContain('Run this again');
		expect(await addMembers([{ of: id, id: 1 }])).toMatchObject([{ added: false }]);
		expect(stored('ProjectMember')).toHaveLength(1);
	});
});

describe('the stakeholders of a sale', () => {
	const addStakeholders = async (items: IDataObject[], parameters: INodeParameters = {}) =>
		await node.run(op('sale', 'addStakeholders', parameters), { items });

	test('are persons, who come with their company, or companies', async () => {
		const id = sale();
		const stakeholderRole = 'Influencer';
		await addStakeholders([{ of: id, id: '1,2' }], { stakeholderRole });
		const outcomes = await addStakeholders([{ of: id, id: 2 }], { memberType: 'company' });
		expect(outcomes).toMatchObject([
			{ added: true, SaleId: id, memberType: 'company', memberId: 2, SaleStakeholderId: 3 },
		]);
		expect(stored('SaleStakeholder')).toEqual([
			expect.objectContaining({ PersonId: 1, ContactId: 2, StakeholderRoleId: 2 }),
			expect.objectContaining({ PersonId: 2, ContactId: 3, StakeholderRoleId: 2 }),
			expect.objectContaining({ PersonId: 0, ContactId: 2 }),
		]);
		expect(await addStakeholders([{ of: id, id: '2,3' }])).toMatchObject([
			{ added: false, memberId: 2 },
			{ added: true, memberId: 3 },
		]);
	});

	test('are listed and removed', async () => {
		const id = sale();
		await addStakeholders([{ of: id, id: '1,2' }], { stakeholderRole: 'User' });
		await addStakeholders([{ of: id, id: 2 }], { memberType: 'company' });
		const removed = await node.run(op('sale', 'removeStakeholders', { memberType: 'company' }), {
			items: [{ of: id, id: '2,3' }],
		});
		expect(removed.map((one) => one.removed)).toEqual([true, false]);
		const listed = await node.run(op('sale', 'getStakeholders', { limit: 1 }), {
			items: [{ of: id }],
		});
		expect(listed).toEqual([
			expect.objectContaining({
				...{ saleStakeholderId: 1, saleId: id, 'person/personId': 1, salesRoleId: 'User' },
			}),
		]);
	});

	test('are refused where the type of the sale has none, or there is no such record', async () => {
		const [with1, without] = [sale(1), sale(2)];
		const refused = async (of: number, id: number) =>
			await node.refusal(op('sale', 'addStakeholders'), { items: [{ of, id }] });
		expect(await refused(without, 1)).toContain(
			`The sale with the ID ${without} is of a type that has no stakeholders`,
		);
		expect(await refused(99, 1)).toContain('There is no sale with the ID 99');
		expect(await refused(with1, 99)).toContain('There is no contact person with the ID 99');
		expect(node.writes()).toEqual([]);
	});

	test('of many sales are looked for together', async () => {
		const sales = Array.from({ length: 30 }, () => sale());
		await addStakeholders(sales.map((of) => ({ of, id: 1 })));
		const { 'POST /v1/SaleStakeholder': added, ...others } = calls();
		expect(added).toBe(30);
		const looks = Object.entries(others).filter(([call]) => call.includes('Archive/'));
		// Stakeholders, of whom there are none yet, and two pages each of persons and sales.
		expect(looks.reduce((sum, [, count]) => sum + count, 0)).toBe(5);
	});
});

test('the form offers types and roles by name', async () => {
	const names = async (resource: string, name: string) =>
		(await node.n8n.engine.openPanel(operation(resource, name)).loadOptions('getMemberRoles')).map(
			(option) => option.name,
		);
	expect(await names('project', 'addMembers')).toEqual([
		'Project manager',
		'Sponsor',
		'Participant',
	]);
	expect(await names('sale', 'addStakeholders')).toContain('Decision maker');
	const panel = node.n8n.engine.openPanel(operation('sale', 'getStakeholders'));
	const columns = (await panel.loadOptions('getMemberColumns')).map(({ value }) => value);
	expect(columns).toEqual(expect.arrayContaining(['salesRoleId', 'person/email/emailAddress']));
});
