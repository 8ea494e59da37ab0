import type { INodeParameters } from 'n8n-workflow';

import { operation } from './node';
import { useNode } from './use-node';

const node = useNode();

const named = (value: string) => ({ __rl: true, mode: 'name', value });
const all = { returnAll: true };
const sorted = { ...all, options: { orderBy: 'x_name' } };
const rows = (key: string) => [3, 4].map((id) => ({ PrimaryKey: `${id}`, [key]: id }));

describe('where SuperOffice gives the same page again, whatever it is asked for', () => {
	test.each<[string, string, string, string, INodeParameters]>([
		['rows of a table', 'table', 'getAll', 'y_equipment.id', all],
		['sorted rows of a table', 'table', 'getAll', 'y_equipment.id', sorted],
		['companies', 'company', 'getAll', 'contactId', all],
		['users', 'user', 'getAll', 'associateDbId', all],
		['rows of an archive', 'archive', 'query', 'name', all],
	])(
		'%s come once',
		async (_, resource, name, key, parameters) => {
			node.n8n.online.misbehave({
				...{ at: 'api', kind: 'body', contentType: 'application/json' },
				...{
					body: JSON.stringify({ value: rows(key) }),
					path: /\/Archive\/(?!Get)|\/v1\/Contact$/,
				},
			} as never);
			const results = await node.run(
				operation(resource, name, {
					...{ tableName: named('y_equipment'), provider: named('FindSale') },
					...parameters,
				}),
			);
			expect(results).toHaveLength(2);
		},
		20_000,
	);
});
