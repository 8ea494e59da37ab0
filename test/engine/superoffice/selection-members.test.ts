import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { byId, operation } from './node';
import { useNode } from './use-node';

const node = useNode();

function selection(target = 'contact', values: object = {}): number {
	return node.tenant.data.insert('Selection', {
		values: { Name: 'Invited', SelectionType: 'Static', TargetTableName: target, ...values },
	}).id;
}

const members = (id: number) =>
	node.tenant.data.selectionMembers.of(id).map(({ entity, recordId }) => [entity, recordId]);

/** An operation with the items' own values. */
const change = (name: string, parameters: IDataObject = {}, settings: Partial<INode> = {}): INode =>
	operation(
		'selection',
		name,
		{
			recordId: byId('={{ $json.selection }}'),
			memberIds: '={{ $json.id }}',
			...(parameters as INodeParameters),
		},
		settings,
	);

/** Calls that add or take out, with how often they were made. */
const changes = () => {
	const calls = Object.entries(node.n8n.online.apiCalls(node.tenant.contextIdentifier));
	return Object.fromEntries(calls.filter(([call]) => call.includes('/Members/')));
};

describe('the members of a selection', () => {
	test('are added, several of one item or one of each, with an outcome for each', async () => {
		const id = selection();
		const items = [
			{ selection: id, id: '2, 3' },
			{ selection: id, id: 4 },
			{ selection: id, id: 3 },
		];
		expect(await node.run(change('addMembers'), { items })).toEqual(
			[2, 3, 4, 3].map((memberId) => ({
				...{ added: true, selectionId: id, memberType: 'company', memberId },
			})),
		);
		expect(members(id)).toEqual([2, 3, 4].map((one) => ['Contact', one]));
		expect(changes()).toEqual({ 'POST /v1/Selection/{id}/Members/AddPerson': 1 });
	});

	test('are taken out, and stay records', async () => {
		const id = selection();
		node.tenant.data.selectionMembers.add(id, 'Contact', [2, 3]);
		const items = [
			{ selection: id, id: 2 },
			{ selection: id, id: 4 },
		];
		expect(await node.run(change('removeMembers'), { items })).toEqual(
			[2, 4].map((memberId) => ({
				...{ removed: true, selectionId: id, memberType: 'company', memberId },
			})),
		);
		expect(members(id)).toEqual([['Contact', 3]]);
		expect(node.tenant.data.find('Contact', 2)).toBeDefined();
		expect(changes()).toEqual({ 'POST /v1/Selection/{id}/Members/RemovePerson': 1 });
	});

	test('are persons of a selection of companies, if that is chosen', async () => {
		const id = selection();
		const items = [{ selection: id, id: '1,2' }];
		await node.run(change('addMembers', { memberType: 'person' }), { items });
		expect(members(id)).toEqual([1, 2].map((one) => ['Person', one]));
	});

	test('are what the selection is of', async () => {
		const { data } = node.tenant;
		const project = data.insert('Project', { values: { Name: 'Move' } }).id;
		const [ofProjects, ofPersons] = [selection('project'), selection('person')];
		const items = [
			{ selection: ofProjects, id: project },
			{ selection: ofPersons, id: 1 },
		];
		expect(await node.run(change('addMembers'), { items })).toMatchObject([
			{ memberType: 'project' },
			{ memberType: 'person' },
		]);
		expect([...members(ofProjects), ...members(ofPersons)]).toEqual([
			['Project', project],
			['Person', 1],
		]);
		const refused = await node.refusal(change('addMembers', { memberType: 'company' }), {
			items: items.slice(0, 1),
		});
		expect(refused).toContain('is not of companies and contact persons');
	});

	test('are added 1,000 in one call', async () => {
		node.tenant.companies = 2005;
		const id = selection();
		const items = Array.from({ length: 2000 }, (_, index) => ({ selection: id, id: index + 6 }));
		const outcomes = await node.run(change('addMembers'), { items });
		expect(outcomes.map(({ memberId }) => memberId)).toEqual(items.map((item) => item.id));
		expect(members(id)).toHaveLength(2000);
		expect(changes()).toEqual({ 'POST /v1/Selection/{id}/Members/AddPerson': 2 });
	});

	test('are added to each selection in a call of its own', async () => {
		const [one, other] = [selection(), selection()];
		const items = [
			{ selection: one, id: 2 },
			{ selection: other, id: 3 },
			{ selection: one, id: 4 },
		];
		const outcomes = await node.run(change('addMembers'), { items });
		expect(outcomes.map(({ selectionId }) => selectionId)).toEqual([one, other, one]);
		expect(members(one)).toEqual([2, 4].map((company) => ['Contact', company]));
		expect(changes()).toEqual({ 'POST /v1/Selection/{id}/Members/AddPerson': 2 });
	});
});

describe('what cannot be a member', () => {
	test('is told for its own item, and the others are added', async () => {
		const id = selection();
		const items = [2, 99, '3, 98', 4].map((one) => ({ selection: id, id: one }));
		const onError = 'continueRegularOutput';
		const outcomes = await node.run(change('addMembers', {}, { onError }), { items });
		expect(outcomes).toEqual([
			expect.objectContaining({ memberId: 2 }),
			{ error: expect.stringContaining('There is no company with the ID 99.') },
			{ error: expect.stringContaining('98. Of the 2 IDs of this item, 1 had') },
			expect.objectContaining({ memberId: 4 }),
		]);
		expect(members(id)).toEqual([2, 3, 4].map((one) => ['Contact', one]));
		expect(changes()).toEqual({ 'POST /v1/Selection/{id}/Members/AddPerson': 2 });
	});

	test('stops the node, which says how far it came', async () => {
		const id = selection();
		const items = [2, 99, 3].map((one) => ({ selection: id, id: one }));
		const refused = await node.refusal(change('addMembers'), { items });
		expect(refused).toContain('There is no company with the ID 99.');
		expect(refused).toMatch(/\d of 3 items were done/);
	});

	test.each([
		['five', '“five” is not the ID of a company'],
		['', 'No company is chosen'],
		['3, -1', '“-1” is not the ID of a company'],
		['2147483648', '“2147483648” is not the ID of a company'],
		['five', 'Enter under Member IDs the ID of a record'],
	])('is refused before anything is written: “%s”', async (one, words) => {
		const id = selection();
		const items = [2, one].map((each) => ({ selection: id, id: each }));
		expect(await node.refusal(change('addMembers'), { items })).toContain(words);
		expect(members(id)).toEqual([]);
	});

	test('is refused for what SuperOffice says, where that is about no record', async () => {
		const id = selection();
		const path = /AddPerson$/i;
		const body = '{"ErrorType":"ArgumentException","Message":"The selection is locked"}';
		node.n8n.online.misbehave({ at: 'api', kind: 'status', status: 400, path, body });
		const refused = await node.refusal(change('addMembers'), {
			items: [{ selection: id, id: 2 }],
		});
		expect(refused).toContain('The selection is locked');
	});
});

test('a dynamic selection has no members of its own, and says so', async () => {
	const id = selection('contact', { SelectionType: 'Dynamic' });
	const refused = await node.refusal(change('addMembers'), { items: [{ selection: id, id: 2 }] });
	expect(refused).toContain(`The selection with the ID ${id} is dynamic`);
	expect(changes()).toEqual({});
});

test('a selection that is not there is told', async () => {
	const refused = await node.refusal(change('addMembers'), { items: [{ selection: 99, id: 2 }] });
	expect(refused).toContain('There is no selection with the ID 99');
});

test('a call that was answered too late is made again, as it comes to the same', async () => {
	const id = selection();
	const path = /AddPerson$/i;
	node.n8n.online.misbehave({ at: 'api', kind: 'lost', times: 1, path });
	await node.run(change('addMembers'), { items: [{ selection: id, id: 2 }] });
	expect(members(id)).toEqual([['Contact', 2]]);
	expect(changes()).toEqual({ 'POST /v1/Selection/{id}/Members/AddPerson': 2 });
});
