import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { operatorsFor, type Operator } from '../../../superoffice/crm/operators';
import { useEngine } from '../support/engine';
import { chain } from '../support/workflows';
import { kinds } from './kinds';
import { operation } from './node';

const n8n = useEngine();

type Condition = { column: string; operator: string; value?: unknown };

/** What a filter that n8n runs for each item finds, or is told. */
async function find(
	conditions: Condition[],
	parameters: INodeParameters = {},
	{ triggerItems, resource = 'company' }: { triggerItems?: IDataObject[]; resource?: string } = {},
) {
	const filters = { conditions } as unknown as INodeParameters;
	const node = operation(resource, 'getAll', { returnAll: true, filters, ...parameters });
	const { output, error } = await n8n.engine.run(chain(node), { triggerItems });
	return { items: output('SuperOffice'), error };
}

/** The ids of the companies that a filter finds. */
async function idsFound(conditions: Condition[], parameters: INodeParameters = {}) {
	const { items, error } = await find(conditions, parameters);
	expect(error?.message).toBeUndefined();
	return items.map(({ json }) => json.contactId);
}

/** What the user reads. */
async function refusal(conditions: Condition[], parameters: INodeParameters = {}) {
	const { error } = await find(conditions, parameters);
	expect(n8n.online.apiCalls()).not.toHaveProperty('GET /v1/Archive/SimpleContact');
	return `${error?.message} ${error?.description}`;
}

describe.each(kinds)('$resource', ({ resource, name }) => {
	test('can be filtered by every column and operator that is offered', async () => {
		n8n.useNewTenant();
		const panel = n8n.engine.openPanel(operation(resource, 'getAll'));
		const offered = await panel.loadOptions('getFilterColumns');
		const { answer = '' } = n8n.online.requests.find(({ path }) => /AvailableCol/.test(path))!;
		const infos = JSON.parse(answer) as Array<{ Name: string; RestrictionType: string }>;
		const conditions = offered.flatMap(({ value }) => {
			const type = infos.find(({ Name }) => Name === value)!.RestrictionType;
			return operatorsFor(type).map((operator) => ({
				column: String(value),
				operator: operator.name,
				value: sample(type, operator),
			}));
		});
		expect(conditions.length).toBeGreaterThan(100);
		const { error } = await find(conditions, { combineFilters: 'or' }, { resource });
		expect(error?.description ?? error?.message).toBeUndefined();
	});

	test('offers the operators that SuperOffice has for a column', async () => {
		const filters = { conditions: [{ column: name.column, operator: '', value: '' }] };
		const panel = n8n.engine.openPanel(operation(resource, 'getAll', { filters }));
		const path = 'parameters.filters.conditions[0].operator';
		const names = (await panel.loadOptions('getFilterOperators', path)).map(({ value }) => value);
		expect(names).toEqual(expect.arrayContaining(['is', 'begins', 'contains']));
		expect(names).not.toContain('oneOf');
	});
});

function sample(type: string, { values, name }: Operator): unknown {
	const kind = type.toLowerCase();
	const [one, other] =
		kind === 'bool'
			? [true, false]
			: /date$|time$/.test(kind)
				? ['2026-01-05', '2026-12-24T10:00:00']
				: /string/.test(kind)
					? [`O'Brien ${name}`, 'b']
					: [3, 4];
	return { 0: '', 1: one, 2: [one, other], many: [one, other] }[values];
}

describe('What is found', () => {
	let tenant: string;

	beforeAll(() => {
		tenant = n8n.useNewTenant();
		const { data } = n8n.online.tenant(tenant);
		n8n.online.tenant(tenant).companies = 6;
		data.lists.get('category')!.push({ id: 9, name: 'Research, development' });
		const changes: IDataObject[] = [
			{ Category: 1, Associate: 4, NoMailing: true, Department: 'North' },
			{ Category: 2, Associate: 5, Department: 'North' },
			{ Category: 9, Associate: 2, Department: 'South' },
			{ Category: 1, Associate: 4, Country: 208 },
			{ Category: 3, Associate: 5, Interests: [2] },
			{ Category: 0, Associate: 0 },
		];
		for (const [index, values] of changes.entries()) {
			data.update('Contact', index + 1, (company) => {
				Object.assign(company.values, values);
				company.updatedAt = new Date(`2026-0${index + 1}-10T22:30:00Z`);
			});
		}
	});

	beforeEach(() => n8n.useCredential(tenant));

	test.each<[string, Condition, number[]]>([
		['a list item by name', { column: 'category', operator: 'oneOf', value: 'Customer' }, [1, 4]],
		['in any case', { column: 'category', operator: 'oneOf', value: ' cusTomer ' }, [1, 4]],
		['by id', { column: 'category', operator: 'oneOf', value: '2' }, [2]],
		['by several', { column: 'category', operator: 'oneOf', value: 'Prospect, 3' }, [2, 5]],
		['as a list', { column: 'category', operator: 'oneOf', value: ['Prospect', 3] }, [2, 5]],
		['not', { column: 'category', operator: 'notOneOf', value: 'Customer,Prospect' }, [3, 5, 6]],
		['equal', { column: 'category', operator: 'equals', value: 'Supplier' }, [5]],
		[
			'a name with a comma',
			{ column: 'category', operator: 'oneOf', value: 'Research, development' },
			[3],
		],
		['an interest', { column: 'contactInterestIds', operator: 'oneOf', value: 'Golf' }, [5]],
		['a user', { column: 'associateId', operator: 'associateIsOneOf', value: 'KJ' }, [1, 4]],
		[
			'users',
			{ column: 'associateId', operator: 'associateIsOneOf', value: 'Kari Jensen, 2' },
			[1, 3, 4],
		],
		['me', { column: 'associateId', operator: 'currentAssociate' }, [3]],
		['true', { column: 'contactNoMail', operator: 'set', value: 'true' }, [1]],
		['false', { column: 'contactNoMail', operator: 'set', value: false }, [2, 3, 4, 5, 6]],
		['a day', { column: 'updatedDate', operator: 'date', value: '2026-03-10' }, [3]],
		['before', { column: 'updatedDate', operator: 'before', value: '2026-02-10' }, [1]],
		[
			'days',
			{ column: 'updatedDate', operator: 'dateBetween', value: '2026-02-10,2026-04-10' },
			[2, 3, 4],
		],
		['a column’s label', { column: 'Department', operator: 'is', value: 'north' }, [1, 2]],
		['a number', { column: 'countryId', operator: 'unequals', value: 578 }, [4]],
		['nothing', { column: 'department', operator: 'isNull' }, [4, 5, 6]],
	])('is what the filter says: %s', async (_, condition, ids) => {
		expect(await idsFound([condition])).toEqual(ids);
	});

	test('meets all filters, or one of them, and the OData text in any case', async () => {
		const conditions = [
			{ column: 'category', operator: 'oneOf', value: 'Customer' },
			{ column: 'department', operator: 'is', value: 'North' },
		];
		const or = { combineFilters: 'or' };
		expect(await idsFound(conditions)).toEqual([1]);
		expect(await idsFound(conditions, or)).toEqual([1, 2, 4]);
		const options = { filter: "countryId equals 208 or department is 'North'" };
		expect(await idsFound(conditions, { options })).toEqual([1]);
		expect(await idsFound(conditions, { ...or, options })).toEqual([1, 2, 4]);
		expect(await idsFound(conditions.slice(0, 1), { options })).toEqual([1, 4]);
		expect(await idsFound([], { options })).toEqual([1, 2, 4]);
	});

	test('of requests are also those of a category or an owner by name', async () => {
		const { data } = n8n.online.tenant(tenant);
		const [wanted] = [
			{ Title: 'Wanted', Category: 1, OwnedBy: 4 },
			{ Title: 'Other', Category: 2, OwnedBy: 5 },
		].map((values) => data.insert('Ticket', { values }).id);
		const category = data.listItem('ejcategory', 1)!.name;
		for (const condition of [
			{ column: 'categoryFullName', operator: 'oneOf', value: category },
			{ column: 'ownedBy', operator: 'oneOf', value: 'Kari Jensen' },
		]) {
			const { items, error } = await find([condition], {}, { resource: 'request' });
			expect(error?.message).toBeUndefined();
			expect(items.map(({ json }) => json.ticketId)).toEqual([wanted]);
		}
	});

	test('is found also where the filter is longer than an address may be', async () => {
		const value = [...Array.from({ length: 900 }, (_, index) => `Company “${index}” & Co`), 'x'];
		const department = { column: 'department', operator: 'in', value: [...value, 'South'] };
		expect(await idsFound([department])).toEqual([3]);
		expect(n8n.online.apiCalls()).toMatchObject({ 'POST /v1/Archive/SimpleContact': 2 });
	});
});

describe('A value', () => {
	const names = [
		`O'Brien`,
		`' or 1 eq 1`,
		`\\' or getAllRows set true or name is \\'`,
		`') or (getAllRows set true`,
		`x','y`,
		`C:\\Temp\\new`,
		`(brackets) [I:3] {x}`,
		`A & B = C; D # E ? F`,
		`100% %27 %`,
		`“Åse” 😀 "quoted"`,
		`a + b`,
		`name`,
	];

	test('with quotes, brackets or signs finds what has it, and nothing else', async () => {
		const { data } = n8n.online.tenant(n8n.useNewTenant());
		const companies = names.map((Name) => data.insert('Contact', { values: { Name } }));
		const operators: Record<string, (name: string, value: string) => boolean> = {
			is: (name, value) => name === value,
			contains: (name, value) => name.includes(value),
			in: (name, value) => name === value,
		};
		const triggerItems = Object.keys(operators).flatMap((operator) =>
			names.map((name) => ({ operator, value: operator === 'in' ? [name] : name })),
		);
		const { items, error } = await find(
			[{ column: 'name', operator: '={{ $json.operator }}', value: '={{ $json.value }}' }],
			{ options: { filter: 'contactId greater 5' } },
			{ triggerItems },
		);
		expect(error?.description).toBeUndefined();
		for (const [index, { operator, value }] of triggerItems.entries()) {
			const found = items.filter(({ pairedItem }) => Object.values(pairedItem!)[0] === index);
			const wanted = companies.filter(({ values }) =>
				operators[operator]!(String(values.Name), String(value)),
			);
			const ids = wanted.map(({ id }) => id);
			expect([operator, value, found.map(({ json }) => json.contactId)]).toEqual([
				operator,
				value,
				ids,
			]);
		}
	});

	test.each([
		[`two\nlines`, 'line break'],
		[`zero\u0000`, 'control character'],
		[`ends in \\`, 'backslash'],
		['', 'no value'],
		['  ', 'no value'],
	])('that cannot be searched for is refused: %j', async (value, reason) => {
		n8n.useNewTenant();
		const told = await refusal([{ column: 'name', operator: 'is', value }]);
		expect(told).toContain('name');
		expect(told).toContain(reason);
	});
});

test.each<[string, Condition, string[]]>([
	['an unknown column', { column: 'nmae', operator: 'is', value: 'x' }, ['“nmae”', 'name']],
	['no column', { column: '', operator: 'is', value: 'x' }, ['no column is chosen']],
	[
		'a column that cannot be filtered by',
		{ column: 'mainContact', operator: 'is', value: 'x' },
		['cannot filter by the column “mainContact”', 'Choose a column'],
	],
	[
		'an operator of another type',
		{ column: 'name', operator: 'greater', value: '5' },
		['name with the operator “greater”', 'Begins With (begins)'],
	],
	['an unknown item', { column: 'category', operator: 'oneOf', value: 'Custmer' }, ['“Customer”']],
	[
		'text for a number',
		{ column: 'countryId', operator: 'equals', value: '1 or 1' },
		['whole number'],
	],
	[
		'another form of date',
		{ column: 'updatedDate', operator: 'date', value: '31/12/2026' },
		['not a date'],
	],
	[
		'one value of two',
		{ column: 'countryId', operator: 'between', value: '1' },
		['needs two values'],
	],
])('%s is refused, with the cure', async (_, condition, words) => {
	n8n.useNewTenant();
	const told = await refusal([condition]);
	for (const word of words) expect(told).toContain(word);
});

test('A row of the form that is not filled in filters nothing', async () => {
	n8n.useNewTenant();
	const empty = { column: '', operator: '', value: '' };
	expect(await idsFound([empty])).toEqual([1, 2, 3, 4, 5]);
});
