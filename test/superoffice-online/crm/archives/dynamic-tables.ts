import type { EntityName, StoredRecord } from '../store';
import type { Reading } from './reading';

/** A row of a database table, by column. */
export type TableRow = Record<string, string | number>;

/** What of a tenant's database the provider `dynamic` can be asked for. */
export interface Table {
	primaryKey: string;
	/** Columns that refer to another table */
	foreignKeys: Record<string, string>;
	columns: string[];
	rows(reading: Reading): TableRow[];
}

const texts = (value: unknown) => String(value ?? '');
const numbers = (value: unknown) => Number(value ?? 0);

function entityTable(
	entity: EntityName,
	primaryKey: string,
	columns: Record<string, (record: StoredRecord) => string | number>,
	foreignKeys: Record<string, string>,
): Table {
	const row = (record: StoredRecord) =>
		Object.fromEntries(Object.entries(columns).map(([name, read]) => [name, read(record)]));
	return {
		primaryKey,
		foreignKeys,
		columns: [primaryKey, ...Object.keys(columns)],
		rows: (reading) =>
			reading.database.all(entity).map((record) => ({ [primaryKey]: record.id, ...row(record) })),
	};
}

function listTable(list: string, primaryKey: string): Table {
	return {
		primaryKey,
		foreignKeys: {},
		columns: [primaryKey, 'name', 'tooltip', 'rank', 'deleted'],
		rows: ({ database, text }) =>
			database.listItems(list).map(({ id, name, tooltip = '', rank = 0, deleted = false }) => ({
				[primaryKey]: id,
				name: text(name),
				tooltip: text(tooltip),
				rank,
				deleted: Number(deleted),
			})),
	};
}

const TABLES: Record<string, Table> = {
	contact: entityTable(
		'Contact',
		'contact_id',
		{
			name: ({ values }) => texts(values.Name),
			department: ({ values }) => texts(values.Department),
			category_idx: ({ values }) => numbers(values.Category),
			business_idx: ({ values }) => numbers(values.Business),
		},
		{ category_idx: 'category', business_idx: 'business' },
	),
	person: entityTable(
		'Person',
		'person_id',
		{
			firstname: ({ values }) => texts(values.Firstname),
			lastname: ({ values }) => texts(values.Lastname),
			contact_id: ({ values }) => numbers(values.Contact),
		},
		{ contact_id: 'contact' },
	),
	category: listTable('category', 'category_id'),
	business: listTable('business', 'business_id'),
};

/** By its name, ignoring case. */
export function tableNamed(name: string): Table | undefined {
	return Object.hasOwn(TABLES, name.toLowerCase()) ? TABLES[name.toLowerCase()] : undefined;
}
