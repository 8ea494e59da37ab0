import { illegal } from '../errors';
import { enums, structs, type Property } from '../reference';
import type { StoredRecord } from '../store';
import { readDate } from '../wire-dates';
import { readAddress, type StoredAddress } from './addresses';
import type { Context } from './context';
import { zoneOf } from './render';

/** A ticket with this owner is assigned by the rules of its category. */
const ASSIGN_BY_RULES = 2147483647;

/** Reads a property from the wire into what is stored. Throws for anything that SuperOffice would refuse. */
export function readProperty(
	context: Context,
	record: StoredRecord,
	name: string,
	property: Property,
	value: unknown,
): unknown {
	if (value === undefined) return readProperty(context, record, name, property, null);
	switch (property.type) {
		case 'string':
			return readText(name, property, value);
		case 'int':
		case 'int64':
			return readId(context, name, property, value);
		case 'double':
			if (value === null) return 0;
			if (typeof value !== 'number') throw illegal(`${name}: a number is expected`);
			return value;
		case 'bool':
			if (value === null) return false;
			if (typeof value !== 'boolean') throw illegal(`${name}: true or false is expected`);
			return value;
		case 'date':
		case 'datetime':
			return readDateProperty(context, name, value);
		case 'enum':
			return readEnum(name, property, value);
		case 'ref':
			return readReference(context, name, property, value);
		case 'list':
			return readList(context, name, property, value);
		case 'struct': {
			if (property.of !== 'Address')
				return value === null ? null : readStruct(name, property, value);
			return readAddress(context.entity, (record.values[name] as StoredAddress) ?? {}, value);
		}
		case 'map':
			throw illegal(`${name}: cannot be set`);
	}
}

function readText(name: string, { max = Infinity }: Property, value: unknown): string {
	if (value === null) return '';
	if (typeof value !== 'string') throw illegal(`${name}: a text is expected`);
	if (value.length > max) throw illegal(`${name}: longer than ${max} characters`);
	return value;
}

/** A whole number, which may be sent as text. */
function readInteger(name: string, value: unknown): number {
	if (value === null || value === undefined) return 0;
	const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
	if (!Number.isSafeInteger(number)) throw illegal(`${name}: a whole number is expected`);
	return number as number;
}

/** A whole number; where it is the id of a list item or an entity, one that exists. */
function readId(context: Context, name: string, property: Property, value: unknown): number {
	const id = readInteger(name, value);
	const { database } = context;
	const { list, entity } = property;
	if (id === 0 || (list === undefined && entity === undefined)) return id;
	if (name.startsWith('OwnedBy') && id === ASSIGN_BY_RULES) return id;
	const exists = list === undefined ? database.find(entity!, id) : database.listItem(list, id);
	if (!exists) throw illegal(`${name}: there is no ${list ?? entity} with id ${id}`);
	return id;
}

/** An object with the id; the names in it are ignored, but not unknown properties. */
function readReference(context: Context, name: string, property: Property, value: unknown): number {
	if (value === null) return 0;
	const { [property.key!]: id } = readStruct(name, property, value);
	return readId(context, `${name}/${property.key}`, property, id);
}

function readDateProperty(context: Context, name: string, value: unknown): Date | null {
	if (value === null) return null;
	const date = typeof value === 'string' ? readDate(value, zoneOf(context, name)) : undefined;
	if (date === undefined) {
		throw illegal(
			`${name}: a date like 2026-11-25T10:00:00 is expected, but got ${JSON.stringify(value)}`,
		);
	}
	return date;
}

function readEnum(name: string, property: Property, value: unknown): string {
	const known = enums[property.enum!]!;
	if (value === null) return known[0]!;
	if (!known.includes(value as string)) {
		throw illegal(`${name}: ${JSON.stringify(value)} is no ${property.enum}`);
	}
	return value as string;
}

function readList(context: Context, name: string, property: Property, value: unknown): unknown[] {
	if (value === null) return [];
	if (!Array.isArray(value)) throw illegal(`${name}: a list is expected`);
	if (property.of === 'SelectableMDOListItem') {
		const ids = selectedIds(name, property, value);
		const { list } = property;
		return ids.map((id) => readId(context, `${name}/Id`, { type: 'int', list }, id));
	}
	return value.map((element: unknown) => {
		if (property.of === 'string') return readText(name, property, element);
		const read = readStruct(name, property, element);
		if (property.of !== 'EntityElement') return read;
		if (typeof read.Value !== 'string' || read.Value.trim() === '') {
			throw illegal(`${name}: an element without Value`);
		}
		return {
			Value: read.Value,
			Description: readText(name, { type: 'string' }, read.Description ?? null),
		};
	});
}

/** The ids that are selected: what the list does not name is not, and the last word on an id counts. */
function selectedIds(name: string, property: Property, value: unknown[]): number[] {
	const selected = new Set<number>();
	for (const element of value) {
		const { Id, Selected } = readStruct(name, property, element);
		const id = readInteger(`${name}/Id`, Id);
		if (Selected === true) selected.add(id);
		else selected.delete(id);
	}
	return [...selected];
}

function readStruct(name: string, { of }: Property, value: unknown): Record<string, unknown> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw illegal(`${name}: an object is expected`);
	}
	const known = structs[of!];
	const unknown = Object.keys(value).find((key) => known && !(key in known));
	if (unknown !== undefined) throw illegal(`${name}: unknown property '${unknown}'`);
	return value as Record<string, unknown>;
}
