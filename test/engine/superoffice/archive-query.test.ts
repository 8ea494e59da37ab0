import type { INodeParameters } from 'n8n-workflow';

import { operation } from './node';
import { useNode } from './use-node';

const node = useNode();

const from = (provider: string): INodeParameters => ({
	provider: { __rl: true, mode: 'name', value: provider },
});
const query = (provider: string, parameters: INodeParameters = {}) =>
	operation('archive', 'query', { ...from(provider), ...parameters });
const rowsOf = async (
	provider: string,
	options: INodeParameters = {},
	more: INodeParameters = {},
) => await node.run(query(provider, { returnAll: true, options, ...more }));
const refusal = async (
	provider: string,
	options: INodeParameters = {},
	more: INodeParameters = {},
) => await node.refusal(query(provider, { options, ...more }));
const condition = (column: string, operator: string, value: string): INodeParameters => ({
	filters: { conditions: [{ column, operator, value }] },
});
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
const calls = () => node.n8n.online.apiCalls(node.tenant.contextIdentifier);

describe('an archive of records', () => {
	test('gives the rows that Get Many gives', async () => {
		const [one] = await node.run(query('SimpleContact', { limit: 1 }));
		const [other] = await node.run(operation('company', 'getAll', { limit: 1 }));
		expect(one).toEqual(other);
		expect(one).toMatchObject({ contactId: 1 });
	});

	test('is found in whatever case its name is given', async () => {
		expect(await rowsOf(' simplecontact ', { columns: ['name'] })).toHaveLength(
			node.tenant.data.all('Contact').length,
		);
	});

	test('comes page by page, each row once, also where the user may not see some', async () => {
		node.tenant.companies = 40;
		const hidden = [...upTo(9), 12, 14, 15, 33];
		node.set({ pageCap: 10, hiddenRecords: { Contact: hidden } });
		const rows = await rowsOf('SimpleContact', { columns: ['name'] });
		const seen = upTo(40).filter((id) => !hidden.includes(id));
		expect(rows.map(({ contactId }) => contactId)).toEqual(seen);
		expect(await node.run(query('SimpleContact', { limit: 17 }))).toHaveLength(17);
	});

	test('shows columns with odd names, in the order that is asked for', async () => {
		node.tenant.data.update('Contact', 2, ({ values, customFields }) => {
			values.Name = 'Zæ & “Ø”';
			customFields['SuperOffice:7'] = '[I:1]';
		});
		const columns = ['name', 'contactUdef/SuperOffice:7', 'contactAssociate/fullName'];
		const [row] = await rowsOf('SimpleContact', { columns, orderBy: 'name desc' });
		expect(row).toEqual({
			contactId: 2,
			name: 'Zæ & “Ø”',
			'contactUdef/SuperOffice:7': 'Gold',
			'contactAssociate/fullName': expect.any(String) as string,
		});
	});
});

describe('an archive of anything else', () => {
	test('gives SuperOffice’s own key and the kind of each row', async () => {
		const options = { columns: ['assocName', 'fullName'] };
		expect((await rowsOf('AllUsers', options))[0]).toEqual({
			...{ PrimaryKey: 4, EntityName: 'all', assocName: 'KJ', fullName: 'Kari Jensen' },
		});
	});

	test('shows its first columns where none are chosen', async () => {
		const [row] = await rowsOf('TicketMessage');
		expect(row).toBeUndefined();
		const [user] = await rowsOf('AllUsers');
		expect(Object.keys(user!)).toHaveLength(12);
		expect(user).toMatchObject({ PrimaryKey: 4, firstName: 'Kari' });
	});

	test('comes page by page, each row once', async () => {
		const more = upTo(25).map((id) => ({ id: 100 + id, name: `Ås ${id % 3}`, tooltip: `U${id}` }));
		node.tenant.data.lists.get('associate')!.push(...more);
		node.set({ pageCap: 4 });
		const rows = await rowsOf('AllUsers', { columns: ['fullName', 'assocName'] });
		const keys = rows.map(({ PrimaryKey }) => PrimaryKey);
		expect(keys).toHaveLength(29);
		expect(new Set(keys).size).toBe(29);
		const sorted = await rowsOf('AllUsers', { columns: ['assocName'], orderBy: 'fullName desc' });
		expect(new Set(sorted.map(({ PrimaryKey }) => PrimaryKey)).size).toBe(29);
	});

	test('is filtered by conditions and by a text together', async () => {
		const { data } = node.tenant;
		for (const Name of ['Alpha', 'Alpine', 'Beta']) {
			data.insert('Project', { values: { Name, ProjectStatus: 1 } });
		}
		const filter = "name contains 'p'";
		const found = await rowsOf(
			'FindProject',
			{ columns: ['name'], filter },
			condition('status', 'oneOf', 'Planned'),
		);
		expect(found.map(({ name }) => name)).toEqual(['Alpha', 'Alpine']);
		const either = await rowsOf(
			'FindProject',
			{ columns: ['name'] },
			{
				combineFilters: 'or',
				filters: {
					conditions: [
						{ column: 'name', operator: 'is', value: 'Beta' },
						{ column: 'name', operator: 'ends', value: 'ine' },
					],
				},
			},
		);
		expect(either.map(({ name }) => name)).toEqual(['Alpine', 'Beta']);
	});

	test('gives the kinds of rows that are named', async () => {
		node.tenant.data.update('Person', 1, ({ values }) => Object.assign(values, { Retired: true }));
		const retired = await rowsOf('Person', { columns: ['fullName'], entities: 'retiredPerson' });
		expect(retired.map(({ personId }) => personId)).toEqual([1]);
		expect(await refusal('Person', { entities: 'robot' })).toContain('Unknown entity: robot');
	});

	test('takes a query that is too long for an address', async () => {
		const ids = upTo(600).join(',');
		const options = { columns: ['name'], filter: `contactId in (${ids})` };
		expect((await rowsOf('SimpleContact', options)).length).toBeGreaterThan(3);
		expect(calls()['POST /v1/Archive/SimpleContact']).toBeGreaterThan(0);
	});
});

describe('what is wrong', () => {
	test('with the archive’s name is told with the nearest ones', async () => {
		const told = await refusal('FindSales');
		expect(told).toContain('Archive: SuperOffice has none called “FindSales”.');
		expect(told).toContain('such as FindSale,');
		expect(await refusal('={{ null }}')).toContain('No archive is chosen.');
	});

	test.each([
		['nmae', 'is', 'a', 'there is no column “nmae”'],
		['name', 'le', 'a', 'SuperOffice cannot filter by name with the operator “le”'],
		['name', 'is', '', 'The filter on name has no value.'],
		['category', 'oneOf', 'Custmer', 'there is no choice called “Custmer”'],
		['', 'is', 'a', 'Filters: no column is chosen.'],
	])(
		'with a filter (%s %s %s) is told before rows are asked for',
		async (column, how, value, says) => {
			expect(await refusal('SimpleContact', {}, condition(column, how, value))).toContain(says);
			expect(Object.keys(calls())).not.toContain('GET /v1/Archive/SimpleContact');
		},
	);

	test('with a text that filters, a column or an order is told in SuperOffice’s words', async () => {
		expect(await refusal('SimpleContact', { filter: 'name is' })).toContain('Illegal filter');
		expect(await refusal('SimpleContact', { columns: ['nmae'] })).toContain("'nmae'");
		expect(await refusal('AllUsers', { orderBy: 'canLogin' })).toContain('cannot be ordered by');
		expect(await refusal('SimpleContact', { filter: '={{ null }}' })).toContain('Filter (OData)');
	});

	test('with the tenant is not taken for a wrong name', async () => {
		node.n8n.online.misbehave({
			...{ at: 'api', kind: 'status', status: 403, path: /GetAvailableColumns$/ },
			body: '{"ErrorMessage":"No right to this"}',
		});
		expect(await refusal('FindSale')).toContain('No right to this');
	});
});

describe('the archive dynamic', () => {
	const columns = (...paths: string[]): INodeParameters => ({ moreColumns: paths.join(', ') });

	test('shows what paths from table to table lead to', async () => {
		const paths = ['contact.contact_id', 'contact.name', 'contact.category_idx.name'];
		const rows = await rowsOf('Dynamic', columns(...paths), { returnAll: false, limit: 2 });
		expect(rows).toEqual(
			[1, 2].map((id) => ({
				PrimaryKey: id,
				EntityName: 'contact',
				'contact.contact_id': id,
				'contact.name': node.tenant.data.find('Contact', id)!.values.Name,
				'contact.category_idx.name': expect.any(String) as string,
			})),
		);
	});

	test('gives all rows, also of the same key and looking alike', async () => {
		node.tenant.companies = 30;
		for (const { id } of node.tenant.data.all('Contact')) {
			node.tenant.data.update('Contact', id, ({ values }) =>
				Object.assign(values, { Category: 1 + (id % 2), Name: `Co ${id % 5}` }),
			);
		}
		const options = columns('category.name', 'category.(contact->category_idx).name');
		const filter =
			"category.category_id eq 1 and category.(contact->category_idx).name begins 'Co'";
		const rows = await rowsOf('dynamic', { ...options, filter });
		expect(rows).toHaveLength(15);
		expect(new Set(rows.map(({ PrimaryKey }) => PrimaryKey))).toEqual(new Set([1]));
	});

	test('comes page by page, each row once, also where the user may not see some', async () => {
		node.tenant.companies = 40;
		const hidden = [3, 4, 8, 9, 11, 38];
		node.set({ pageCap: 10, hiddenRecords: { Contact: hidden } });
		const rows = await rowsOf('dynamic', columns('contact.contact_id', 'contact.name'));
		expect(rows.map((row) => row['contact.contact_id'])).toEqual(
			upTo(40).filter((id) => !hidden.includes(id)),
		);
		const options = { ...columns('contact.name'), orderBy: 'contact.contact_id desc' };
		const sorted = await rowsOf('dynamic', options, { returnAll: false, limit: 12 });
		expect(sorted.map(({ PrimaryKey }) => PrimaryKey)).toEqual(
			upTo(40)
				.filter((id) => !hidden.includes(id))
				.reverse()
				.slice(0, 12),
		);
	});

	test('is filtered by a text, quotes and all', async () => {
		node.tenant.data.update('Contact', 2, ({ values }) =>
			Object.assign(values, { Name: "L'Oréal" }),
		);
		const options = {
			...columns('contact:business_idx.name'),
			filter: "contact.name is 'L\\'Oréal'",
		};
		const [row, ...others] = await rowsOf('dynamic', options);
		expect([row!.PrimaryKey, others]).toEqual([2, []]);
	});

	test('needs columns, and takes no conditions', async () => {
		expect(await refusal('dynamic')).toContain('No columns of the archive dynamic are chosen.');
		const more = condition('contact.name', 'is', 'A');
		expect(await refusal('dynamic', columns('contact.name'), more)).toContain(
			'Filters cannot be used with the archive dynamic',
		);
		expect(calls()).not.toHaveProperty('GET /v1/Archive/dynamic');
		expect(await refusal('dynamic', columns('contact.nmae'))).toContain(
			"Illegal column: 'contact.nmae'",
		);
	});
});

describe('the form', () => {
	const panel = (provider: string, parameters: INodeParameters = {}) =>
		node.n8n.engine.openPanel(query(provider, parameters));

	test('offers the archives of the tenant', async () => {
		const { results } = await panel('').search('searchArchives', 'sale');
		expect(results.map(({ value }) => value)).toEqual(['FindSale', 'SaleStakeholder']);
		const all = (await panel('').search('searchArchives')).results.map(({ value }) => value);
		expect(all).toContain('Dynamic');
	});

	test('offers the columns of the archive, and the operators of a column', async () => {
		const columns = await panel('AllUsers').loadOptions('getColumns');
		expect(columns.map(({ value }) => value)).toEqual(expect.arrayContaining(['ejStatus']));
		const filters = await panel('AllUsers').loadOptions('getFilterColumns');
		expect(filters.map(({ value }) => value)).not.toContain('userplan');
		const first = (await panel('SimpleContact').loadOptions('getColumns'))[0];
		expect(first).toMatchObject({ value: 'contactId' });
		const operators = await panel('AllUsers', condition('ejStatus', '', '')).loadOptions(
			'getFilterOperators',
			'parameters.filters.conditions[0].operator',
		);
		expect(operators.map(({ value }) => value)).toContain('greater');
	});

	test.each(['', 'dynamic'])('offers no columns where there are none: “%s”', async (provider) => {
		expect(await panel(provider).loadOptions('getColumns')).toEqual([]);
	});
});
