import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Tenant } from '../../superoffice-online/crm/tenants';
import { useEngine } from '../support/engine';
import { chain } from '../support/workflows';
import { mappedAutomatically, operation } from './node';

const n8n = useEngine();

/** The node for each of some items, which hold the fields. */
async function upsertAll(
	triggerItems: IDataObject[],
	matchingColumns: string[],
	{
		resource = 'company',
		onError,
		...options
	}: INodeParameters & { resource?: string; onError?: 'continueRegularOutput' } = {},
) {
	const fields = mappedAutomatically(matchingColumns);
	const node = operation(resource, 'upsert', { fields, options }, { onError });
	const { output, error } = await n8n.engine.run(chain(node), { triggerItems });
	const items = output('SuperOffice');
	return { items, json: items.map((item) => item.json), error };
}

/** The same, of one item, which is expected to work. */
async function upsert(values: IDataObject, ...more: [string[], INodeParameters?]) {
	const { json, error } = await upsertAll([values], ...more);
	expect([error?.message, error?.description]).toEqual([undefined, undefined]);
	return json;
}

/** A new tenant without companies and persons but these. */
function tenantWith(companies: IDataObject[] = [], persons: IDataObject[] = []): Tenant {
	const tenant = n8n.online.tenant(n8n.useNewTenant());
	tenant.companies = 0;
	for (const { id } of tenant.data.all('Person')) tenant.data.remove('Person', id);
	for (const values of companies) tenant.data.insert('Contact', { values });
	for (const values of persons) tenant.data.insert('Person', { values });
	return tenant;
}

const names = ({ data }: Tenant) => data.all('Contact').map(({ values }) => values.Name);
const departments = ({ data }: Tenant) =>
	data.all('Contact').map(({ values }) => values.Department);
describe('A key', () => {
	test('of several fields needs all of them', async () => {
		const tenant = tenantWith([
			{ Name: 'A', Department: 'North', Number1: 'x' },
			{ Name: 'A', Department: 'South', Number1: 'x' },
			{ Name: 'B', Department: 'North', Number1: 'x' },
		]);
		const items = [
			{ Name: 'A', Department: 'South', Number1: '1' },
			{ Name: 'B', Department: 'South', Number1: '2' },
			{ Name: 'b', Department: 'north', Number1: '3' },
		];
		const { json } = await upsertAll(items, ['Name', 'Department']);
		expect(json.map(({ ContactId, created }) => [ContactId, created])).toEqual([
			[2, false],
			[4, true],
			[3, false],
		]);
		expect(tenant.data.all('Contact').map(({ values }) => values.Number1)).toEqual([
			...['x', '1', '3', '2'],
		]);
	});

	const mails = (...addresses: string[]) => ({
		Emails: addresses.map((Value) => ({ Value, Description: '' })),
	});

	test('is any of a person’s e-mail addresses, and with several of them the person has one', async () => {
		const { data } = tenantWith(
			[{ Name: 'Co' }],
			[
				{ Lastname: 'One', Contact: 1, ...mails('a@x.example', 'b@x.example') },
				{ Lastname: 'Two', Contact: 1, ...mails('c@x.example') },
			],
		);
		const { json, error } = await upsertAll(
			[
				{ Emails: 'B@x.example', Contact: 1, Title: 'first' },
				{ Emails: 'c@x.example', Contact: 1, Title: 'second' },
				{ Emails: 'd@x.example', Firstname: 'Three', Contact: 1, Title: 'third' },
				{ Emails: 'new@x.example, c@x.example', Contact: 1, Title: 'fourth' },
				{ Emails: 'd@x.example,e@x.example', Contact: 1, Title: 'fifth' },
				{ Emails: 'e@x.example', Contact: 1, Title: 'sixth' },
			],
			['Emails'],
			{ resource: 'person' },
		);
		expect(error?.message).toBeUndefined();
		const [, , third] = json;
		expect(json.map(({ PersonId, created }) => [PersonId, created])).toEqual([
			[data.all('Person')[0]!.id, false],
			[data.all('Person')[1]!.id, false],
			[third!.PersonId, true],
			[data.all('Person')[1]!.id, false],
			[third!.PersonId, false],
			[third!.PersonId, false],
		]);
		expect(data.all('Person').map(({ values }) => values.Title)).toEqual([
			...['first', 'fourth', 'sixth'],
		]);
	});

	test('by two addresses of one person updates it in the order of the items', async () => {
		const addresses = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}@x.example`);
		const { data, settings } = tenantWith(
			[{ Name: 'Co' }],
			[{ Lastname: 'One', ...mails(...addresses) }],
		);
		settings.latency = 20;
		const items = addresses.map((Emails, index) => ({ Emails, Title: `${index}` }));
		await upsertAll(items, ['Emails'], { resource: 'person' });
		const patches = n8n.online.requests.filter(({ method }) => method === 'PATCH');
		const titles = patches.map(({ body }) => /"\/?Title","value":"(\d)"/.exec(body)?.[1]);
		expect(titles).toEqual(['0', '1', '2', '3', '4']);
		// Each begins when the one before has ended.
		for (const [index, { arrivedAt }] of patches.slice(1).entries()) {
			expect(arrivedAt).toBeGreaterThanOrEqual(patches[index]!.answeredAt!);
		}
		expect(data.all('Person')).toHaveLength(1);
	});

	test.each<[string, IDataObject, string[], number]>([
		['a list item by name', { Category: 'prospect' }, ['Category'], 2],
		['a list item by ID', { Category: 2 }, ['Category'], 2],
		['one of two that share a name', { Business: 6 }, ['Business'], 3],
		['one of two by the ID beside', { Business: 'Consulting', BusinessId: 6 }, ['Business'], 3],
		['a user', { Associate: 'ON' }, ['Associate'], 2],
		[
			'a user and a number as the name',
			{ SupportAssociate: 'ON', Name: '7' },
			['SupportAssociate', 'Name'],
			3,
		],
		['a custom list', { 'SuperOffice:7': 'Silver' }, ['SuperOffice:7'], 3],
		['a custom text', { 'SuperOffice:1': 'nick' }, ['SuperOffice:1'], 3],
		['a custom number', { x_score: '7' }, ['x_score'], 3],
		['a custom decimal', { 'SuperOffice:8': 12.5 }, ['SuperOffice:8'], 3],
		['a custom date', { 'SuperOffice:3': '2026-12-24' }, ['SuperOffice:3'], 3],
		['a custom checkbox', { 'SuperOffice:5': true }, ['SuperOffice:5'], 3],
	])('is %s', async (_, key, matchingColumns, id) => {
		const { data } = tenantWith([
			{ Name: 'A', Category: 1, Business: 5, Associate: 4 },
			{ Name: 'B', Category: 2, Business: 1, Associate: 5 },
			{ Name: '7', Category: 1, Business: 6, Associate: 4, SupportAssociate: 5 },
		]);
		Object.assign(data.find('Contact', 3)!.customFields, {
			'SuperOffice:1': 'Nick',
			'SuperOffice:3': '[DT:12/24/2026 00:00:00.0000000]',
			'SuperOffice:5': '[I:1]',
			'SuperOffice:7': '[I:2]',
			'SuperOffice:8': '[F:12.5]',
			x_score: '[I:7]',
		});
		const [json] = await upsert({ ...key, Department: 'x' }, matchingColumns);
		expect(json).toMatchObject({ ContactId: id, created: false, Department: 'x' });
	});

	test('tells two list items apart that share a name', async () => {
		tenantWith([
			{ Name: 'A', Business: 5 },
			{ Name: 'B', Business: 6 },
		]);
		const { json } = await upsertAll([{ Business: 5 }, { Business: 6 }], ['Business']);
		expect(json.map(({ ContactId }) => ContactId)).toEqual([1, 2]);
	});

	test('is another record, by its ID, also where its name was read', async () => {
		tenantWith([{ Name: 'Co' }, { Name: 'Other' }], [{ Lastname: 'One', Contact: 2 }]);
		for (const key of [
			{ Contact: 2 },
			{ Contact: '2' },
			{ Contact: 'Other' },
			{ Contact: 'Other', ContactId: 2 },
		]) {
			const [json] = await upsert({ ...key, Title: 'x' }, ['Contact'], { resource: 'person' });
			expect(json).toMatchObject({ Lastname: 'One', created: false, Title: 'x' });
		}
	});

	test.each([`C:\\Temp`, `a\\'b`, `ends in \\`, `[I:1]`, `(x) & ' or 1 eq 1`, '2'])(
		'finds its record, and no other: %s',
		async (Name) => {
			// The second record has the ID 2, and names close to it stand around.
			const tenant = tenantWith([{ Name: `${Name} x` }, { Name: 'Two' }, { Name }]);
			const [json] = await upsert({ Name, Department: 'x' }, ['Name']);
			expect(json).toMatchObject({ ContactId: 3, created: false });
			expect(departments(tenant)).toEqual([undefined, undefined, 'x']);
		},
	);
});

describe('What cannot be a key is refused', () => {
	test.each<[string, IDataObject, string[], string]>([
		['empty text', { Name: ' ', OrgNr: '1' }, ['OrgNr', 'Name'], 'Company Name is empty'],
		['nothing', { Name: 'A' }, ['Emails'], 'Email is empty'],
		['no field', { Name: 'A' }, [], 'No field to match on is chosen'],
		['Note', { Name: 'A', Description: 'x' }, ['Description'], 'find a company by Note'],
		['Interests', { Name: 'A', Interests: 'Golf' }, ['Interests'], 'by Interests'],
		['an unknown field', { Name: 'A' }, ['Nme'], 'by “Nme”'],
		['backslashes', { Name: '\\\\' }, ['Name'], 'with a backslash'],
		['an unknown item', { Category: 'Custmer' }, ['Category'], 'no choice called “Custmer”'],
	])('%s', async (_, values, matchingColumns, reason) => {
		const tenant = tenantWith([{ Name: 'B' }]);
		const { error } = await upsertAll([values], matchingColumns);
		expect(error?.message).toContain(reason);
		expect(names(tenant)).toEqual(['B']);
	});
});
