import type { INodeParameters } from 'n8n-workflow';

import { operation } from './node';
import { useNode } from './use-node';

const node = useNode();

const call = (method: string, path: string, parameters: INodeParameters = {}) =>
	operation('api', 'call', { method, path, ...parameters });
const query = (name: string, value: string): INodeParameters => ({
	queryParameters: { parameters: [{ name, value }] },
});
const calls = () => {
	const all = Object.keys(node.n8n.online.apiCalls(node.tenant.contextIdentifier));
	return all.filter((name) => name.includes('/v1/'));
};
const company = '{"Name": "Once", "Category": {"Id": 1}, "Business": {"Id": 1}}';

describe('an expression that comes to nothing', () => {
	test.each(['={{ null }}', '={{ $json.none }}', '={{ "" }}', '={{ {} }}'])(
		'in Method is told, and nothing is sent: %s',
		async (method) => {
			const refusal = await node.refusal(call(method, '/v1/Contact/3', { body: company }));
			expect(refusal).toContain('Method cannot be');
			expect(calls()).toEqual([]);
		},
	);

	test.each<[string, INodeParameters]>([
		['value', query('$filter', '={{ $json.none }}')],
		['value that is null', query('$filter', '={{ null }}')],
		['name', query('={{ $json.none }}', 'contactId eq 3')],
	])('as the %s of a query parameter is told, and not left out', async (_, parameters) => {
		const refusal = await node.refusal(
			call('GET', '/v1/Contact', { ...parameters, options: { allPages: true } }),
		);
		expect(refusal).toContain('Query Parameters');
		expect(calls()).toEqual([]);
	});

	test.each(['={{ null }}', '={{ $json.none }}', '={{ NaN }}'])(
		'in Body is told, and no call is made without one: %s',
		async (body) => {
			expect(await node.refusal(call('POST', '/v1/Contact', { body }))).toContain(
				'Body is not JSON.',
			);
			expect(calls()).toEqual([]);
		},
	);

	test.each(['={{ null }}', '={{ "" }}', '={{ {} }}'])(
		'in Put Output File in Field is told before anything is done: %s',
		async (binaryPropertyName) => {
			const parameters = { body: company, responseFormat: 'file', binaryPropertyName };
			const refusal = await node.refusal(call('POST', '/v1/Contact', parameters));
			expect(refusal).toContain('Put Output File in Field');
			expect(calls()).toEqual([]);
		},
	);

	test('fails its item alone where the node continues on failure', async () => {
		const list = call('GET', '/v1/Contact', query('$filter', '={{ $json.filter }}'));
		const results = await node.runEach(list, [{ filter: 'contactId eq 3' }, {}]);
		expect(results).toMatchObject([
			{ value: [{ PrimaryKey: '3' }] },
			{ error: expect.stringContaining('Query Parameters') as unknown },
		]);
	});
});

test('a hash sign in the query of a path cuts nothing off', async () => {
	node.tenant.data.update('Contact', 2, ({ values }) => Object.assign(values, { Name: 'C# & Co' }));
	const path = "/v1/Contact?$filter=name begins 'C#'&$select=contactId,name";
	const [page] = await node.run(call('GET', path));
	expect(page).toMatchObject({ value: [{ contactId: 2, name: 'C# & Co' }] });
});

test('a method is taken in small letters as well', async () => {
	const [made] = await node.run(call('={{ "post" }}', '/v1/Contact', { body: company }));
	expect(made).toMatchObject({ Name: 'Once' });
});
