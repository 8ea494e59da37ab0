import { SuperOfficeError } from '../errors';
import { archiveFilter, joinFilters, type Condition } from './archive-filter';
import { archiveRows, type ArchiveRow } from './archive-rows';
import { combining, isFilledIn, type FilterCondition } from './archive-columns';
import { isObject, type CrmSession } from './crm-session';
import type { Field, FieldType } from './entity';
import { readOption } from './field-values';
import { mayExist } from './records';
import { columnNamed, decodeRow, requireCells, type Cells } from './table-values';
import type { Table } from './tables';

const pathOf = ({ name }: Table, id?: number) =>
	id === undefined ? `/v1/Table/${name}` : `/v1/Table/${name}/${id}`;

/** @returns the new row's id */
export async function createRow(session: CrmSession, table: Table, cells: Cells): Promise<number> {
	requireCells(table, cells);
	return await session
		.callForId({ method: 'POST', path: pathOf(table), body: cells })
		.catch((error: unknown) => {
			const cure = 'Look for it in SuperOffice before you run this again.';
			throw mayExist({ label: 'row' }, error, cure);
		});
}

export async function readRow(
	session: CrmSession,
	table: Table,
	id: number,
): Promise<Record<string, unknown>> {
	const { Values: values } = await session.callForObject({ path: pathOf(table, id) });
	return { [table.primaryKey]: id, ...decodeRow(table, isObject(values) ? values : {}) };
}

/** Doing it twice comes to the same. */
export async function updateRow(
	session: CrmSession,
	table: Table,
	id: number,
	cells: Cells,
): Promise<void> {
	requireCells(table, cells);
	await session.call({ method: 'PUT', path: pathOf(table, id), body: cells });
}

export async function deleteRow(session: CrmSession, table: Table, id: number): Promise<void> {
	await session.call({ method: 'DELETE', path: pathOf(table, id) });
}

/** What the columns' types are called where they are filtered by; of others it is not documented. */
const restrictionTypes: Partial<Record<FieldType, string>> = {
	string: 'string',
	integer: 'int',
	record: 'int',
	number: 'decimal',
	boolean: 'bool',
	date: 'date',
	dateTime: 'datetime',
};

export function restrictionTypeOf({ type }: Field): string {
	return restrictionTypes[type] ?? '-';
}

export interface RowQuery {
	/** All by default. */
	columns?: readonly string[];
	conditions: readonly FilterCondition[];
	combine: 'and' | 'or';
	/** A filter in OData already, with the table's name in front of each column. */
	text?: string;
	/** Like `x_name desc`; by the id if empty. */
	orderBy?: string;
	limit?: number;
}

/**
 * The rows of a table that match, page by page.
 *
 * @throws SuperOfficeError `INVALID_INPUT`
 */
export async function* tableRows(
	session: CrmSession,
	table: Table,
	{ columns, conditions, combine, text = '', orderBy = '', limit }: RowQuery,
): AsyncGenerator<Record<string, unknown>> {
	const names = columns ?? table.columns.map(({ id }) => id);
	const prefix = `${table.name}.`;
	const inTable = (name: string) => (name.startsWith(prefix) ? name : prefix + name);
	const how = conditions.length < 2 ? 'and' : (readOption(combining, combine) as 'and' | 'or');
	const filled = conditions.filter(isFilledIn);
	const own = filled.map(({ column: name, operator, value }): Condition => {
		const column = requireColumn(table, name);
		return {
			column: { name: inTable(column.id), type: restrictionTypeOf(column) },
			operator,
			value,
		};
	});
	const rows = archiveRows(session, {
		provider: 'dynamic',
		primaryKey: inTable(table.primaryKey),
		columns: names.map((name) => inTable(requireColumn(table, name).id)),
		filter: joinFilters([text, archiveFilter(own, how, session)], 'and'),
		orderBy: orderBy.replace(/[^\s,][^,]*/g, (part) => inTable(part.trim())),
		limit,
	});
	for await (const row of rows) yield decodeRow(table, withoutTable(table, row));
}

function withoutTable({ name }: Table, row: ArchiveRow): Record<string, unknown> {
	const own = Object.entries(row).filter(([column]) => column.startsWith(`${name}.`));
	return Object.fromEntries(own.map(([column, value]) => [column.slice(name.length + 1), value]));
}

function requireColumn(table: Table, given: unknown): Field {
	const wanted = String(given ?? '').trim();
	const found =
		columnNamed(table, wanted) ??
		table.columns.find(({ label }) => label.toLowerCase() === wanted.toLowerCase());
	if (found !== undefined && wanted !== '') return found;
	throw new SuperOfficeError(
		'INVALID_INPUT',
		wanted === ''
			? 'Filters: no column is chosen.'
			: `The table ${table.name} has no column “${wanted}”.`,
		'Choose a column from the list.',
	);
}
