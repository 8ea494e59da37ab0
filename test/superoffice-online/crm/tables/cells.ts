import { illegal } from '../errors';

/** SuperOffice's names of the types of columns. */
export type ColumnKind =
	| 'ShortText'
	| 'LongText'
	| 'Integer'
	| 'Decimal'
	| 'Checkbox'
	| 'Date'
	| 'DateTime'
	| 'Time'
	| 'TimeSpan'
	| 'MdoList'
	| 'RelationTo';

/** A column of a table. */
export interface TableColumn {
	name: string;
	label: string;
	kind: ColumnKind;
	/** Characters */
	maxLength?: number;
	/** The table whose ids it holds */
	to?: string;
	/** Whether every new row needs a value for it */
	isRequired?: boolean;
	/** Whether the database fills it in */
	isReadOnly?: boolean;
	/** Whether SuperOffice has it in every table of this kind */
	isStandard?: boolean;
}

/** A row's values by name of the column, as the wire has them: `[I:3]`, `[DT:..]`, or plain text. */
export type Cells = Record<string, string>;

export const NO_DATE = '[DT:01/01/0001 00:00:00.0000000]';
const DATE_TIME = /^\[DT:(\d\d\/\d\d\/\d{4}) (\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?\]$/;
const DAY = /^\[D:(\d\d)\.(\d\d)\.(\d{4})\]$/;

export const isText = ({ kind }: TableColumn) => kind === 'ShortText' || kind === 'LongText';
export const isDate = ({ kind }: TableColumn) => ['Date', 'DateTime', 'Time'].includes(kind);

/** What the column has where nothing was written. */
export function emptyCell(column: TableColumn): string {
	if (isText(column)) return '';
	if (isDate(column)) return NO_DATE;
	return column.kind === 'Decimal' ? '[F:0]' : '[I:0]';
}

/**
 * A value as callers send it, as the database has it. Numbers may come without encoding, dates may not.
 * @throws ApiError 400 if it is none for this column
 */
export function readCell(column: TableColumn, value: unknown): string {
	const wrong = (expected: string) =>
		illegal(`${column.name}: ${expected}, but got ${JSON.stringify(value)}`);
	if (value === null || value === '') return emptyCell(column);
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text !== 'string') throw wrong('a text is expected');
	if (isText(column)) {
		if (text.length > (column.maxLength ?? Infinity)) {
			throw wrong(`at most ${column.maxLength} characters are allowed`);
		}
		return text;
	}
	if (isDate(column)) return readDateCell(text) ?? fail(wrong('a date like [DT:..] is expected'));
	if (column.kind === 'Decimal') {
		const [, digits] = /^(?:\[F:)?(-?\d+(?:\.\d+)?)\]?$/.exec(text) ?? [];
		return digits === undefined
			? fail(wrong('a number like [F:4.43] is expected'))
			: `[F:${Number(digits)}]`;
	}
	const [, digits] = /^(?:\[I:)?(-?\d+)\]?$/.exec(text) ?? [];
	if (digits === undefined || (column.kind === 'Checkbox' && !/^[01]$/.test(digits))) {
		throw wrong('a number like [I:3] is expected');
	}
	return `[I:${Number(digits)}]`;
}

function fail(error: Error): never {
	throw error;
}

function readDateCell(text: string): string | undefined {
	const [, day, month, year] = DAY.exec(text) ?? [];
	if (day !== undefined) return `[DT:${month}/${day}/${year} 00:00:00.0000000]`;
	const [, date, time, fraction = '0'] = DATE_TIME.exec(text) ?? [];
	return date === undefined ? undefined : `[DT:${date} ${time}.${fraction.padEnd(7, '0')}]`;
}

/** The number in `[I:3]`. */
export function numberIn(cell: string | undefined): number {
	return Number(/^\[\w+:(.*)\]$/.exec(cell ?? '')?.[1] ?? 0);
}

/** What stands in the brackets, or the text itself. */
export function plain(cell: string): string {
	return /^\[\w+:(.*)\]$/s.exec(cell)?.[1] ?? cell;
}
