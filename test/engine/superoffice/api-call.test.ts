import type { INodeParameters } from 'n8n-workflow';

import { operation } from './node';
import { useNode } from './use-node';

const node = useNode();

const call = (method: string, path: string, parameters: INodeParameters = {}) =>
	operation('api', 'call', { method, path, ...parameters });
const query = (...parameters: Array<[string, string]>): INodeParameters => ({
	queryParameters: { parameters: parameters.map(([name, value]) => ({ name, value })) },
});
const get = async (path: string, parameters?: INodeParameters) =>
	await node.run(call('GET', path, parameters));
const addresses = () => {
	const { contextIdentifier } = node.tenant;
	return node.n8n.online.requests
		.filter(({ path }) => path.startsWith(`/${contextIdentifier}/api/v1/`))
		.map(({ path }) => path.slice(`/${contextIdentifier}/api`.length));
};

describe('a call of the API', () => {
	test.each(['/v1/Contact/3', 'v1/Contact/3', ' /v1/Contact/3 ', '/api/v1/Contact/3'])(
		'reads a record by the path “%s”',
		async (path) => {
			expect(await get(path)).toMatchObject([{ ContactId: 3, Name: expect.any(String) as string }]);
		},
	);

	test('takes the address that an answer gives, of the tenant’s own web API', async () => {
		const [company] = await get('/v1/Contact/3');
		const { Self } = company!._Links as { Self: string };
		expect(Self).toMatch(/^https:/);
		expect(await get(Self)).toEqual([company]);
	});

	test('hands on its parameters, quotes, ampersands and repeated names included', async () => {
		node.tenant.data.update('Contact', 2, ({ values }) =>
			Object.assign(values, { Name: 'Å & b=c?#+ 100%' }),
		);
		const rows = await get('/v1/Contact?$orderBy=contactId', {
			...query(['$select', 'contactId,name'], ['$filter', "name is 'Å & b=c?#+ 100%'"]),
			options: { allPages: true },
		});
		expect(rows).toMatchObject([{ contactId: 2, name: 'Å & b=c?#+ 100%' }]);
		await node.refusal(call('GET', '/v1/Contact', query(['to', 'a b'], ['to', 'c'], ['', 'no'])));
		expect(addresses().at(-1)).toBe('/v1/Contact?to=a%20b&to=c');
	});

	test('creates, changes and deletes with a body of JSON, as text or as an object', async () => {
		const body = JSON.stringify({
			Name: 'Åse & “Sønner”',
			Category: { Id: 1 },
			Business: { Id: 1 },
		});
		const [made] = await node.run(call('POST', '/v1/Contact', { body }));
		const path = `/v1/Contact/${made!.ContactId}`;
		expect(made).toMatchObject({ Name: 'Åse & “Sønner”' });
		const patch = '={{ [{ op: "replace", path: "Department", value: "Nord" }] }}';
		expect(await node.run(call('PATCH', path, { body: patch }))).toMatchObject([
			{ Department: 'Nord' },
		]);
		expect(await node.run(call('DELETE', path))).toEqual([{ success: true }]);
		expect(await node.refusal(call('GET', path))).toMatch(/turned the call down \(status 404\)/);
	});

	test('gives an item for each element of a list', async () => {
		const items = await get('/v1/MDOList/category');
		expect(items.map(({ Name }) => Name)).toEqual(['Customer', 'Prospect', 'Supplier', 'Partner']);
	});

	test('gives a page of an archive as it comes', async () => {
		const [page] = await get('/v1/Contact', query(['$top', '2']));
		expect(page).toMatchObject({ value: [{}, {}] });
	});

	test('is made for each item, in its language', async () => {
		const lists = await node.run(
			call('GET', '=/v1/MDOList/{{ $json.list }}', { options: { language: 'nb' } }),
			{ items: [{ list: 'category' }, { list: 'mrmrs' }] },
		);
		expect(lists.map(({ Name }) => Name)).toEqual(expect.arrayContaining(['Kunde', 'Mr']));
	});
});

describe('the path', () => {
	const stray = [
		'../../Cust54321/api/v1/Contact/1',
		'/v1/../../../Cust54321/api/v1/Contact/1',
		'/v1/%2e%2e/%2e%2e/%2E%2e/Cust54321/api/v1/Contact/1',
		'/v1/..%2f..%2f..%2fCust54321/api/v1/Contact/1',
		'/v1/%252e%252e/%252e%252e/Cust54321/api/v1/Contact/1',
		'/v1/..\\..\\..\\Cust54321\\api\\v1\\Contact\\1',
		'//evil.example/v1/Contact/1',
		'/api//evil.example/v1/Contact/1',
		'https://evil.example/v1/Contact/1',
		'HTTPS://evil.example/Cust12345/api/v1/Contact/1',
		'https:/evil.example/v1/Contact/1',
		'http://online2.superoffice.com/Cust12345/api/v1/Contact/1',
		'https://online2.superoffice.com/Cust54321/api/v1/Contact/1',
		'https://online2.superoffice.com@evil.example/Cust12345/api/v1/Contact/1',
		'javascript://evil.example/%0a',
	];

	test.each(stray)('%s does not lead out of the tenant’s web API', async (path) => {
		const { contextIdentifier } = node.tenant;
		expect(await node.refusal(call('GET', path))).toMatch(/^Path /);
		const elsewhere = node.n8n.online.requests.filter(
			(request) =>
				request.path.includes('/api/v1/') && !request.path.startsWith(`/${contextIdentifier}/api/`),
		);
		expect([elsewhere, addresses()]).toEqual([[], []]);
	});

	test.each(['   ', '#', '={{ null }}'])(
		'“%s” is refused, as nothing is filled in',
		async (path) => {
			expect(await node.refusal(call('GET', path))).toMatch(/Path/);
			expect(addresses()).toEqual([]);
		},
	);

	test('of another tenant is refused, naming whose it must be', async () => {
		const { contextIdentifier, apiHost } = node.tenant;
		const refusal = await node.refusal(call('GET', `https://${apiHost}/Cust1/api/v1/Contact/1`));
		expect(refusal).toContain(`Path is not an address of ${contextIdentifier}’s web API.`);
		expect(refusal).toContain('for example /v1/Contact/1');
	});
});

describe('All Pages', () => {
	const all = { options: { allPages: true } };
	const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
	const ids = (rows: Array<{ contactId?: unknown }>) => rows.map(({ contactId }) => contactId);
	const list = '/v1/Contact?$select=contactId&$orderBy=contactId';

	test('follows the address that an answer gives for the next page', async () => {
		Object.assign(node.tenant, { companies: 25 });
		const { apiHost, contextIdentifier } = node.tenant;
		node.n8n.online.misbehave({
			at: 'api',
			kind: 'body',
			contentType: 'application/json',
			times: 1,
			body: JSON.stringify({
				'odata.nextLink': `https://${apiHost}/${contextIdentifier}/api${list}&$top=10&$skip=7`,
				value: [{ contactId: 1 }],
			}),
		});
		expect(ids(await get(`${list}&$top=10`, all))).toEqual([1, ...upTo(25).slice(7)]);
	});

	test('does not ask again once the last page is read', async () => {
		node.tenant.companies = 25;
		expect(ids(await get(`${list}&$top=10`, all))).toEqual(upTo(25));
		expect(addresses()).toHaveLength(4);
	});

	test('goes on by $skip where no address is given, until a page is empty', async () => {
		node.tenant.companies = 25;
		node.set({ pageCap: 10 });
		expect(ids(await get(list, all))).toEqual(upTo(25));
		expect(ids(await get(`${list}&$skip=20`, all))).toEqual([21, 22, 23, 24, 25]);
	});

	test.each([
		'https://evil.example/steal?$skip=1',
		'http://online2.superoffice.com/TENANT/api/v1/Contact?$skip=1',
		'https://online2.superoffice.com/Cust54321/api/v1/Contact?$skip=1',
		'not an address',
	])('does not follow %s, and still reads to the end', async (link) => {
		const { contextIdentifier } = node.tenant;
		node.n8n.online.misbehave({
			at: 'api',
			kind: 'body',
			contentType: 'application/json',
			times: 1,
			body: JSON.stringify({
				'odata.nextLink': link.replace('TENANT', contextIdentifier),
				value: [{ contactId: 1 }],
			}),
		});
		node.tenant.companies = 3;
		expect(ids(await get(list, all))).toEqual([1, 2, 3]);
		expect(addresses()[1]).toMatch(/^\/v1\/Contact\?.*skip=1$/);
	});

	test('gives every row once, and to the end, where the user may not see some', async () => {
		node.tenant.companies = 40;
		const hidden = [...upTo(9), 12, 14, 15, 16, 17, 33];
		node.set({ pageCap: 10, hiddenRecords: { Contact: hidden } });
		expect(ids(await get(list, all))).toEqual(upTo(40).filter((id) => !hidden.includes(id)));
	});

	test('ends where SuperOffice gives the same page again', async () => {
		node.n8n.online.misbehave({
			at: 'api',
			kind: 'body',
			contentType: 'application/json',
			body: JSON.stringify({ value: [{ contactId: 1 }] }),
		});
		expect(ids(await get(list, all))).toEqual([1]);
	});

	test('gives what is no page of a list as it is', async () => {
		expect(await get('/v1/Contact/2', all)).toMatchObject([{ ContactId: 2 }]);
		expect(await get('/v1/MDOList/mrmrs', all)).toHaveLength(3);
	});

	test('is refused with another method', async () => {
		expect(await node.refusal(call('POST', '/v1/Contact', all))).toContain(
			'All Pages cannot be used with the method POST.',
		);
		expect(node.writes()).toEqual([]);
	});
});

describe('what goes wrong', () => {
	test('is told in SuperOffice’s own words', async () => {
		const refusal = await node.refusal(call('GET', '/v1/Contact/999'));
		expect(refusal).toContain(
			'SuperOffice turned the call down (status 404): Contact id 999 not found',
		);
	});

	test.each(['{"Name": ', 'Name: x', '={{ "{" }}'])(
		'a body that is no JSON is not sent: %s',
		async (body) => {
			expect(await node.refusal(call('POST', '/v1/Contact', { body }))).toContain(
				'Body is not JSON.',
			);
			expect(node.writes()).toEqual([]);
		},
	);

	test('a call that may have been done is not made twice, and that is said', async () => {
		node.n8n.online.misbehave({ at: 'api', kind: 'lost', method: 'POST' });
		const body = '{"Name": "Once", "Category": {"Id": 1}, "Business": {"Id": 1}}';
		const refusal = await node.refusal(call('POST', '/v1/Contact', { body }));
		expect(refusal).toContain('It may have been done all the same.');
		expect(refusal).toContain('Look in SuperOffice before you run this again.');
		const made = node.tenant.data.all('Contact').filter(({ values }) => values.Name === 'Once');
		expect(made).toHaveLength(1);
	});

	test('a failed agent call, which answers 200, fails', async () => {
		const body = '{"Id": 999}';
		const refusal = await node.refusal(call('POST', '/v1/Agents/Contact/Undelete', { body }));
		expect(refusal).toContain('SuperOffice could not do this');
	});
});
