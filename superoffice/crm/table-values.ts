import { SuperOfficeError } from '../errors';
import type { CrmSession } from './crm-session';
import { decodeCustomField, encodeCustomField } from './custom-field-values';
import { fromWire } from './dates';
import type { Field } from './entity';
import type { Table } from './tables';
import { dayFromWire } from './field-values';
import { nearestNames } from './nearest';
import { isEmpty } from './read-values';

/** A row's values by name of the column, as SuperOffice's database services take them: `[I:3]`, or plain text. */
export type Cells = Record<string, string>;

interface RowOptions {
	/** Columns that rows are found by: they may be read-only. */
	keys?: readonly string[];
	/** What is done about a name that is no column of the table, or of one that SuperOffice fills in. */
	unknown: 'refuse' | 'ignore';
}

/**
 * Values as the table's columns want them. `null` and what is absent is left out, and so stays as it is in SuperOffice;
 * an empty text empties.
 *
 * @throws SuperOfficeError `INVALID_INPUT`, naming the column
 */
export function encodeRow(
	session: Pick<CrmSession, 'timeZone'>,
	table: Table,
	values: Record<string, unknown>,
	{ keys = [], unknown }: RowOptions,
): Cells {
	const cells: Cells = {};
	for (const [given, value] of Object.entries(values)) {
		if (value === undefined || value === null) continue;
		const isKey = keys.some((key) => isSameName(key, given));
		const column = columnNamed(table, given);
		if (column !== undefined && (isKey || !isFilledIn(table, column))) {
			cells[column.id] = encode(column, value, session.timeZone);
		} else if (table.columns.length === 0 || (!isKnown(table) && (isKey || unknown === 'refuse'))) {
			cells[given] = encodeByItself(given, value, session.timeZone);
		} else if (unknown === 'refuse') {
			throw notWritable(table, given, column);
		}
	}
	return cells;
}

/** Whether SuperOffice tells all of the table's columns; of its own tables, it may tell custom ones alone. */
function isKnown(table: Table): boolean {
	return table.isExtra || columnNamed(table, table.primaryKey) !== undefined;
}

function isFilledIn(table: Table, { id, readOnly }: Field): boolean {
	return readOnly === true || (table.isExtra && isSameName(id, table.primaryKey));
}

/** The columns that a row can be given values for. */
export function writableColumns(table: Table): Field[] {
	return table.columns.filter((column) => !isFilledIn(table, column));
}

/** By its name in any case. */
export function columnNamed({ columns }: Pick<Table, 'columns'>, name: string): Field | undefined {
	return columns.find(({ id }) => isSameName(id, name));
}

export function isSameName(one: string, other: string): boolean {
	return one.trim().toLowerCase() === other.trim().toLowerCase();
}

function notWritable(table: Table, name: string, column: Field | undefined): SuperOfficeError {
	const near = nearestNames(
		name,
		writableColumns(table).map(({ id }) => id),
	);
	return new SuperOfficeError(
		'INVALID_INPUT',
		column === undefined
			? `The table ${table.name} has no column “${name}”.`
			: `SuperOffice fills in the column “${name}” of the table ${table.name} itself.`,
		column === undefined && near.length > 0
			? `Enter the name of a column, such as ${near.join(', ')}.`
			: 'Leave it out.',
	);
}

function encode(column: Field, value: unknown, timeZone: string): string {
	const { id, label } = column;
	const named = { ...column, label: label === id ? id : `${label} (${id})` };
	return withoutFraction(encodeCustomField(named, value, { timeZone }));
}

/** Of a column whose type is not known. */
function encodeByItself(name: string, value: unknown, timeZone: string): string {
	const field: Field = { id: name, label: name, type: typeOf(value) };
	return withoutFraction(encodeCustomField(field, value, { timeZone }));
}

function typeOf(value: unknown): Field['type'] {
	if (typeof value === 'boolean') return 'boolean';
	if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
	// Luxon's and JavaScript's own, which may come from another realm.
	const isDate = typeof value === 'object' && ('toISO' in value! || 'toISOString' in value!);
	return isDate ? 'dateTime' : 'string';
}

/** `[DT:05/31/1999 09:30:00]`, as SuperOffice’s documents show it for rows. */
function withoutFraction(cell: string): string {
	return cell.replace(/^(\[DT:.*)\.0000000\]$/, '$1]');
}

/** A row as the table's columns mean it; names with a colon, such as `x_company:DisplayText`, come as they are. */
export function decodeRow(table: Table, values: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(values).map(([name, value]) => {
			const column = columnNamed(table, name);
			if (column === undefined || value === null || typeof value === 'object') return [name, value];
			return [name, decode(column, String(value))];
		}),
	);
}

function decode(column: Field, text: string): unknown {
	// Archives give dates as dates, whatever they are encoded as elsewhere.
	const isIso = /^\d{4}-\d\d-\d\dT/.test(text);
	if (isIso && column.type === 'dateTime') return fromWire(text);
	if (isIso && column.type === 'date') return dayFromWire(text);
	return decodeCustomField(column, text);
}

/** What stands in the brackets of `[I:3]`, or the text itself. */
export function contentOf(cell: string): string {
	return /^\[[A-Z]+:(.*)\]$/s.exec(cell)?.[1] ?? cell;
}

/** Whether it is the id of nothing. */
export function isZero(cell: string): boolean {
	return isEmpty(cell) || contentOf(cell).trim() === '0';
}

/**
 * The same, for a row that is found by keys. Without the table's primary key, if that is the key, it is a new one.
 *
 * @throws SuperOfficeError `INVALID_INPUT`
 */
export function encodeKeyedRow(
	session: Pick<CrmSession, 'timeZone'>,
	table: Table,
	values: Record<string, unknown>,
	options: RowOptions & { keys: readonly string[] },
): Cells {
	const { keys } = options;
	const isByPrimaryKey = keys.every((key) => isSameName(key, table.primaryKey));
	const own = Object.entries(values);
	const lastOf = (key: string) =>
		own.filter(([name, value]) => isSameName(name, key) && value !== null).at(-1)?.[1];
	// Custom fields are found by the ID of the record that has them, and 0 is none.
	const isOfCustomFields = /^ud\w+(?:small|large)$/.test(table.name);
	const isNone = (value: unknown) => isEmpty(value) || (isOfCustomFields && Number(value) === 0);
	const empty = keys.find((key) => isNone(lastOf(key)));
	if (empty !== undefined && !isByPrimaryKey) {
		throw new SuperOfficeError(
			'INVALID_INPUT',
			`${empty} is empty, so there is nothing to find a row by.`,
			'Give it a value, or take it out of Key Columns.',
		);
	}
	const cells = encodeRow(session, table, values, options);
	// Without any, an empty row would be inserted.
	if (isByPrimaryKey) requireCells(table, withoutNewId(table, cells));
	return cells;
}

/** Of a row that is inserted, the ID says nothing. */
function withoutNewId(table: Table, cells: Cells): Cells {
	const own = Object.entries(cells);
	return Object.fromEntries(
		own.filter(([name, cell]) => !isSameName(name, table.primaryKey) || !isZero(cell)),
	);
}

/** @throws SuperOfficeError `INVALID_INPUT` if there are none */
export function requireCells({ name }: Pick<Table, 'name'>, cells: Cells): void {
	if (Object.keys(cells).length > 0) return;
	throw new SuperOfficeError(
		'INVALID_INPUT',
		`No column of the table ${name} is given a value.`,
		'Give one a value. To map automatically, the item’s fields must have the names of the columns, such as x_name.',
	);
}

/**
 * The columns that rows are found by.
 *
 * @throws SuperOfficeError `INVALID_INPUT` if there are none, or if the table does not have them
 */
export function keyColumnsOf(table: Table, names: readonly string[]): string[] {
	if (names.length === 0) {
		throw new SuperOfficeError(
			'INVALID_INPUT',
			'Key Columns is empty.',
			`Choose the columns that rows are found by, such as ${table.primaryKey}.`,
		);
	}
	const keys = names.map((name) => {
		const column = columnNamed(table, name);
		if (column === undefined && isKnown(table)) throw notWritable(table, name, undefined);
		return column?.id ?? name;
	});
	return [...new Set(keys)];
}
