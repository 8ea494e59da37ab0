import { illegal } from '../errors';
import { dateOperators, datetimeOperators } from './date-operators';
import { asNumber, asText, type Literal } from './literals';
import { idOf, isNumber, textOf, type ColumnType, type Value } from './values';

/** An operator of a restriction. */
export interface Operator {
	/** As SuperOffice hints at its values: one, two in brackets, several in brackets, none, or one or two numbers */
	values: 'W' | 'W;W' | 'W+' | '' | 'R';
	/** Whether all values of a row must pass, and not just any of them */
	negative?: boolean;
	/** @throws ApiError 400 if the values do not fit */
	test(literals: Literal[], moment: Moment): (value: Value) => boolean;
}

/** When and by whom a filter is asked, and how its dates are meant. */
export interface Moment {
	now: Date;
	/** The user who calls */
	associateId: number;
	/** IANA name of the zone that dates without an offset are in */
	zone: string;
}

type Operators = Record<string, Operator>;

const lower = (value: Value) => textOf(value).toLowerCase();

function textTest(passes: (value: string, wanted: string) => boolean, negative = false): Operator {
	return {
		values: 'W',
		negative,
		test: ([literal]) => {
			const wanted = asText(literal!).toLowerCase();
			return (value) => passes(lower(value), wanted) !== negative;
		},
	};
}

const begins = (value: string, wanted: string) => value.startsWith(wanted);
const contains = (value: string, wanted: string) => value.includes(wanted);
const is = (value: string, wanted: string) => value === wanted;

const positiveText: Operators = {
	begins: textTest(begins),
	contains: textTest(contains),
	ends: textTest((value, wanted) => value.endsWith(wanted)),
	is: textTest(is),
	eq: textTest(is),
};

const text: Operators = {
	...positiveText,
	isNot: textTest(is, true),
	notBegins: textTest(begins, true),
	notContains: textTest(contains, true),
	between: {
		values: 'W;W',
		test: (literals) => {
			const [from = '', to = ''] = literals.map((literal) => asText(literal).toLowerCase());
			return (value) => lower(value) >= from && lower(value) <= to;
		},
	},
	in: {
		values: 'W+',
		test: (literals) => {
			const wanted = literals.map((literal) => asText(literal).toLowerCase());
			return (value) => wanted.includes(lower(value));
		},
	},
};

function numberTest(
	passes: (value: number, wanted: number) => boolean,
	negative = false,
): Operator {
	return {
		values: 'W',
		negative,
		test: ([literal]) => {
			const wanted = asNumber(literal!);
			return (value) => passes(idOf(value), wanted) !== negative;
		},
	};
}

const equals = numberTest((value, wanted) => value === wanted);
const unequals = numberTest((value, wanted) => value === wanted, true);
const greater = numberTest((value, wanted) => value > wanted);
const less = numberTest((value, wanted) => value < wanted);

const decimal: Operators = {
	equals,
	'=': equals,
	eq: equals,
	unequals,
	ne: unequals,
	greater,
	gt: greater,
	less,
	lt: less,
	between: {
		values: 'W;W',
		test: (literals) => {
			const [from = 0, to = 0] = literals.map(asNumber);
			return (value) => idOf(value) >= from && idOf(value) <= to;
		},
	},
};

function oneOf(negative = false): Operator {
	return {
		values: 'W+',
		negative,
		test: (literals) => {
			const wanted = literals.map(asNumber);
			return (value) => {
				const ids = Array.isArray(value) ? value : [idOf(value)];
				return ids.some((id) => wanted.includes(id)) !== negative;
			};
		},
	};
}

const int: Operators = { ...decimal, set: equals, in: oneOf() };
const list: Operators = { oneOf: oneOf(), notOneOf: oneOf(true) };

const associate: Operators = {
	associateIsOneOf: oneOf(),
	associateIsNotOneOf: oneOf(true),
	currentAssociate: {
		values: '',
		test:
			(_, { associateId }) =>
			(value) =>
				idOf(value) === associateId,
	},
};

function arrayTest(passes: (ids: number[], wanted: number[]) => boolean): Operator {
	return {
		values: 'W+',
		test: (literals) => {
			const wanted = literals.map(asNumber);
			return (value) => passes(Array.isArray(value) ? value : [], wanted);
		},
	};
}

const any = (ids: number[], wanted: number[]) => wanted.some((id) => ids.includes(id));
const all = (ids: number[], wanted: number[]) => wanted.every((id) => ids.includes(id));

const bool: Operators = {
	set: {
		values: 'W',
		test: ([literal]) => {
			const wanted = asBoolean(literal!);
			return (value) => Boolean(value) === wanted;
		},
	},
};

const OPERATORS: Record<ColumnType, Operators> = {
	bool,
	int,
	decimal,
	string: text,
	stringorPK: text,
	positiveString: positiveText,
	associate,
	listAny: { ...list, eq: equals },
	listInterest: list,
	userGroup: list,
	ejUser: list,
	ejCategory: list,
	listExternal: list,
	saintStatus: { oneOf: oneOf() },
	intArray: {
		intArrayOneOf: arrayTest(any),
		intArrayAllOf: arrayTest(all),
		intArrayNotAllOf: arrayTest((ids, wanted) => !all(ids, wanted)),
		intArrayNotAnyOf: arrayTest((ids, wanted) => !any(ids, wanted)),
	},
	timeSpan: {},
	date: dateOperators,
	unlimitedDate: dateOperators,
	datetime: datetimeOperators,
};

/** The operators of a restriction type by name; none for one that does not exist. */
export function operatorsOf(type: ColumnType): Operators {
	return OPERATORS[type] ?? {};
}

const isNothing = (value: Value) =>
	value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** What every column takes, whatever its type. */
export function anyTypesOperator(name: string, type: ColumnType): Operator | undefined {
	if (name === 'isNull') return { values: '', negative: true, test: () => isNothing };
	if (name === 'isNotNull') return { values: '', test: () => (value) => !isNothing(value) };
	if (name !== 'equals') return undefined;
	if (type === 'bool') return bool.set;
	if (['date', 'unlimitedDate'].includes(type)) return dateOperators.date;
	if (type === 'datetime') return datetimeOperators.dateTime;
	return isNumber(type) || operatorsOf(type).oneOf || type === 'associate' ? equals : text.is;
}

function asBoolean(literal: Literal): boolean {
	if (literal.kind === 'word' && ['true', 'false'].includes(literal.text))
		return literal.text === 'true';
	if (literal.kind === 'encoded' && literal.marker === 'B') return literal.text === '1';
	throw illegal(`Not true or false: ${literal.text}`);
}
