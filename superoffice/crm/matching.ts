import { SuperOfficeError } from '../errors';
import { archiveColumns } from './archive-columns';
import { archiveFilter, equalsAll, joinFilters, type FilterColumn } from './archive-filter';
import { archiveRows, type ArchiveRow } from './archive-rows';
import type { CrmSession } from './crm-session';
import { fieldsOf } from './custom-fields';
import type { Entity, Field } from './entity';
import { toText } from './field-values';
import { choicesOf, findChoice, unknownChoice } from './list-items';
import { operatorsFor } from './operators';
import { isEmpty, readBoolean, readDecimal } from './read-values';

/** Keys that one query looks for. */
const mostKeys = 100;

/** A record that was found. */
export interface Match {
	id: number;
	/** What people know it by, and what tells it from its namesakes: `Fjord Timber AS (Oslo)`. */
	description: string;
}

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

/**
 * The key of one record.
 *
 * @param values as filled in, by field id
 * @throws SuperOfficeError `INVALID_INPUT` if a part of it is empty or malformed
 */
export async function keyOf(
	session: CrmSession,
	keyFields: readonly KeyField[],
	values: Record<string, unknown>,
): Promise<Key> {
	const parts = await Promise.all(
		keyFields.map(async ({ field }) => await keyPart(session, field, values[field.id])),
	);
	return { values: parts.map(({ value }) => value), shown: parts.map(({ shown }) => shown) };
}

async function keyPart(
	session: CrmSession,
	field: Field,
	value: unknown,
): Promise<{ value: unknown; shown: string }> {
	if (isEmpty(value)) {
		throw new SuperOfficeError(
			'INVALID_INPUT',
			`${field.label} is empty, so there is nothing to find a record by.`,
			`Give ${field.label} a value, or take it out of the fields to match on.`,
		);
	}
	switch (field.type) {
		case 'list':
		case 'user': {
			const choices = await choicesOf(session, field);
			const found = findChoice(field, choices, value);
			if (found === undefined) throw unknownChoice(field, choices, value);
			const shown = field.type === 'user' ? (found.otherNames[0] ?? found.name) : found.name;
			return { value: found.id, shown: shownAs(shown) };
		}
		case 'boolean': {
			const flag = readBoolean(field.label, value);
			return { value: flag, shown: shownAs(flag) };
		}
		case 'integer':
		case 'number':
		case 'record': {
			const number = Number(readDecimal(field.label, value));
			return { value: number, shown: shownAs(number) };
		}
		default: {
			const text = toText(field, value).trim();
			return { value: text, shown: shownAs(text) };
		}
	}
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
		const column = columns.find(({ name, canFilter }) => canFilter && name === field?.column);
		if (field !== undefined && column !== undefined) return { field, column };
		throw new SuperOfficeError(
			'INVALID_INPUT',
			`SuperOffice cannot find a ${entity.label} by ${field?.label ?? `“${id}”`}.`,
			'Under Fields, choose other fields to match on.',
		);
	});
}

/** Two keys with the same one are one key. */
export function identityOf({ shown }: Pick<Key, 'shown'>): string {
	return JSON.stringify(shown);
}

/** SuperOffice compares without regard to case. */
function shownAs(value: unknown): string {
	return String(value ?? '')
		.trim()
		.toLocaleLowerCase();
}

/**
 * The records that each key finds, by {@link identityOf}; up to 100 keys are looked for in one query.
 */
export async function findMatches(
	session: CrmSession,
	entity: Entity,
	keyFields: readonly KeyField[],
	keys: readonly Key[],
): Promise<Map<string, Match[]>> {
	const distinct = [...new Map(keys.map((key) => [identityOf(key), key])).values()];
	const chunks = [];
	for (let start = 0; start < distinct.length; start += mostKeys) {
		chunks.push(distinct.slice(start, start + mostKeys));
	}
	const search = new Search(session, entity, keyFields);
	await Promise.all(chunks.map(async (chunk) => await search.find(chunk)));
	return search.found;
}

class Search {
	readonly found = new Map<string, Match[]>();

	constructor(
		private readonly session: CrmSession,
		private readonly entity: Entity,
		private readonly keyFields: readonly KeyField[],
	) {}

	/**
	 * One query for all the keys. Which row belongs to which key is read from the row's own columns; where that cannot be
	 * told, because SuperOffice compares more loosely or shows another of a record's e-mail addresses, the keys are
	 * looked for in halves.
	 */
	async find(keys: readonly Key[]): Promise<void> {
		if (keys.length === 0) return;
		const rows = await this.query(keys);
		const [only] = keys;
		if (keys.length === 1 && only) {
			this.set(only, rows);
			return;
		}
		const byIdentity = this.byIdentity(rows);
		const identities = new Set(keys.map(identityOf));
		const areAllAssigned = [...byIdentity.keys()].every((identity) => identities.has(identity));
		if (!areAllAssigned) {
			const half = Math.ceil(keys.length / 2);
			await Promise.all([this.find(keys.slice(0, half)), this.find(keys.slice(half))]);
			return;
		}
		const others = keys.filter((key) => !byIdentity.has(identityOf(key)));
		for (const key of keys) this.set(key, byIdentity.get(identityOf(key)) ?? []);
		const mayHideMore = this.keyFields.some(({ field }) => field.type === 'elements');
		if (mayHideMore && rows.length > 0) await this.find(others);
	}

	private async query(keys: readonly Key[]): Promise<ArchiveRow[]> {
		const { provider, primaryKey, name, details } = this.entity.archive;
		const own = this.keyFields.map(({ column }) => column);
		const rows = new Map<unknown, ArchiveRow>();
		const query = {
			provider,
			primaryKey,
			columns: [...own.map((column) => column.name), name, ...details],
			filter: this.filterFor(keys),
		};
		const wanted = new Set(keys.map(identityOf));
		const isLoose = keys.some((key) => hasBackslash(key) || this.mayMeanId(key));
		// A record with several e-mail addresses can come several times.
		for await (const row of archiveRows(this.session, query)) {
			if (isLoose && !wanted.has(this.identityIn(row))) continue;
			rows.set(row[primaryKey], row);
		}
		return [...rows.values()];
	}

	/** Some columns of names find records by their ids as well, and values can be written in brackets. */
	private mayMeanId({ values }: Key): boolean {
		return values.some((value) => typeof value === 'string' && /^(\d+|\[.*\])$/s.test(value));
	}

	private filterFor(keys: readonly Key[]): string {
		const own = this.keyFields.map(({ column }) => column);
		const plain = keys.filter((key) => !hasBackslash(key)).map(({ values }) => values);
		const others = keys.filter(hasBackslash).map(({ values }) => {
			const conditions = own.map((column, index) => looseCondition(column, values[index]));
			return archiveFilter(conditions, 'and', this.session);
		});
		const exact = plain.length > 0 ? [equalsAll(own, plain, this.session)] : [];
		return joinFilters([...exact, ...others], 'or');
	}

	/** The rows by the key that they show. */
	private byIdentity(rows: readonly ArchiveRow[]): Map<string, ArchiveRow[]> {
		const grouped = new Map<string, ArchiveRow[]>();
		for (const row of rows) {
			const identity = this.identityIn(row);
			grouped.set(identity, [...(grouped.get(identity) ?? []), row]);
		}
		return grouped;
	}

	private identityIn(row: ArchiveRow): string {
		return identityOf({ shown: this.keyFields.map(({ column }) => shownAs(row[column.name])) });
	}

	private set(key: Key, rows: ArchiveRow[]): void {
		const { primaryKey, name, details } = this.entity.archive;
		this.found.set(
			identityOf(key),
			rows.map((row) => {
				const more = details
					.map((column) => String(row[column] ?? ''))
					.filter((text) => text !== '');
				return {
					id: Number(row[primaryKey]),
					description: [row[name], ...(more.length > 0 ? [`(${more.join(', ')})`] : [])].join(' '),
				};
			}),
		);
	}
}

/** How a backslash is written in a filter is not documented. */
function hasBackslash({ values }: Key): boolean {
	return values.some((value) => typeof value === 'string' && value.includes('\\'));
}

/** Finds more than it should where there is a backslash: what is between backslashes, anywhere. */
function looseCondition(column: FilterColumn, value: unknown) {
	const operators = operatorsFor(column.type).map(({ name }) => name);
	if (typeof value !== 'string' || !operators.includes('contains')) {
		const operator = ['is', 'equals', 'set', 'oneOf', 'associateIsOneOf'].find((name) =>
			operators.includes(name),
		)!;
		return { column, operator, value: [value] };
	}
	const longest = value.split('\\').sort((one, other) => other.length - one.length)[0];
	return { column, operator: 'contains', value: [longest] };
}

/** An error that lists the records, for the user to choose. */
export function tooManyMatches(
	entity: Entity,
	keyFields: readonly KeyField[],
	matches: readonly Match[],
): SuperOfficeError {
	const shown = matches.slice(0, 10).map(({ id, description }) => `${id}: ${description}`);
	const more = matches.length > shown.length ? [`and ${matches.length - shown.length} more`] : [];
	return new SuperOfficeError(
		'INVALID_INPUT',
		`${matches.length} ${entity.plural} match by ${keyFields.map(({ field }) => field.label).join(' and ')}: ${[...shown, ...more].join('; ')}.`,
		'Match on more fields, so that one is meant, or choose under Options > On Multiple Matches what is to be done.',
	);
}
