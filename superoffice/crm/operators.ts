/** What a column of an archive can be compared by. */
export interface Operator {
	/** SuperOffice's. */
	name: string;
	label: string;
	/** How many values it is given. */
	values: 0 | 1 | 2 | 'many';
}

/** What a value of a column is in a filter. `none`: the column cannot be restricted. */
export type ValueKind = 'text' | 'integer' | 'decimal' | 'boolean' | 'day' | 'time' | 'none';

interface RestrictionType {
	kind: ValueKind;
	operators: readonly Operator[];
}

const one = (name: string, label: string): Operator => ({ name, label, values: 1 });
const two = (name: string, label: string): Operator => ({ name, label, values: 2 });
const many = (name: string, label: string): Operator => ({ name, label, values: 'many' });
const none = (name: string, label: string): Operator => ({ name, label, values: 0 });

/** SuperOffice has them for all types. */
const emptiness = [none('isNull', 'Is Empty'), none('isNotNull', 'Is Not Empty')];

const wholeNumbers = [
	one('equals', 'Is'),
	one('unequals', 'Is Not'),
	one('greater', 'Is Greater Than'),
	one('less', 'Is Less Than'),
	two('between', 'Is Between'),
];

const texts = [
	one('is', 'Is'),
	one('isNot', 'Is Not'),
	one('begins', 'Begins With'),
	one('notBegins', 'Does Not Begin With'),
	one('contains', 'Contains'),
	one('notContains', 'Does Not Contain'),
	one('ends', 'Ends With'),
	two('between', 'Is Between'),
	many('in', 'Is One Of'),
];

const days = [
	one('date', 'Is On'),
	one('before', 'Is Before'),
	one('beforeOrEqual', 'Is On or Before'),
	one('after', 'Is After'),
	two('dateBetween', 'Is Between'),
	none('today', 'Is Today'),
	none('beforeToday', 'Is Before Today'),
	none('afterToday', 'Is After Today'),
	none('lastWeek', 'Is Last Week'),
	none('thisWeek', 'Is This Week'),
	none('nextWeek', 'Is Next Week'),
	none('lastMonth', 'Is Last Month'),
	none('thisMonth', 'Is This Month'),
	none('nextMonth', 'Is Next Month'),
	none('lastQuarter', 'Is Last Quarter'),
	none('thisQuarter', 'Is This Quarter'),
	none('nextQuarter', 'Is Next Quarter'),
	none('thisHalf', 'Is This Half-Year'),
	none('thisYear', 'Is This Year'),
];

const times = [
	one('afterTime', 'Is At or After'),
	one('beforeTime', 'Is Before'),
	one('dateTime', 'Is'),
];

const choices = [many('oneOf', 'Is One Of'), many('notOneOf', 'Is Not One Of')];

/** By names in lower case: SuperOffice's documents spell some in two ways. */
const restrictionTypes: Readonly<Record<string, RestrictionType>> = {
	bool: { kind: 'boolean', operators: [one('set', 'Is')] },
	int: { kind: 'integer', operators: [...wholeNumbers, many('in', 'Is One Of')] },
	decimal: { kind: 'decimal', operators: wholeNumbers },
	string: { kind: 'text', operators: texts },
	stringorpk: { kind: 'text', operators: texts },
	positivestring: {
		kind: 'text',
		operators: texts.filter(({ name }) => ['is', 'begins', 'contains', 'ends'].includes(name)),
	},
	associate: {
		kind: 'integer',
		operators: [
			many('associateIsOneOf', 'Is One Of'),
			many('associateIsNotOneOf', 'Is Not One Of'),
			none('currentAssociate', 'Is the Current User'),
		],
	},
	listany: { kind: 'integer', operators: [...choices, one('equals', 'Is')] },
	listinterest: { kind: 'integer', operators: choices },
	listexternal: { kind: 'integer', operators: choices },
	usergroup: { kind: 'integer', operators: choices },
	ejuser: { kind: 'integer', operators: choices },
	ejcategory: { kind: 'integer', operators: choices },
	saintstatus: { kind: 'integer', operators: [many('oneOf', 'Is One Of')] },
	intarray: {
		kind: 'integer',
		operators: [
			many('intArrayOneOf', 'Has One Of'),
			many('intArrayAllOf', 'Has All Of'),
			many('intArrayNotAllOf', 'Does Not Have All Of'),
			many('intArrayNotAnyOf', 'Has None Of'),
		],
	},
	datetime: { kind: 'time', operators: times },
	date: { kind: 'day', operators: days },
	unlimiteddate: { kind: 'day', operators: days },
	// How it is compared is not documented.
	timespan: { kind: 'integer', operators: [] },
	'-': { kind: 'none', operators: [] },
};

/** For a type that is not known yet, what all types have. */
const anyType: RestrictionType = { kind: 'text', operators: [one('equals', 'Is')] };

/**
 * The operators to offer for a column's restriction type, such as `stringorPK`. Without `le`, `ge` and `notEnds`, which
 * SuperOffice lists and which do not work.
 */
export function operatorsFor(restrictionType: string): readonly Operator[] {
	const { kind, operators } = find(restrictionType);
	return kind === 'none' || kind === 'boolean' ? operators : [...operators, ...emptiness];
}

/** What the values of a column of that restriction type are. */
export function valueKindOf(restrictionType: string): ValueKind {
	return find(restrictionType).kind;
}

function find(restrictionType: string): RestrictionType {
	const name = restrictionType.toLowerCase() || '-';
	return Object.hasOwn(restrictionTypes, name) ? restrictionTypes[name]! : anyType;
}
