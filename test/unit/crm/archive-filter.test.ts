import fc from 'fast-check';

import {
	archiveFilter,
	equalsAll,
	equalsAny,
	joinFilters,
} from '../../../superoffice/crm/archive-filter';
import { operatorsFor } from '../../../superoffice/crm/operators';
import { superOfficeErrorOf } from '../support/errors';

const options = { timeZone: 'Europe/Oslo' };
const name = { name: 'name', type: 'stringorPK' };
const department = { name: 'department', type: 'string' };
const column = (type: string) => ({ name: 'it', type });
const filter = (type: string, operator: string, value?: unknown) =>
	archiveFilter([{ column: column(type), operator, value }], 'and', options);

describe('the operators of a column', () => {
	test.each([
		['bool', 'set'],
		['int', 'equals unequals greater less between in isNull isNotNull'],
		['decimal', 'equals unequals greater less between isNull isNotNull'],
		['positiveString', 'is begins contains ends isNull isNotNull'],
		['associate', 'associateIsOneOf associateIsNotOneOf currentAssociate isNull isNotNull'],
		['listAny', 'oneOf notOneOf equals isNull isNotNull'],
		['datetime', 'afterTime beforeTime dateTime isNull isNotNull'],
		['timeSpan', 'isNull isNotNull'],
		['somethingNew', 'equals isNull isNotNull'],
		['-', ''],
		['', ''],
	])('of type %s are %s', (type, names) => {
		const operators = operatorsFor(type);
		expect(operators.map((operator) => operator.name).join(' ')).toBe(names);
		expect(new Set(operators.map(({ label }) => label)).size).toBe(operators.length);
	});

	test('are the same however the type is spelt, and none that SuperOffice fails on', () => {
		expect(operatorsFor('StringOrPK')).toEqual(operatorsFor('stringorPK'));
		for (const type of ['string', 'int', 'decimal', 'date']) {
			const names = operatorsFor(type).map((operator) => operator.name);
			for (const broken of ['le', 'ge', 'notEnds']) expect(names).not.toContain(broken);
		}
	});
});

describe('a filter', () => {
	test.each<[string, string, unknown, string]>([
		['string', 'is', 'Acme', "it is 'Acme'"],
		['string', 'is', 42, "it is '42'"],
		['string', 'contains', 'a, b', "it contains 'a, b'"],
		['string', 'in', 'Acme, Owl,', "it in ('Acme','Owl')"],
		['string', 'in', ['Acme, Inc.', 'Owl'], "it in ('Acme, Inc.','Owl')"],
		['string', 'between', 'A,S', "it between ('A','S')"],
		['string', 'isNull', 'ignored', 'it isNull'],
		['int', 'greater', '5', 'it greater 5'],
		['int', 'greater', [5], 'it greater 5'],
		['int', 'between', [1, 5], 'it between (1,5)'],
		['int', 'in', 7, 'it in (7)'],
		['decimal', 'less', 4.5, 'it less 4.5'],
		['bool', 'set', true, 'it set true'],
		['bool', 'set', 'false', 'it set false'],
		['listAny', 'oneOf', '1, 2', 'it oneOf (1,2)'],
		['associate', 'associateIsOneOf', [4, 5], 'it associateIsOneOf (4,5)'],
		['associate', 'currentAssociate', undefined, 'it currentAssociate'],
		['date', 'before', '2020-05-28T15:00:00', "it before '2020-05-28'"],
		['date', 'dateBetween', '2020-05-28,2020-06-01', "it dateBetween ('2020-05-28','2020-06-01')"],
		['date', 'thisWeek', '', 'it thisWeek'],
		['datetime', 'afterTime', '2020-05-28T15:00:00', "it afterTime '2020-05-28T13:00:00'"],
		['datetime', 'afterTime', '2020-05-28T15:00:00Z', "it afterTime '2020-05-28T15:00:00'"],
	])('on %s %s %p', (type, operator, value, text) => {
		expect(filter(type, operator, value)).toBe(text);
	});

	test('combines conditions in one way', () => {
		const conditions = [
			{ column: name, operator: 'begins', value: 'A' },
			{
				column: { name: 'contactUdef/SuperOffice:7', type: 'listAny' },
				operator: 'equals',
				value: 3,
			},
		];
		expect(archiveFilter(conditions, 'or', options)).toBe(
			"name begins 'A' or contactUdef/SuperOffice:7 equals 3",
		);
		expect(archiveFilter([], 'and', options)).toBe('');
	});

	test.each<[string, string, unknown, string]>([
		['string', 'is', '', 'The filter on it has no value.'],
		['string', 'is', undefined, 'The filter on it has no value.'],
		['string', 'in', ' , ', 'The filter on it has no value.'],
		['string', 'in', ['a', ''], 'The filter on it has no value.'],
		['string', 'in', [], 'The filter on it has no value.'],
		['int', 'between', '5', 'The filter on it needs two values.'],
		['int', 'between', '5,6,7', 'The filter on it needs two values.'],
		['int', 'equals', '5 or 1 eq 1', 'it is not a whole number.'],
		['int', 'equals', [5, 6], 'it is not a whole number.'],
		['decimal', 'less', 'few', 'it is not a number.'],
		['bool', 'set', 'maybe', 'it is neither true nor false.'],
		['listAny', 'oneOf', 'Customer', 'it is not a whole number.'],
		['date', 'before', "'2020-05-28'", 'it is not a date.'],
		['string', 'is', {}, 'it is not text.'],
		[
			'string',
			'is',
			'a\nb',
			'The value for it contains a line break or another control character.',
		],
		['string', 'is', 'a\\', 'SuperOffice cannot search it for a text with a backslash there.'],
		['-', 'is', 'a', 'SuperOffice cannot filter by it.'],
	])('on %s %s refuses %p', async (type, operator, value, says) => {
		const { code, message } = await superOfficeErrorOf(() => filter(type, operator, value));
		expect([code, message]).toEqual(['INVALID_INPUT', says]);
	});

	test('with an operator that the column does not have is refused, with those it has', async () => {
		const { message, hint } = await superOfficeErrorOf(() => filter('decimal', 'le', 5));
		expect(message).toBe('SuperOffice cannot filter by it with the operator “le”.');
		expect(hint).toContain('Is Less Than (less), Is Between (between)');
	});

	test('on what is no column is refused', async () => {
		const condition = {
			column: { name: "a eq 1 or 'b'", type: 'string' },
			operator: 'is',
			value: 'c',
		};
		const { message } = await superOfficeErrorOf(() => archiveFilter([condition], 'and', options));
		expect(message).toBe("“a eq 1 or 'b'” is not the name of a column.");
	});
});

describe('a text in a filter', () => {
	test.each([
		["L'Oréal", "it is 'L\\'Oréal'"],
		["'' or 1 eq 1", "it is '\\'\\' or 1 eq 1'"],
		["\\' or 1 eq 1 or it is \\'", "it is '\\\\\\' or 1 eq 1 or it is \\\\\\''"],
		['AC\\DC', "it is 'AC\\\\DC'"],
		[') or (1 eq 1', "it is ') or (1 eq 1'"],
	])('%s is written as %s', (value, text) => {
		expect(filter('string', 'is', value)).toBe(text);
	});

	/** Where a quoted text ends for a reader to whom a backslash before certain characters escapes them. */
	function endOf(quoted: string, escaped: RegExp): number {
		let at = 1;
		while (at < quoted.length && quoted[at] !== "'") {
			at += quoted[at] === '\\' && escaped.test(quoted[at + 1] ?? '') ? 2 : 1;
		}
		return at;
	}

	test.each([
		['any backslash', /./],
		['only a backslash before a quote', /'/],
	])('ends where it should for a reader to whom %s escapes', (_, escaped) => {
		const awkward = fc.string({
			unit: fc.constantFrom('\\', "'", 'a', ' ', '(', ')', ','),
			minLength: 1,
		});
		fc.assert(
			fc.property(awkward, (value) => {
				fc.pre(value.trim() !== '' && !value.endsWith('\\'));
				const quoted = filter('string', 'is', value).replace('it is ', '');
				expect(endOf(quoted, escaped)).toBe(quoted.length - 1);
			}),
		);
	});
});

test('filters are joined in brackets, unless there is only one', () => {
	expect(joinFilters(['a eq 1 or b eq 2', 'c eq 3'], 'and')).toBe(
		'(a eq 1 or b eq 2) and (c eq 3)',
	);
	expect(joinFilters(['', ' a eq 1 or b eq 2 '], 'and')).toBe('a eq 1 or b eq 2');
	expect(joinFilters([], 'and')).toBe('');
});

describe('a look-up by key', () => {
	test.each<[string, unknown[], string]>([
		['string', ['a'], "it is 'a'"],
		['string', ['a', 'b, c'], "it in ('a','b, c')"],
		['int', [5], 'it equals 5'],
		['int', [5, 6], 'it in (5,6)'],
		['listAny', [5, 6], 'it oneOf (5,6)'],
		['associate', [5], 'it associateIsOneOf (5)'],
		['decimal', [1.5, 2], 'it equals 1.5 or it equals 2'],
		['positiveString', ['a', 'b'], "it is 'a' or it is 'b'"],
		['date', ['2020-05-28', '2020-05-29'], "it date '2020-05-28' or it date '2020-05-29'"],
	])('in a column of type %s for %p', (type, values, text) => {
		expect(equalsAny(column(type), values, options)).toBe(text);
	});

	test('in several columns finds the rows in which all are equal', () => {
		const keys = [
			['Acme', 'Oslo'],
			["L'Oréal", 'Paris'],
		];
		expect(equalsAll([name, department], keys, options)).toBe(
			"(name is 'Acme' and department is 'Oslo') or (name is 'L\\'Oréal' and department is 'Paris')",
		);
		expect(equalsAll([name, department], [['Acme', 'Oslo']], options)).toBe(
			"name is 'Acme' and department is 'Oslo'",
		);
		expect(equalsAll([name], [['Acme'], ['Owl']], options)).toBe("name in ('Acme','Owl')");
	});

	test('is refused for a backslash and for a value that is missing: the record might be made twice', async () => {
		const withBackslash = await superOfficeErrorOf(() => equalsAny(name, ['AC\\DC'], options));
		expect(withBackslash.message).toBe(
			'SuperOffice cannot search name for a text with a backslash there.',
		);
		const missing = () => equalsAll([name, department], [['Acme', '']], options);
		expect((await superOfficeErrorOf(missing)).message).toBe(
			'The filter on department has no value.',
		);
	});
});
