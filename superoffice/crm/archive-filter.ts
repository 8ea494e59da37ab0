import { SuperOfficeError } from '../errors';
import { toDay, toUtc } from './dates';
import { operatorsFor, valueKindOf, type Operator } from './operators';
import { isEmpty, readBoolean, readDecimal, readInteger, readText } from './read-values';

/** A column of an archive, and its restriction type. */
export interface FilterColumn {
	name: string;
	type: string;
}

export interface Condition {
	column: FilterColumn;
	/** SuperOffice's name of it. */
	operator: string;
	/** Several in an array, or in a text with commas in between; ids of list items, users and records. */
	value?: unknown;
}

interface FilterOptions {
	/** IANA name of the time zone of dates without an offset. */
	timeZone: string;
}

/**
 * The text of `$filter` for conditions on the columns of an archive; empty without any. No value can end its condition
 * or add another. Times are given in UTC, as SuperOffice keeps those of most records (those of requests are in the
 * tenant's base time zone).
 *
 * @throws SuperOfficeError `INVALID_INPUT`, naming the column
 */
export function archiveFilter(
	conditions: readonly Condition[],
	combine: 'and' | 'or',
	{ timeZone }: FilterOptions,
): string {
	return conditions.map((condition) => writeCondition(condition, timeZone)).join(` ${combine} `);
}

/** Filters in one, each in brackets as soon as there are several; empty ones are left out. */
export function joinFilters(parts: readonly string[], combine: 'and' | 'or'): string {
	const filters = parts.map((part) => part.trim()).filter((part) => part !== '');
	if (filters.length < 2) return filters.join('');
	return filters.map((filter) => `(${filter})`).join(` ${combine} `);
}

/**
 * A filter that finds the rows in which a column has one of some values, for looking records up by a key. There must be
 * a value. SuperOffice compares texts without regard to case, and `stringorPK` columns may match an id as well: compare
 * what it finds.
 *
 * @throws SuperOfficeError `INVALID_INPUT`, naming the column, also for a text with a backslash: it is not documented how
 * to write one, and a record that is not found would be created twice
 */
export function equalsAny(
	column: FilterColumn,
	values: readonly unknown[],
	options: FilterOptions,
): string {
	for (const value of values) refuseBackslash(column.name, value);
	const operators = operatorsFor(column.type).map(({ name }) => name);
	const pick = (names: string[]) => names.find((name) => operators.includes(name));
	const single = pick(['is', 'equals', 'date', 'dateTime', 'set']);
	const several = pick(['in', 'oneOf', 'associateIsOneOf', 'intArrayOneOf']);
	if (several !== undefined && (values.length > 1 || single === undefined)) {
		return archiveFilter([{ column, operator: several, value: values }], 'or', options);
	}
	const operator = single ?? 'equals';
	return archiveFilter(
		values.map((value) => ({ column, operator, value })),
		'or',
		options,
	);
}

/**
 * A filter that finds the rows in which several columns have the values of one of some keys, as `equalsAny` does for one.
 *
 * @param keys the values of each, in the order of the columns
 * @throws SuperOfficeError `INVALID_INPUT`, naming the column
 */
export function equalsAll(
	columns: readonly FilterColumn[],
	keys: ReadonlyArray<readonly unknown[]>,
	options: FilterOptions,
): string {
	const [first, ...others] = columns;
	if (first !== undefined && others.length === 0) {
		return equalsAny(
			first,
			keys.map(([value]) => value),
			options,
		);
	}
	const filters = keys.map((key) =>
		columns.map((column, index) => equalsAny(column, [key[index]], options)).join(' and '),
	);
	return joinFilters(filters, 'or');
}

function writeCondition({ column, operator: wanted, value }: Condition, timeZone: string): string {
	const { name } = column;
	if (!/^[^\s'"()\\,]+$/.test(name)) {
		throw invalid(`“${name}” is not the name of a column.`, 'Choose a column from the list.');
	}
	const operator = findOperator(column, wanted);
	if (operator.values === 0) return `${name} ${operator.name}`;
	const values = readValues(operator, value).map((item) => writeValue(column, item, timeZone));
	requireValues(name, operator, values.length);
	const written = operator.values === 1 ? values[0] : `(${values.join(',')})`;
	return `${name} ${operator.name} ${written}`;
}

function findOperator({ name, type }: FilterColumn, wanted: string): Operator {
	const operators = operatorsFor(type);
	const operator = operators.find((candidate) => candidate.name === wanted);
	if (operator !== undefined) return operator;
	if (operators.length === 0) {
		throw invalid(`SuperOffice cannot filter by ${name}.`, 'Choose another column.');
	}
	const offered = operators.map((candidate) => `${candidate.label} (${candidate.name})`).join(', ');
	throw invalid(
		`SuperOffice cannot filter by ${name} with the operator “${wanted}”.`,
		`Choose one of: ${offered}.`,
	);
}

function readValues({ values }: Operator, value: unknown): unknown[] {
	if (Array.isArray(value) && values !== 1) return value;
	if (Array.isArray(value) && value.length === 1) return value;
	const isList = values !== 1 && typeof value === 'string';
	const items = isList ? value.split(',').map((item) => item.trim()) : [value];
	// A comma at the end is a slip; a value left out of two is not.
	return items.filter((item) => !isEmpty(item));
}

function requireValues(column: string, { values }: Operator, count: number): void {
	if (count === 0) {
		throw invalid(
			`The filter on ${column} has no value.`,
			'Enter one, choose an operator that needs none, or remove the condition.',
		);
	}
	if (values === 2 && count !== 2) {
		throw invalid(
			`The filter on ${column} needs two values.`,
			'Enter both with a comma in between.',
		);
	}
}

function writeValue({ name, type }: FilterColumn, value: unknown, timeZone: string): string {
	if (isEmpty(value)) requireValues(name, { name: '', label: '', values: 1 }, 0);
	switch (valueKindOf(type)) {
		case 'integer':
			return readInteger(name, value);
		case 'decimal':
			return readDecimal(name, value);
		case 'boolean':
			return String(readBoolean(name, value));
		case 'day':
			return `'${toDay(value, timeZone, name)}'`;
		case 'time':
			return `'${toUtc(value, timeZone, name).replace('Z', '')}'`;
		default:
			return quote(name, readText(name, value));
	}
}

/**
 * A text in quotes. SuperOffice documents one escape, `\'`. What it makes of another backslash is not documented: it is
 * doubled, as is usual where backslashes escape; and as the second of two before the closing quote might still escape
 * that, where only `\'` is known, a text must not end in one. So the text ends at its own quote in both cases.
 */
function quote(column: string, text: string): string {
	refuseControlCharacters(column, text);
	if (text.endsWith('\\')) throw backslash(column);
	return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** Whether there is a line break or another control character in it, which SuperOffice cannot search for. */
export function hasControlCharacter(text: string): boolean {
	// eslint-disable-next-line no-control-regex
	return /[\u0000-\u001f\u007f\u2028\u2029]/.test(text);
}

/** @throws SuperOfficeError `INVALID_INPUT` */
export function refuseControlCharacters(label: string, text: string): void {
	if (!hasControlCharacter(text)) return;
	throw invalid(
		`The value for ${label} contains a line break or another control character.`,
		'Remove it: SuperOffice cannot search for it.',
	);
}

/** @throws SuperOfficeError `INVALID_INPUT` */
export function refuseBackslash(column: string, value: unknown): void {
	if (typeof value === 'string' && value.includes('\\')) throw backslash(column);
}

function backslash(column: string): SuperOfficeError {
	return invalid(
		`SuperOffice cannot search ${column} for a text with a backslash there.`,
		'Leave the backslash out, for example by searching for a part of the text, or use another column.',
	);
}

function invalid(message: string, hint: string): SuperOfficeError {
	return new SuperOfficeError('INVALID_INPUT', message, hint);
}
