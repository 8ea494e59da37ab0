import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { byId, operation } from './node';
import { useNode } from './use-node';

const node = useNode();

const create = (
	[sourceType, sourceId]: [string, unknown],
	relationDefinition: string | number,
	[targetType, targetId]: [string, unknown],
	parameters: INodeParameters = {},
	settings: Partial<INode> = {},
) =>
	operation(
		'relation',
		'create',
		{
			sourceType,
			sourceId: byId(sourceId as number),
			relationDefinition,
			targetType,
			targetId: byId(targetId as number),
			...parameters,
		},
		settings,
	);

const stored = () => node.tenant.data.all('Relation').map(({ values }) => values);

const company = (id: number) => String(node.tenant.data.find('Contact', id)!.values.Name);

describe('a relation', () => {
	test('connects two companies by the name of its definition', async () => {
		const comment = 'Since 2001';
		expect(await node.run(create(['company', 2], 'Owns', ['company', 3], { comment }))).toEqual([
			{
				RelationId: 1,
				RelationDefinitionId: 1,
				ActiveText: 'owns',
				PassiveText: 'is owned by',
				SourceContactId: 2,
				SourceContactName: company(2),
				SourcePersonId: 0,
				SourcePersonName: '',
				DestinationContactId: 3,
				DestinationContactName: company(3),
				DestinationPersonId: 0,
				DestinationPersonName: '',
				Comment: comment,
			},
		]);
	});

	test('of a contact person is told with the person’s company', async () => {
		await node.run(create(['person', 1], 2, ['company', 4]));
		await node.run(create(['person', 1], 'is married to', ['person', 2]));
		expect(stored()).toEqual([
			expect.objectContaining({
				...{ SourceContactId: 2, SourcePersonId: 1, DestinationContactId: 4 },
				...{ DestinationPersonId: 0, RelationDefinitionId: 2 },
			}),
			expect.objectContaining({ DestinationContactId: 3, DestinationPersonId: 2 }),
		]);
	});

	test('must fit its records, and be filled in, before anything is written', async () => {
		const refused = async (...given: Parameters<typeof create>) =>
			await node.refusal(create(...given));
		const misfit = await refused(['company', 2], 'works for', ['company', 3]);
		expect(misfit).toContain('Relation Definition: there is no choice called “works for”');
		expect(misfit).toContain('“owns”');
		expect(await refused(['company', 2], "={{ '' }}", ['company', 3])).toContain(
			'No relation definition is chosen',
		);
		expect(await refused(['company', "={{ '' }}"], 'owns', ['company', 3])).toContain(
			'No company is chosen',
		);
		expect(await refused(['person', 99], 'works for', ['company', 3])).toContain(
			'There is no contact person with the ID 99',
		);
		const { id } = node.tenant.data.insert('Person', { values: { Firstname: 'Solo' } });
		expect(await refused(['person', id], 'works for', ['company', 3])).toContain(
			`The contact person with the ID ${id} has no company`,
		);
		expect(node.writes()).toEqual([]);
	});

	test('that may exist all the same is told, and not created a second time', async () => {
		const path = /Relation$/i;
		node.n8n.online.misbehave({ at: 'api', kind: 'lost', method: 'POST', times: 1, path });
		expect(await node.refusal(create(['company', 2], 'owns', ['company', 3]))).toContain(
			'The relation may have been created all the same.',
		);
		expect(stored()).toHaveLength(1);
	});

	test('is deleted', async () => {
		await node.run(create(['company', 2], 'owns', ['company', 3]));
		const remove = operation('relation', 'delete', { recordId: byId(1) });
		expect(await node.run(remove)).toEqual([{ deleted: true, id: 1 }]);
		expect(stored()).toEqual([]);
		expect(await node.refusal(remove)).toContain('Relation id 1 not found');
		const none = operation('relation', 'delete', { recordId: byId("={{ '' }}") });
		expect(await node.refusal(none)).toContain('No relation is chosen');
	});
});

test('the companies of many persons are looked up together', async () => {
	const items: IDataObject[] = [1, 2, 3].map((id) => ({ id }));
	const made = await node.run(create(['person', '={{ $json.id }}'], 'advises', ['company', 5]), {
		items,
	});
	expect(made.map(({ SourceContactId }) => SourceContactId)).toEqual([2, 3, 4]);
	const calls = node.n8n.online.apiCalls(node.tenant.contextIdentifier);
	expect(calls).toMatchObject({
		'GET /v1/Archive/Person': 2,
		'GET /v1/MDOList/contactrelationdefinition': 1,
		'POST /v1/Relation': 3,
	});
});

describe('the relations of a record', () => {
	const list = async (recordType: string, id: number, parameters: INodeParameters = {}) =>
		await node.run(
			operation('relation', 'getAll', { recordType, recordId: byId(id), ...parameters }),
		);

	beforeEach(async () => {
		await node.run(create(['company', 2], 'owns', ['company', 3], { comment: 'All of it' }));
		await node.run(create(['person', 2], 'works for', ['company', 2]));
	});

	test('are listed whichever end it is at', async () => {
		expect(await list('company', 3)).toEqual([
			{
				relationId: 1,
				relationDefinitionId: 1,
				relationName: 'owns',
				reversedName: 'is owned by',
				'source/contactId': 2,
				'source/name': company(2),
				'source/personId': 0,
				'source/fullName': '',
				'target/contactId': 3,
				'target/name': company(3),
				'target/personId': 0,
				'target/fullName': '',
				relationComment: 'All of it',
			},
			expect.objectContaining({ relationId: 2, 'source/fullName': 'Lars Møller' }),
		]);
		const ids = async (...given: Parameters<typeof list>) =>
			(await list(...given)).map(({ relationId }) => relationId);
		expect(await ids('person', 2)).toEqual([2]);
		expect(await ids('person', 1)).toEqual([]);
		expect(await ids('company', 2, { limit: 1 })).toEqual([1]);
		node.set({ pageCap: 1 });
		expect(await ids('company', 2, { returnAll: true })).toEqual([1, 2]);
	});

	test('show the columns that are chosen', async () => {
		const options = { columns: ['relationComment'] };
		expect(await list('company', 3, { options, limit: 1 })).toEqual([
			{ relationId: 1, relationComment: 'All of it' },
		]);
	});

	test('are not of a record that is not there', async () => {
		const missing = operation('relation', 'getAll', { recordType: 'person', recordId: byId(99) });
		expect(await node.refusal(missing)).toContain('Person id 99 not found');
	});
});

test('the form offers the definitions that fit, and finds both ends by name', async () => {
	const panel = node.n8n.engine.openPanel(create(['person', 1], '', ['company', 2]));
	const names = (await panel.loadOptions('getRelationDefinitions')).map(({ name }) => name);
	expect(names).toEqual(['works for', 'advises']);
	const { results } = await panel.search('searchPersons', 'Møll');
	expect(results).toEqual([expect.objectContaining({ value: 2 })]);
	expect((await panel.search('searchCompanies', 'Granite')).results).toHaveLength(1);
	const columns = await panel.loadOptions('getRelationColumns');
	expect(columns.slice(0, 2).map(({ value }) => value)).toEqual([
		'relationId',
		'relationDefinitionId',
	]);
});
