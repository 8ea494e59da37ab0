import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Tenant } from '../../superoffice-online/crm/tenants';
import { useEngine } from '../support/engine';
import { chain } from '../support/workflows';
import { kinds } from './kinds';
import { operation } from './node';

const n8n = useEngine();

const all: INodeParameters = { returnAll: true };

async function getMany(parameters: INodeParameters = {}, resource = 'company') {
	const { output, error } = await n8n.engine.run(chain(operation(resource, 'getAll', parameters)));
	expect(error?.message).toBeUndefined();
	return output('SuperOffice').map(({ json }) => json);
}

/** A new tenant with so many companies, and a page of its archives with no more than so many rows. */
function tenantWith(companies: number, pageCap = 1000): Tenant {
	const tenant = n8n.online.tenant(n8n.useNewTenant());
	Object.assign(tenant, { companies });
	tenant.settings.pageCap = pageCap;
	return tenant;
}

const idsOf = (rows: IDataObject[]) => rows.map(({ contactId }) => contactId);
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
const pagesRead = () => n8n.online.apiCalls()['GET /v1/Archive/SimpleContact'] ?? 0;

describe('Return All', () => {
	test.each([
		{ pageCap: 1000, calls: 4 },
		{ pageCap: 400, calls: 8 },
	])(
		'reads 2,500 rows, none twice, where a page has $pageCap at most',
		async ({ pageCap, calls }) => {
			tenantWith(2500, pageCap);
			expect(idsOf(await getMany(all))).toEqual(upTo(2500));
			expect(pagesRead()).toBe(calls);
		},
	);

	test('leaves out what the user may not see, and nothing else', async () => {
		const tenant = tenantWith(100, 10);
		// Some alone, a run across the edge of a page, the last of a page, and the very first.
		const hidden = [1, 10, 14, ...[28, 29, 30, 31, 32, 33], 50, 99];
		tenant.settings.hiddenRecords.Contact = hidden;
		const visible = upTo(100).filter((id) => !hidden.includes(id));
		expect(idsOf(await getMany(all))).toEqual(visible);
		const sorted = await getMany({ ...all, options: { orderBy: 'category' } });
		expect(idsOf(sorted).sort((one, other) => Number(one) - Number(other))).toEqual(visible);
	});

	test.each(['category', 'category desc', 'category,country desc', 'name desc', 'contactId desc'])(
		'sorted by %s gives every row once, in order',
		async (orderBy) => {
			const { data } = tenantWith(60, 7);
			for (const id of upTo(60)) {
				data.update('Contact', id, ({ values }) => {
					Object.assign(values, { Category: 1 + (id % 3), Country: id % 2 ? 578 : 208 });
				});
			}
			const [column = '', direction] = orderBy.split(/[ ,]/);
			const rows = await getMany({ ...all, options: { orderBy, columns: ['name', column] } });
			expect(new Set(idsOf(rows))).toEqual(new Set(upTo(60)));
			expect(rows).toHaveLength(60);
			const values = rows.map((row) => row[column] as string | number);
			const inOrder = [...values].sort((one, other) =>
				typeof one === 'number'
					? one - Number(other)
					: one.toLowerCase().localeCompare(String(other).toLowerCase(), 'nb'),
			);
			expect(values).toEqual(direction === 'desc' ? inOrder.reverse() : inOrder);
		},
	);

	test('misses nothing when records are deleted and made while it reads', async () => {
		const { data } = tenantWith(30, 10);
		const reading = getMany(all);
		while (pagesRead() < 1) await new Promise(setImmediate);
		// Of the page that is read, and of one that is not yet.
		for (const id of [2, 3, 25]) data.remove('Contact', id);
		data.insert('Contact', { values: { Name: 'Late' } });
		const ids = idsOf(await reading);
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids).toEqual(expect.arrayContaining([1, ...upTo(24).slice(3), 26, 27, 28, 29, 30, 31]));
		expect(ids).not.toContain(25);
	});

	test('reads a filter’s rows alone, page by page', async () => {
		tenantWith(50, 8);
		const rows = await getMany({
			...all,
			filters: { conditions: [{ column: 'contactId', operator: 'greater', value: '20' }] },
			combineFilters: 'or',
			options: { filter: 'contactId less 40 or contactId equals 45' },
		});
		expect(idsOf(rows)).toEqual([...upTo(39).slice(20), 45]);
	});
});

describe('Limit', () => {
	test.each([
		{ limit: 'none set', count: 50 },
		{ limit: 1, count: 1 },
		{ limit: 1500, count: 1500 },
		{ limit: 5000, count: 1600 },
	])('$limit gives $count rows', async ({ limit, count }) => {
		tenantWith(1600);
		const rows = await getMany(limit === 'none set' ? {} : { limit });
		expect(idsOf(rows)).toEqual(upTo(count));
	});

	test('is kept to where a page has fewer rows than were asked for', async () => {
		const tenant = tenantWith(100, 8);
		tenant.settings.hiddenRecords.Contact = [5, 6];
		expect(await getMany({ limit: 20 })).toHaveLength(20);
		expect(await getMany({ limit: 20, options: { orderBy: 'category' } })).toHaveLength(20);
	});

	test('asks for no more rows than it gives', async () => {
		tenantWith(100);
		await getMany({ limit: 3 });
		expect(pagesRead()).toBe(1);
		const { path } = n8n.online.requests.find(({ path }) => path.includes('/Archive/'))!;
		expect(new URL(path, 'https://online.superoffice.com').searchParams.get('$top')).toBe('3');
	});
});

describe('Columns', () => {
	const columns = ['name', 'contactAssociate/fullName', 'contactUdef/SuperOffice:7', 'country'];
	const row = {
		contactId: 1,
		name: 'Fjord',
		'contactAssociate/fullName': 'Kari Jensen',
		'contactUdef/SuperOffice:7': 'Gold',
		country: 'Norway',
	};
	const oneCompany = () => {
		const { data } = tenantWith(1);
		data.update('Contact', 1, (company) => {
			company.values.Name = 'Fjord';
			company.customFields['SuperOffice:7'] = '[I:1]';
		});
	};

	test.each<[string, string | string[]]>([
		['a list', columns],
		['text with commas', ` ${columns.join(' , ')},`],
	])('are chosen as %s, joined ones and custom fields among them', async (_, chosen) => {
		oneCompany();
		expect(await getMany({ options: { columns: chosen } })).toEqual([row]);
	});

	test('have the ID among them as a number, even if it is not chosen, and once if it is', async () => {
		oneCompany();
		expect(await getMany({ options: { columns: ['country'] } })).toEqual([
			{ contactId: 1, country: 'Norway' },
		]);
		expect(await getMany({ options: { columns: ['country', 'contactId'] } })).toEqual([
			{ contactId: 1, country: 'Norway' },
		]);
	});

	test('with dates give them in ISO 8601 with a zone, and none as empty text', async () => {
		const { data } = tenantWith(1);
		data.update('Contact', 1, (company) => {
			company.customFields['SuperOffice:3'] = '[DT:12/24/2026 00:00:00.0000000]';
			company.updatedAt = new Date('2026-06-30T22:15:00Z');
		});
		const [company] = await getMany({
			options: { columns: ['updatedDate', 'contactUdef/SuperOffice:3', 'contactExtra/x_since'] },
		});
		expect(company).toMatchObject({
			updatedDate: '2026-06-30T22:15:00Z',
			'contactUdef/SuperOffice:3': expect.stringMatching(
				/^2026-12-24T00:00:00(Z|[+-]\d\d:\d\d)$/,
			) as unknown,
			'contactExtra/x_since': '',
		});
	});

	test('with a text that looks like a date give it as it is', async () => {
		const { data } = tenantWith(1);
		for (const Name of ['2026-11-25T10:00 Kick-off', '0001-01-01T00:00 Archive', 'x-0500']) {
			data.update('Contact', 1, ({ values }) => Object.assign(values, { Name }));
			expect(await getMany({ options: { columns: ['name'] } })).toEqual([
				{ contactId: 1, name: Name },
			]);
		}
	});
});

test('gives no items where nothing is found', async () => {
	tenantWith(3);
	expect(await getMany({ options: { filter: "name is 'Nobody'" } })).toEqual([]);
	expect(await getMany({ ...all, options: { filter: "name is 'Nobody'" } })).toEqual([]);
});

test.each(kinds)(
	'a $resource comes with its usual columns, from every page',
	async ({ resource, entity, idColumn, name }) => {
		const { data } = tenantWith(0, 2);
		for (const { id } of data.all(entity)) data.remove(entity, id);
		const ids = ['One', 'Two', 'Three', 'Four', 'Five'].map(
			(text) => data.insert(entity, { values: { [name.field]: text } }).id,
		);
		const rows = await getMany(all, resource);
		expect(rows.map((row) => row[idColumn])).toEqual(ids);
		const columns = new Set(rows.flatMap((row) => Object.keys(row)));
		expect(columns.size).toBeGreaterThan(7);
		for (const row of rows) expect(Object.keys(row)).toHaveLength(columns.size);
	},
);
