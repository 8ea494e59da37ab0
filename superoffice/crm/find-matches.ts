import { SuperOfficeError } from '../errors';
import { archiveFilter, equalsAll, joinFilters, type FilterColumn } from './archive-filter';
import { archiveRows, type ArchiveRow } from './archive-rows';
import type { CrmSession } from './crm-session';
import type { Entity } from './entity';
import { identityOf, shownIn, type Key, type KeyField } from './key';
import { operatorsFor } from './operators';

/** Keys that one query looks for. */
const mostKeys = 100;

/** A record that was found. */
export interface Match {
	id: number;
	/** What people know it by, and what tells it from its namesakes: `Fjord Timber AS (Oslo)`. */
	description: string;
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
		const byShown = this.byShown(rows);
		const shown = new Set(keys.map(textOf));
		// Two items of a list can have one name.
		const areTold = shown.size === keys.length;
		const areAllAssigned = [...byShown.keys()].every((text) => shown.has(text));
		if (!areTold || !areAllAssigned) {
			const half = Math.ceil(keys.length / 2);
			await Promise.all([this.find(keys.slice(0, half)), this.find(keys.slice(half))]);
			return;
		}
		const others = keys.filter((key) => !byShown.has(textOf(key)));
		for (const key of keys) this.set(key, byShown.get(textOf(key)) ?? []);
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
		const isLoose = keys.some((key) => key.values.some((_, index) => this.isLoose(key, index)));
		// A record with several e-mail addresses can come several times.
		for await (const row of archiveRows(this.session, query)) {
			if (isLoose && !keys.some((key) => this.agrees(key, row))) continue;
			rows.set(row[primaryKey], row);
		}
		return [...rows.values()];
	}

	/** Whether the filter may find more by this part of a key than the records that have it. */
	private isLoose({ values }: Key, index: number): boolean {
		const { field, column } = this.keyFields[index]!;
		const value = values[index];
		if (typeof value !== 'string') return false;
		if (value.includes('\\')) return true;
		// Rows show one of a record's e-mail addresses, which need not be the one that was found.
		if (field.type === 'elements') return false;
		// Some columns of names find records by their ids as well, and values can be written in brackets.
		const isId = column.type.toLowerCase() === 'stringorpk' && /^\d+$/.test(value);
		return isId || /^\[.*\]$/s.test(value);
	}

	/** Whether a row shows what the filter may have been too loose about. */
	private agrees(key: Key, row: ArchiveRow): boolean {
		return this.keyFields.every(
			(keyField, index) => !this.isLoose(key, index) || shownIn(row, keyField) === key.shown[index],
		);
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
	private byShown(rows: readonly ArchiveRow[]): Map<string, ArchiveRow[]> {
		const grouped = new Map<string, ArchiveRow[]>();
		for (const row of rows) {
			const text = textOf({ shown: this.keyFields.map((keyField) => shownIn(row, keyField)) });
			grouped.set(text, [...(grouped.get(text) ?? []), row]);
		}
		return grouped;
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

function textOf({ shown }: Pick<Key, 'shown'>): string {
	return JSON.stringify(shown);
}

/** How a backslash is written in a filter is not documented. */
function hasBackslash({ values }: Key): boolean {
	return values.some((value) => typeof value === 'string' && value.includes('\\'));
}

/** Finds more than it should where there is a backslash: what is between backslashes, anywhere. */
function looseCondition(column: FilterColumn, value: unknown) {
	const operators = operatorsFor(column.type).map(({ name }) => name);
	const text = typeof value === 'string' ? value : '';
	const longest = text.split('\\').sort((one, other) => other.length - one.length)[0]!;
	// Without such a part, a text of backslashes alone, it is refused.
	if (longest.trim() === '' || !operators.includes('contains')) {
		const operator = ['is', 'equals', 'set', 'oneOf', 'associateIsOneOf'].find((name) =>
			operators.includes(name),
		)!;
		return { column, operator, value: [value] };
	}
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
