import type { INodeParameters } from 'n8n-workflow';

import { byId, operation } from './node';
import { useNode } from './use-node';

const node = useNode();

const interests = (entity: 'Contact' | 'Person' = 'Contact', id = 2) =>
	node.tenant.data.find(entity, id)!.values.Interests;

const change = (name: string, given: INodeParameters['x'], id = 2, resource = 'company') =>
	operation(resource, name, { recordId: byId(id), interests: given });

beforeEach(() => {
	node.tenant.data.find('Contact', 2)!.values.Interests = [1];
});

test.each([
	['several names in one text', 'golf, Christmas card'],
	['names that were chosen from the list', ['Golf', 'Christmas card']],
	['IDs', '2,3'],
])('%s are added, and the others stay', async (_, given) => {
	expect(await node.run(change('addInterests', given))).toEqual([
		{ added: true, id: 2, interests: ['Golf', 'Christmas card'] },
	]);
	expect(interests()).toEqual([1, 2, 3]);
	expect(node.writes()).toEqual([]);
});

test('one is removed, and the others stay', async () => {
	node.tenant.data.find('Contact', 2)!.values.Interests = [1, 2, 3];
	expect(await node.run(change('removeInterests', 'Golf'))).toEqual([
		{ removed: true, id: 2, interests: ['Golf'] },
	]);
	expect(interests()).toEqual([1, 3]);
});

test('those of a contact person are others than those of a company', async () => {
	await node.run(change('addInterests', 'Wine', 1, 'person'));
	expect(interests('Person', 1)).toEqual([2]);
	const refused = await node.refusal(change('addInterests', 'Golf', 1, 'person'));
	expect(refused).toContain('Interests: there is no choice called “Golf”');
});

test('a name with a comma in it is one', async () => {
	node.tenant.data.lists.get('contint')!.push({ id: 9, name: 'Food, drink' });
	await node.run(change('addInterests', 'Food, drink'));
	expect(interests()).toEqual([1, 9]);
});

test.each([
	['Golf, Wne', 'Interests: there is no choice called “Wne”'],
	["={{ '' }}", 'No interest is chosen'],
	['={{ [] }}', 'No interest is chosen'],
	['={{ null }}', 'No interest is chosen'],
	['={{ $json.missing }}', 'No interest is chosen'],
])('nothing is written for %s', async (given, words) => {
	expect(await node.refusal(change('addInterests', given))).toContain(words);
	expect(interests()).toEqual([1]);
});

test('a company that is not there is told', async () => {
	expect(await node.refusal(change('addInterests', 'Golf', 99))).toContain(
		'The interests of the company with the ID 99 could not be changed',
	);
});

test('the form offers those that there are', async () => {
	const panel = node.n8n.engine.openPanel(operation('person', 'addInterests'));
	expect((await panel.loadOptions('getInterests')).map(({ name }) => name)).toEqual([
		...['Newsletter', 'Wine', 'Skiing'],
	]);
});

test('items with the same company are handled one after the other', async () => {
	node.n8n.online.misbehave({
		...{ at: 'api', path: /UpdateInterests$/i, kind: 'status', status: 400 },
		body: JSON.stringify({ Message: 'No.' }),
	});
	const items = ['Golf', 'Christmas card', '1'].map((interest) => ({ interest }));
	await node.refusal(change('addInterests', '={{ $json.interest }}'), { items });
	// After the first has failed, no other is begun.
	const calls = node.n8n.online.apiCalls(node.tenant.contextIdentifier);
	expect(calls['POST /v1/Agents/Contact/UpdateInterests']).toBe(1);
});
