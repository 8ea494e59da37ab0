import { SuperOfficeError } from '../errors';
import { archiveColumns } from './archive-columns';
import { refuseBackslash, refuseControlCharacters, type FilterColumn } from './archive-filter';
import { idKeyOf, readId, resolveRecord } from './changes';
import type { CrmSession } from './crm-session';
import { fieldsOf } from './custom-fields';
import { fromWire, toDay, toUtc } from './dates';
import { mergeElements } from './elements';
import type { Entity, Field } from './entity';
import { dayFromWire, isDateless, toText } from './field-values';
import { choicesOf, findChoice, unknownChoice } from './list-items';
import { isEmpty, readBoolean, readDecimal, readInteger } from './read-values';

/** What a record is looked for by: a value for each of the key fields. */
export interface Key {
	/** As the archive's filter takes them. */
	values: unknown[];
	/** As the archive's rows show them. */
	shown: string[];
}

/** A field that records can be found by, and its column in the archive. */
export interface KeyField {
	field: Field;
	column: FilterColumn;
}

interface KeyPart {
	value: unknown;
	shown: string;
}

/** What archives have as numbers of their own, or show in part. */
const unmatchable: ReadonlySet<Field['type']> = new Set([
	'enum',
	'selection',
	'strings',
	'time',
	'timeSpan',
]);

/** Whether records can be found by a field, given the columns of its archive. */
export function canMatch(
	{ column, type }: Field,
	columns: ReadonlyArray<{ name: string; canFilter: boolean }>,
): boolean {
	const isColumn = columns.some(({ name, canFilter }) => canFilter && name === column);
	return isColumn && !unmatchable.has(type);
}

/**
 * The fields to find records by, with their columns.
 *
 * @param ids of the fields
 * @throws SuperOfficeError `INVALID_INPUT` if there are none, or one that records cannot be found by
 */
export async function keyFieldsOf(
	session: CrmSession,
	entity: Entity,
	ids: readonly string[],
): Promise<KeyField[]> {
	if (ids.length === 0) {
		throw new SuperOfficeError(
			'INVALID_INPUT',
			`No field to match on is chosen.`,
			`Under Fields, choose by which fields a ${entity.label} is to be found.`,
		);
	}
	const [fields, columns] = await Promise.all([
		fieldsOf(session, entity),
		archiveColumns(session, entity.archive.provider),
	]);
	return ids.map((id) => {
		const field = fields.find((each) => each.id === id);
		const column = columns.find(({ name }) => name === field?.column);
		if (field !== undefined && column !== undefined && canMatch(field, columns)) {
			return { field, column };
		}
		throw new SuperOfficeError(
			'INVALID_INPUT',
			`SuperOffice cannot find a ${entity.label} by ${field?.label ?? `“${id}”`}.`,
			'Under Fields, choose other fields to match on.',
		);
	});
}

/**
 * The keys of one record: one, or several where a key field has several values, such as two e-mail addresses. Any of
 * them finds it.
 *
 * @param values as filled in, by field id
 * @throws SuperOfficeError `INVALID_INPUT` if a part of it is empty or malformed
 */
export async function keysOf(
	session: CrmSession,
	keyFields: readonly KeyField[],
	values: Record<string, unknown>,
): Promise<Key[]> {
	const parts = await Promise.all(
		keyFields.map(async ({ field }) => await keyParts(session, field, values)),
	);
	const combined = parts.reduce<KeyPart[][]>(
		(keys, alternatives) => keys.flatMap((key) => alternatives.map((part) => [...key, part])),
		[[]],
	);
	return combined.map((key) => ({
		values: key.map(({ value }) => value),
		shown: key.map(({ shown }) => shown),
	}));
}

async function keyParts(
	session: CrmSession,
	field: Field,
	values: Record<string, unknown>,
): Promise<KeyPart[]> {
	const value = values[field.id];
	if (field.type !== 'elements') return [await keyPart(session, field, values)];
	const several = mergeElements(value, [], field.label).map(({ Value }) => Value);
	if (several.length === 0) throw emptyKey(field);
	return several.map((text) => partOf(searchable(field, text)));
}

async function keyPart(
	session: CrmSession,
	field: Field,
	values: Record<string, unknown>,
): Promise<KeyPart> {
	const { label } = field;
	const { timeZone } = session;
	const value = values[field.id];
	// Beside its name, where what was read is written back.
	const idBeside = values[idKeyOf(field) ?? ''];
	const isDate = field.type === 'date' || field.type === 'dateTime';
	if (isDate ? isDateless(value) : isEmpty(value)) throw emptyKey(field);
	switch (field.type) {
		case 'list':
		case 'user': {
			const choices = await choicesOf(session, field);
			const found = findChoice(field, choices, value, readId(idBeside));
			if (found === undefined) throw unknownChoice(field, choices, value);
			const shown = field.type === 'user' ? (found.otherNames[0] ?? found.name) : found.name;
			return { value: found.id, shown: shownAs(shown) };
		}
		case 'boolean':
			return partOf(readBoolean(label, value));
		case 'integer':
			return partOf(Number(readInteger(label, value)));
		case 'number':
			return partOf(Number(readDecimal(label, value)));
		case 'record': {
			const given = { value, id: readId(idBeside) };
			return partOf(Number(await resolveRecord(session, { ...field, custom: undefined }, given)));
		}
		case 'date':
			return partOf(toDay(value, timeZone, label));
		case 'dateTime':
			return partOf(toUtc(value, timeZone, label));
		default:
			return partOf(searchable(field, toText(field, value).trim()));
	}
}

function partOf(value: string | number | boolean): KeyPart {
	return { value, shown: shownAs(value) };
}

/** A text that would spoil the query, which looks for the keys of many items, fails for its own item alone. */
function searchable({ label }: Field, text: string): string {
	refuseControlCharacters(label, text);
	if (isEmpty(text.replaceAll('\\', ''))) refuseBackslash(label, text);
	return text;
}

function emptyKey({ label }: Field): SuperOfficeError {
	return new SuperOfficeError(
		'INVALID_INPUT',
		`${label} is empty, so there is nothing to find a record by.`,
		`Give ${label} a value, or take it out of the fields to match on.`,
	);
}

/** Two keys with the same one are one key. */
export function identityOf({ values }: Pick<Key, 'values'>): string {
	return JSON.stringify(
		values.map((value) => (typeof value === 'string' ? shownAs(value) : value)),
	);
}

/** What a row shows of a key field, to be compared with what a key says. */
export function shownIn(row: Record<string, unknown>, { field, column }: KeyField): string {
	const value = row[column.name];
	if (typeof value === 'string' && field.type === 'date') return dayFromWire(value);
	if (typeof value === 'string' && field.type === 'dateTime') return shownAs(fromWire(value));
	return shownAs(value);
}

/** SuperOffice compares without regard to case. */
function shownAs(value: unknown): string {
	return String(value ?? '')
		.trim()
		.toLowerCase();
}
