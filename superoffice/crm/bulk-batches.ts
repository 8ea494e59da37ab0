import type { Table } from './tables';
import { comparable } from './read-values';
import { contentOf, isSameName, isZero, type Cells } from './table-values';

/** As many as SuperOffice is asked to take in one call; how many it takes is not documented. */
const mostInOneCall = 1000;

/** A row that is to be written. */
export interface BulkRow {
	/** Its place among all rows. */
	index: number;
	cells: Cells;
	/** The same for all rows that SuperOffice could take for one. */
	identity: string;
}

/** Rows that go into one call. */
export interface Batch {
	/** The primary key first, then the other keys. Of a table of custom fields, the key is its owner's. */
	columns: string[];
	/** Whether rows are found by keys; all are inserted otherwise. */
	hasKeys: boolean;
	rows: BulkRow[];
}

/**
 * Rows in batches of equal columns, since a column that is missing in some rows of a call would be emptied there. No key
 * is in a batch twice, and rows with the same key stay in their order.
 *
 * @param keys columns that each row has, or where that is the primary key alone, may have
 */
export function batchesOf(
	table: Pick<Table, 'primaryKey'>,
	keys: readonly string[],
	all: readonly Cells[],
): Batch[] {
	const batches: Batch[] = [];
	/** Places of batches by their columns. */
	const places = new Map<string, number[]>();
	const lastOf = new Map<string, number>();
	for (const [index, given] of all.entries()) {
		const row = rowOf(table, keys, given, index);
		const columnsKey = JSON.stringify([row.hasKeys, row.columns]);
		const key = row.hasKeys ? row.identity : `row ${index}`;
		const last = lastOf.get(key) ?? -1;
		const own = places.get(columnsKey) ?? [];
		let place = own.find((each) => each > last && batches[each]!.rows.length < mostInOneCall);
		if (place === undefined) {
			place = batches.push({ columns: row.columns, hasKeys: row.hasKeys, rows: [] }) - 1;
			places.set(columnsKey, [...own, place]);
		}
		lastOf.set(key, place);
		batches[place]!.rows.push(row);
	}
	return batches;
}

function rowOf(
	{ primaryKey }: Pick<Table, 'primaryKey'>,
	keys: readonly string[],
	given: Cells,
	index: number,
) {
	const isPrimary = (column: string) => isSameName(column, primaryKey);
	const isKey = (column: string) => keys.some((key) => isSameName(key, column));
	const own = Object.keys(given).filter(isKey);
	const isNew = keys.every(isPrimary) && own.every((column) => isZero(given[column]!));
	const names = Object.keys(given).filter((column) => !isNew || !isPrimary(column));
	const rank = (column: string) => (isPrimary(column) ? 0 : isKey(column) ? 1 : 2);
	const columns = names.sort().sort((one, other) => rank(one) - rank(other));
	const cells = Object.fromEntries(columns.map((column) => [column, given[column]!]));
	const keyCells = columns.filter(isKey).map((column) => contentOf(given[column]!));
	return { index, cells, columns, hasKeys: !isNew, identity: identityOf(keyCells) };
}

/** Of keys: without case, and without accents, which some databases leave out when they compare. */
export function identityOf(keys: readonly string[]): string {
	return JSON.stringify(keys.map((key) => comparable(key).normalize('NFD').replace(/\p{M}/gu, '')));
}
