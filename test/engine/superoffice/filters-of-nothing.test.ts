import type { INodeParameters } from 'n8n-workflow';

import { operation } from './node';
import { useNode } from './use-node';

const node = useNode();

const filters = (column: string, operator: string, value: string): INodeParameters => ({
	filters: { conditions: [{ column, operator, value }] },
});
const tableName = { __rl: true, mode: 'name', value: 'y_equipment' };
const provider = { __rl: true, mode: 'name', value: 'FindSale' };

describe.each<[string, string, INodeParameters]>([
	['company', 'getAll', {}],
	['table', 'getAll', { tableName }],
	['archive', 'query', { provider }],
])('%s, %s', (resource, name, parameters) => {
	test.each([
		['={{ $json.column }}', '={{ $json.operator }}', '={{ $json.value }}'],
		['={{ null }}', '={{ null }}', '={{ null }}'],
		['', '', '={{ $json.value }}'],
		[' ', '', ''],
	])('a filter that comes to nothing does not find all: %j, %j, %j', async (...condition) => {
		const many = operation(resource, name, { ...parameters, ...filters(...condition) });
		expect(await node.refusal(many)).toContain('Filters: no column is chosen.');
	});

	test('a filter that was added and left as it is finds all', async () => {
		await node.run(operation(resource, name, { ...parameters, ...filters('', '', '') }));
	});
});
