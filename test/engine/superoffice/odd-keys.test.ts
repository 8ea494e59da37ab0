import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { mappedAutomatically, operation } from './node';
import { useNode } from './use-node';

const node = useNode();

describe('Create or Update', () => {
	const upsertEach = async (
		keys: string[],
		items: IDataObject[],
		options: INodeParameters = {},
		resource = 'company',
	) =>
		await node.runEach(
			operation(resource, 'upsert', { fields: mappedAutomatically(keys), options }),
			items,
		);
	const insert = (values: IDataObject, customFields: Record<string, string> = {}) => {
		const company = node.tenant.data.insert('Contact', { values });
		Object.assign(company.customFields, customFields);
		return company.id;
	};
	const companies = () => node.tenant.data.all('Contact').length;

	test.each<[string, unknown, string]>([
		['Name', 'two\nlines', 'The value for Company Name contains a line break'],
		['Name', '\\\\', 'SuperOffice cannot search Company Name for a text with a backslash'],
		['Name', NaN, 'Company Name is not text'],
		['Emails', 'a@x.example\u0000', 'The value for Email contains a line break'],
		['SuperOffice:2', '12.5', 'Number of Seats is not a whole number'],
		['SuperOffice:3', '24.12.2026', 'Contract Date is not a date'],
	])(
		'by %s with a value that cannot be searched for, %j, fails for that item alone',
		async (key, value, reason) => {
			const [good, bad] = ['2026-12-24', value].map(
				(one) => ({ Name: 'x', [key]: one }) as IDataObject,
			);
			const first = { ...good, [key]: key === 'SuperOffice:2' ? 12 : good![key], Department: 'x' };
			const [made, error, again] = await upsertEach(
				[key],
				[first, bad!, { ...first, Department: 'y' }],
			);
			expect(made).toMatchObject({ Department: 'x', created: true });
			expect(error!.error).toContain(reason);
			expect(again).toMatchObject({ ContactId: made!.ContactId, Department: 'y', created: false });
		},
	);

	test.each([
		['by a name with a line break', { Contact: 'two\nlines' }],
		['by a name of backslashes', { Contact: '\\\\' }],
		['by an object', { Contact: { name: 'Co' } }],
	])('of a person whose company is given %s fails for that item alone', async (_, odd) => {
		insert({ Name: 'Co' });
		const items = ['A', 'B', 'C'].map((Lastname) => ({ Firstname: 'x', Lastname, Contact: 'Co' }));
		Object.assign(items[1]!, odd);
		const [first, error, last] = await upsertEach(['Lastname'], items, {}, 'person');
		expect([first, last]).toMatchObject([{ Lastname: 'A' }, { Lastname: 'C' }]);
		expect(error!.error).toContain('Company');
	});

	test('finds a record by an e-mail address however it is given', async () => {
		const id = insert({ Name: 'A', Emails: [{ Value: 'a@x.example', Description: 'Office' }] });
		const given = [
			...['A@x.example', ['a@x.example'], [{ Value: 'a@x.example' }]],
			...['new@x.example; a@x.example', 'newer@x.example\na@x.example'],
		];
		const before = companies();
		const items = given.map((Emails) => ({ Emails, Name: 'A' }));
		for (const item of items) {
			const [json] = await upsertEach(['Emails'], [item as IDataObject]);
			expect(json).toMatchObject({ ContactId: id, created: false });
		}
		expect(companies()).toBe(before);
	});

	test.each<[string, IDataObject, string]>([
		['signs without width', { Name: '\u200b\ufeff' }, 'Company Name'],
		['a date in the year 1', { 'SuperOffice:3': '0001-01-01T00:00:00' }, 'Contract Date'],
		['no addresses', { Emails: [' ', ''] }, 'Email'],
		['a list item with the ID 0', { Category: 0 }, 'Category'],
		['no number', { 'SuperOffice:2': '' }, 'Number of Seats'],
		['a person with the ID 0', { SupportPerson: 0 }, 'User Support Contact'],
	])(
		'does not take %s for a key, which records without a value would have',
		async (_, key, label) => {
			insert({ Name: '' });
			const [json] = await upsertEach(Object.keys(key), [{ ...key, Department: 'x' }]);
			expect(json!.error).toMatch(new RegExp(`^${label}`));
			expect(node.writes()).toEqual([]);
		},
	);

	test('finds its record and no other by keys with signs in them, all in one run', async () => {
		const names = [
			`O'Brien`,
			`(a) b`,
			`a, b`,
			`100%`,
			`100`,
			`a*`,
			`a`,
			`_a`,
			`"q"`,
			`[a-z]`,
			`x;y`,
		];
		const ids = names.map((Name) => insert({ Name }));
		const json = await upsertEach(
			['Name'],
			names.map((Name) => ({ Name, Department: Name })),
		);
		expect(json.map(({ ContactId, error }) => error ?? ContactId)).toEqual(ids);
	});

	test('makes one record for keys that differ in case, spaces or type, and goes on after a failure', async () => {
		const before = companies();
		const same = ['Acme', ' ACME', 'acme\u00a0', 'Acme\t'];
		const items = same.map((Name) => ({ Name, Category: 'Customer' }));
		items[0]!.Category = 'None such';
		const json = await upsertEach(['Name'], items);
		expect(json.map(({ error, created }) => created ?? String(error).slice(0, 8))).toEqual([
			...['Category', true, false, false],
		]);
		const scores = await upsertEach(
			['x_score'],
			[7, '7', ' 7'].map((x_score) => ({ x_score, Name: 'S' })),
		);
		expect(scores.map(({ created, error }) => error ?? created)).toEqual([true, false, false]);
		const day = ['2026-12-24', '2026-12-24T00:00:00+09:00', new Date('2026-12-24')];
		const days = await upsertEach(
			['SuperOffice:3'],
			day.map((date) => ({ 'SuperOffice:3': date, Name: 'D' }) as unknown as IDataObject),
		);
		expect(days.map(({ created, error }) => error ?? created)).toEqual([true, false, false]);
		expect(companies()).toBe(before + 3);
	});

	test('takes no other word for “Update First” where several records match', async () => {
		insert({ Name: 'Twin' });
		insert({ Name: 'Twin' });
		const items = ['updateFirst', 'Update all', 'FAIL', 'first', {}, null, undefined].map(
			(wanted) => ({ Name: 'Twin', wanted }) as unknown as IDataObject,
		);
		const json = await upsertEach(['Name'], items, { onMultipleMatches: '={{ $json.wanted }}' });
		expect(json.map(({ error }) => error)).toEqual([
			...[undefined, undefined, undefined],
			expect.stringMatching(/^2 companies match/),
			...['first', '[object Object]'].map(
				(wrong) =>
					`On Multiple Matches cannot be “${wrong}”. Enter one of: Fail, Update All, Update First.`,
			),
			expect.stringMatching(/^2 companies match/),
			expect.stringMatching(/^2 companies match/),
		]);
	});
});
