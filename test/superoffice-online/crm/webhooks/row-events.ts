import { isText, plain, type Cells, type TableColumn } from '../tables/cells';
import type { EventDetails } from './tenant-webhooks';

/** What became of a row of an extra table. */
export interface RowChange {
	table: string;
	columns: TableColumn[];
	id: number;
	/** Undefined for a new row */
	before?: Cells;
	/** Undefined for one that is gone */
	after?: Cells;
}

/** The event that a change raises, if it is one. Which columns are in Changes is inferred from other tables. */
export function rowEvent({ table, columns, before, after }: RowChange) {
	const verb = before === undefined ? 'created' : after === undefined ? 'deleted' : 'changed';
	const stamps = ['id', 'last_changed'];
	const changed = columns
		.map(({ name }) => name)
		.filter((name) => !stamps.includes(name) && before?.[name] !== after?.[name]);
	if (verb === 'changed' && changed.length === 0) return undefined;
	const row = after ?? before!;
	const told = columns.filter((column) => !isText(column));
	const isDeleted = verb === 'deleted';
	const details: EventDetails = {
		changes: isDeleted ? [] : ['id', ...changed, 'last_changed'],
		// As the documents have it: encoded, but for rows that are gone.
		fieldValues: Object.fromEntries(
			told.map(({ name }) => [name, isDeleted ? bare(row[name]!) : row[name]!]),
		),
		...(isDeleted && { values: {} }),
	};
	return { event: `${table}.${verb}`, details };
}

function bare(cell: string): unknown {
	return /^\[[IF]:/.test(cell) ? Number(plain(cell)) : plain(cell);
}
