import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { byId, operation } from './node';
import { useNode } from './use-node';

const node = useNode();

const merge = (resource: string, from: unknown, to: unknown, options: INodeParameters = {}) =>
	operation(resource, 'merge', {
		recordId: byId(from as number),
		targetId: byId(to as number),
		options,
	});

const find = (entity: 'Contact' | 'Person' | 'Project', id: number) =>
	node.tenant.data.find(entity, id);

/** What SuperOffice was asked for, in the one call that merges. */
const asked = () => {
	const requests = node.n8n.online.requests.filter(({ path }) => /MergeTo/i.test(path));
	return requests.map(({ path }) => Object.fromEntries(new URL(path, 'https://x').searchParams));
};

test('a company goes, and what belongs to it moves to the one that stays', async () => {
	find('Contact', 2)!.values.Department = 'North';
	expect(await node.run(merge('company', 2, 3))).toEqual([{ merged: true, id: 2, targetId: 3 }]);
	expect(find('Contact', 2)).toBeUndefined();
	expect(find('Person', 1)!.values.Contact).toBe(3);
	expect(find('Contact', 3)!.values.Department).toBe('');
});

test('empty fields are filled in, and identical persons merged, if that is chosen', async () => {
	find('Contact', 2)!.values.Department = 'North';
	Object.assign(find('Person', 2)!.values, { Firstname: 'Ingrid', Lastname: 'Berg' });
	const options = { replaceEmptyFields: true, mergeIdenticalPersons: true };
	await node.run(merge('company', 2, 3, options));
	expect(find('Contact', 3)!.values.Department).toBe('North');
	expect([find('Person', 1), find('Person', 2)?.values.Contact]).toEqual([undefined, 3]);
});

test('a contact person goes, unless told to stay', async () => {
	await node.run(merge('person', 1, 2));
	expect(find('Person', 1)).toBeUndefined();
	const options = { deleteSource: false, moveAfterDate: '2026-11-01T10:00:00' };
	await node.run(merge('person', 3, 2, options), { settings: { timezone: 'Europe/Oslo' } });
	expect(find('Person', 3)).toBeDefined();
});

test.each(['={{ null }}', '={{ $json.missing }}', "={{ '' }}"])(
	'nobody is deleted where Delete Source comes to nothing: %s',
	async (deleteSource) => {
		const refused = await node.refusal(merge('person', 1, 2, { deleteSource }));
		expect(refused).toContain('Delete Source is neither true nor false.');
		expect([find('Person', 1) !== undefined, asked()]).toEqual([true, []]);
	},
);

test('projects are merged', async () => {
	const [from, to] = ['A', 'B'].map((Name) =>
		node.tenant.data.insert('Project', { values: { Name } }),
	);
	await node.run(merge('project', from!.id, to!.id));
	expect([find('Project', from!.id), find('Project', to!.id)]).toEqual([undefined, to]);
});

test('the record that stays in one item goes in the next', async () => {
	const items: IDataObject[] = [
		{ from: 2, to: 3 },
		{ from: 3, to: 4 },
	];
	const path = /MergeTo/i;
	node.n8n.online.misbehave({ at: 'api', kind: 'slow', milliseconds: 300, times: 1, path });
	await node.run(merge('company', '={{ $json.from }}', '={{ $json.to }}'), { items });
	expect(find('Person', 1)!.values.Contact).toBe(4);
});

test.each([
	[2, 2, 'The company with the ID 2 cannot be merged with itself'],
	["={{ '' }}", 2, 'No company that goes is chosen'],
	[2, "={{ 'x' }}", '“x” is not the ID of a company that stays'],
	[2, 99, 'Contact id 99 not found'],
])('%s into %s is refused', async (from, to, words) => {
	expect(await node.refusal(merge('company', from, to))).toContain(words);
	expect(find('Contact', 2)).toBeDefined();
});

test('records that may be merged all the same are told, and it is not tried again', async () => {
	const path = /MergeTo/i;
	node.n8n.online.misbehave({ at: 'api', kind: 'lost', times: 1, path });
	const refused = await node.refusal(merge('company', 2, 3));
	expect(refused).toContain('The company may have been merged all the same.');
	expect(refused).toContain('Look at both records');
	expect(asked()).toHaveLength(1);
});
