/** An item of a list, or a user. */
export interface Choice {
	id: number;
	text: string;
}

/** What a column holds in a row. Null is nothing, whatever the column's type. */
export type Value = string | number | boolean | Date | null | Choice | number[];

/** A column's restriction type, which is also the type of its values; '-' cannot be restricted. */
export type ColumnType = string;

const LISTS = [
	'listAny',
	'associate',
	'userGroup',
	'ejUser',
	'ejCategory',
	'listExternal',
	'saintStatus',
];

/** Whether the column holds items of a list. */
export const isList = (type: ColumnType) => LISTS.includes(type);
export const isDate = (type: ColumnType) => ['date', 'datetime', 'unlimitedDate'].includes(type);
export const isNumber = (type: ColumnType) => ['int', 'decimal', 'timeSpan'].includes(type);

export const isChoice = (value: Value): value is Choice =>
	typeof value === 'object' && value !== null && 'text' in value;

export function textOf(value: Value): string {
	if (value === null) return '';
	return isChoice(value) ? value.text : String(value);
}

/** The id of an item, of a user or of another record; 0 for none. */
export function idOf(value: Value): number {
	return isChoice(value) ? value.id : Number(value ?? 0);
}

/** Puts rows in order: texts without case, nothing before anything. */
export function compareValues(one: Value, other: Value): number {
	const rank = (value: Value) => (value instanceof Date ? value.getTime() : Number(value));
	const isText = (value: Value) => typeof value === 'string' || isChoice(value);
	if (isText(one) || isText(other)) {
		return textOf(one).toLowerCase().localeCompare(textOf(other).toLowerCase(), 'nb');
	}
	return rank(one) - rank(other) || 0;
}
