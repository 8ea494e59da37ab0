import { SuperOfficeError } from '../errors';
import { isObject, type CrmSession } from './crm-session';
import { encodeCustomField } from './custom-field-values';
import { mergeElements } from './elements';
import type { Field } from './entity';
import {
	findEnumValue,
	selectedNames,
	splitTexts,
	toText,
	toWire,
	unknownEnumValue,
} from './field-values';
import { choicesOf, findChoice, unknownChoice } from './list-items';
import { recordNamesOf } from './record-names';
import { propertyAt } from './properties';
import { isEmpty } from './read-values';

/** What is to be set in a record: where, and to what. */
export interface Change {
	/** Like `Name`, `Category/Id`, `Address/Street/City` or `CustomFields/SuperOffice:7`. */
	path: string[];
	value: unknown;
}

/** What was filled in for one record. */
export interface RecordInput {
	/** By field id; a reference's id may stand beside its name, under the keys of a simplified record. */
	values: Record<string, unknown>;
	/** Fields to empty, by id. */
	emptyFields?: readonly string[];
	/** Properties laid over the record as they are. */
	additionalProperties?: Record<string, unknown>;
}

/** The record as SuperOffice has it, with the properties named; nothing for one that is to be created. */
export type ReadCurrent = (properties: string[]) => Promise<Record<string, unknown> | undefined>;

const readNothing: ReadCurrent = async () => await Promise.resolve(undefined);

/** The key of a reference's id in a simplified record. */
export function idKeyOf({ id, custom, idProperty, type }: Field): string | undefined {
	if (custom !== undefined) return type === 'list' ? `${id}:id` : undefined;
	return idProperty === undefined ? undefined : `${id}Id`;
}

/**
 * What filled-in fields come to. Every name is looked up here, before anything is written.
 *
 * @param values `null` and absent ones change nothing, empty text empties; keys that are no field's, and those of fields
 * that cannot be written, are ignored
 * @throws SuperOfficeError `INVALID_INPUT`
 */
export async function changesOf(
	session: CrmSession,
	fields: readonly Field[],
	{ values, emptyFields = [] }: RecordInput,
	readCurrent: ReadCurrent = readNothing,
): Promise<Change[]> {
	requireWritable(fields, emptyFields);
	const changes: Change[] = [];
	for (const field of fields) {
		if (field.readOnly) continue;
		const isEmptied = emptyFields.includes(field.id);
		const idKey = idKeyOf(field);
		const beside = idKey === undefined ? undefined : values[idKey];
		const id = readId(beside);
		const given = isEmptied ? '' : (values[field.id] ?? idAlone(field, idKey, beside));
		if (given === undefined || given === null) continue;
		const value = await resolve(session, field, { value: given, id }, readCurrent);
		if (value === unchanged) continue;
		changes.push({ path: pathOf(field), value });
		const { numbers } = field;
		if (numbers) changes.push({ path: [numbers.property], value: numbers.values[String(value)] });
	}
	return changes;
}

/** An id without the name: 0 stands for none, and nothing at all changes nothing. */
function idAlone({ label }: Field, key = '', beside: unknown): number | undefined {
	if (isEmpty(beside)) return undefined;
	const id = beside === 0 ? 0 : readId(beside);
	if (id !== undefined) return id;
	throw new SuperOfficeError(
		'INVALID_INPUT',
		`${label}: what ${key} says is not an ID.`,
		'Enter a whole number as the ID, or leave it out.',
	);
}

/** A field that is to be emptied, and is not, would be a change that nobody hears of. */
function requireWritable(fields: readonly Field[], ids: readonly string[]): void {
	const unknown = ids.find((id) => !fields.some((field) => field.id === id && !field.readOnly));
	if (unknown === undefined) return;
	throw new SuperOfficeError(
		'INVALID_INPUT',
		`Empty Fields: there is no field “${unknown}” that can be emptied.`,
		'Choose the fields from the list.',
	);
}

/** Says that the record has the value already, and that it could not be set anew. */
const unchanged = Symbol('unchanged');

interface Given {
	value: unknown;
	/** From beside the name. */
	id?: number;
}

async function resolve(
	session: CrmSession,
	field: Field,
	given: Given,
	readCurrent: ReadCurrent,
): Promise<unknown> {
	const { value } = given;
	switch (field.type) {
		case 'list':
		case 'user': {
			const id = isNone(value) ? 0 : await resolveChoice(session, field, given, readCurrent);
			return field.custom === undefined || id === unchanged ? id : `[I:${Number(id)}]`;
		}
		case 'record':
			if (isNone(value)) return field.custom === undefined ? 0 : '[I:0]';
			return await resolveRecord(session, field, given, readCurrent);
		case 'enum':
			return await resolveEnum(field, value, readCurrent);
		case 'selection':
			return await resolveSelection(session, field, value, readCurrent);
		case 'elements': {
			const current = await readCurrent([topOf(field)]);
			const list = current === undefined ? [] : propertyAt(current, pathOf(field));
			return mergeElements(value, Array.isArray(list) ? list : [], field.label);
		}
		default:
			if (field.custom === undefined) return toWire(field, value, session.timeZone);
			return field.type === 'string'
				? toText(field, value)
				: encodeCustomField(field, value, { timeZone: session.timeZone });
	}
}

/** A value that cannot be set, such as the status of a merged request, may stay where it is. */
async function resolveEnum(
	field: Field,
	value: unknown,
	readCurrent: ReadCurrent,
): Promise<unknown> {
	const found = findEnumValue(field, value);
	if (found !== undefined) return found;
	const current = await readCurrent([topOf(field)]);
	if (current !== undefined && propertyAt(current, pathOf(field)) === value) return unchanged;
	throw unknownEnumValue(field, value);
}

async function resolveChoice(
	session: CrmSession,
	field: Field,
	{ value, id }: Given,
	readCurrent: ReadCurrent,
): Promise<number | typeof unchanged> {
	const otherId = field.otherIds?.find((other) => other === Number(value));
	if (otherId !== undefined) return otherId;
	const choices = await choicesOf(session, field);
	const found = findChoice(field, choices, value, id);
	if (found !== undefined && (id === undefined || found.id === id)) return found.id;
	// The record may have an item that is retired by now, or one whose id alone was changed.
	const current = currentReference(field, await readCurrent([topOf(field)]));
	const isCurrent =
		current !== undefined && (current.id === Number(String(value)) || current.name === value);
	if (isCurrent) {
		const other =
			id === undefined || id === current.id ? undefined : findChoice(field, choices, id);
		return other?.id ?? unchanged;
	}
	if (found === undefined) throw unknownChoice(field, choices, value);
	return found.id;
}

function currentReference(
	field: Field,
	record: Record<string, unknown> | undefined,
): { id: number; name: unknown } | undefined {
	if (record === undefined) return undefined;
	if (field.custom !== undefined) {
		const all = isObject(record.CustomFields) ? record.CustomFields : {};
		const [, digits] = /(\d+)/.exec(String(all[field.id] ?? '')) ?? [];
		return { id: Number(digits ?? 0), name: all[`${field.id}:DisplayText`] };
	}
	const reference = propertyAt(record, pathOf(field).slice(0, -1));
	if (!isObject(reference)) return undefined;
	return {
		id: Number(reference[field.idProperty ?? '']),
		name: reference[field.nameProperty ?? ''],
	};
}

export async function resolveRecord(
	session: CrmSession,
	field: Field,
	{ value, id }: Given,
	readCurrent: ReadCurrent = readNothing,
): Promise<unknown> {
	const wire = (recordId: number) => (field.custom === undefined ? recordId : `[I:${recordId}]`);
	const ownId = readId(value);
	if (ownId !== undefined && (id === undefined || typeof value === 'number')) return wire(ownId);
	const name = toText(field, value).trim();
	const names = await recordNamesOf(session);
	const nameOfId = id === undefined ? undefined : await names.nameOf(field, id);
	// As it was read: the name of that very record, even if it is made of digits and looks like an ID.
	if (id !== undefined && nameOfId === name) return wire(id);
	if (ownId !== undefined) return wire(ownId);
	if (id !== undefined && nameOfId !== undefined) {
		// As it was read, but for the ID.
		const current = currentReference(field, await readCurrent([topOf(field)]));
		if (String(current?.name ?? '').trim() === name) return wire(id);
	}
	const [found, ...others] = await names.named(field, name);
	if (found === undefined) {
		throw new SuperOfficeError(
			'INVALID_INPUT',
			`${field.label}: SuperOffice has no record called “${name}”.`,
			`Enter the name exactly as it is in SuperOffice, or the ID.`,
		);
	}
	if (others.length === 0) return wire(found.id);
	throw new SuperOfficeError(
		'INVALID_INPUT',
		`${field.label}: ${others.length + 1} records are called “${name}”, with the IDs ${[found, ...others].map((each) => each.id).join(', ')}.`,
		'Enter the ID of the one that is meant.',
	);
}

/** All items of the list, so that it does not depend on what becomes of those that are left out. */
async function resolveSelection(
	session: CrmSession,
	field: Field,
	value: unknown,
	readCurrent: ReadCurrent,
): Promise<unknown> {
	const choices = await choicesOf(session, field);
	const idOf = (text: string) => {
		const found = findChoice(field, choices, text);
		if (found === undefined) throw unknownChoice(field, choices, text);
		return found.id;
	};
	const wanted: number[] = [];
	try {
		// A name with a comma in it is a name all the same.
		const whole = typeof value === 'string' ? findChoice(field, choices, value) : undefined;
		wanted.push(...(whole ? [whole.id] : splitTexts(field.label, value).map(idOf)));
	} catch (error) {
		// As it was read, with an item in it that cannot be told from its name.
		const current = propertyAt(await readCurrent([topOf(field)]), pathOf(field));
		if (selectedNames(current) === value) return unchanged;
		throw error;
	}
	return choices.map(({ id }) => ({ Id: id, Selected: wanted.includes(id) }));
}

/** Where a field's value is in the entity. */
export function pathOf({ id, path, idProperty, custom }: Field): string[] {
	if (custom !== undefined) return ['CustomFields', id];
	const place = (path ?? id).split('/');
	return idProperty === undefined ? place : [...place, idProperty];
}

/** The property at the top of the entity that holds a field's value. */
export function topOf(field: Field): string {
	return pathOf(field)[0]!;
}

export function readId(value: unknown): number | undefined {
	if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value;
	const text = typeof value === 'string' ? value.trim() : '';
	return /^[1-9]\d{0,15}$/.test(text) ? Number(text) : undefined;
}

/** Whether it stands for no item, no user and no record. */
function isNone(value: unknown): boolean {
	return value === 0 || isEmpty(value);
}
