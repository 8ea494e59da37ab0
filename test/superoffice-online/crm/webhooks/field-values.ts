import { entities, enums } from '../reference';
import type { EntityName, StoredRecord, TenantDatabase } from '../store';
import type { EventTable } from './changes';

/** Rows of documents among the activities: their ids are none of appointments. */
const DOCUMENT_ROWS = 500_000;

type Values = Record<string, unknown>;

/** The id of the row that events of a table are about. */
export function rowId({ key }: EventTable, entity: EntityName, { id }: StoredRecord): number {
	return entity === 'Document' && key === 'appointment_id' ? DOCUMENT_ROWS + id : id;
}

/** Some columns of a row as events have them: numbers, 0 or 1 for flags, dates as text. What is not known is 0. */
export function columnValues(
	database: TenantDatabase,
	entity: EntityName,
	table: EventTable,
	record: StoredRecord,
	names: string[],
): Values {
	const known = { ...stored(entity, table, record), ...ownColumns(entity, table, record) };
	if (entity === 'Ticket') {
		const person = database.findEvenDeleted('Person', Number(record.values.Person ?? 0));
		known.contact_id = person?.values.Contact ?? 0;
	}
	return Object.fromEntries(names.map((name) => [name, known[name] ?? 0]));
}

/** What stands in the columns of properties. */
function stored(entity: EntityName, { columns }: EventTable, { values }: StoredRecord): Values {
	return Object.fromEntries(
		Object.entries(columns).flatMap(([property, columnNames]) =>
			[columnNames]
				.flat()
				.map((column) => [column, encode(entity, property, column, values[property])] as const),
		),
	);
}

/** What is no property. */
function ownColumns(entity: EntityName, table: EventTable, record: StoredRecord): Values {
	const { createdAt, updatedAt, createdBy, updatedBy, deletedAt, values } = record;
	const row = rowId(table, entity, record);
	const common: Values = {
		[table.key]: row,
		registered: local(createdAt),
		created_at: local(createdAt),
		registered_associate_id: createdBy,
		updated: withOffset(updatedAt),
		last_changed: withOffset(updatedAt),
		updated_associate_id: updatedBy,
		deleted: deletedAt ? 1 : 0,
		DeletedDate: deletedAt ? local(deletedAt) : '0001-01-01T00:00:00',
	};
	if (entity === 'Document') {
		const { id } = record;
		return { ...common, document_id: id, appointment_id: rowId(APPOINTMENT_ROW, entity, record) };
	}
	if (entity === 'Relation') return { ...common, ...ends(values) };
	return common;
}

const APPOINTMENT_ROW = { key: 'appointment_id' } as EventTable;

/** A person of a company stands for itself. */
function ends(values: Values): Values {
	const end = (name: string) => {
		const person = Number(values[`${name}PersonId`] ?? 0);
		const prefix = name.toLowerCase();
		return {
			[`${prefix}_table`]: person ? 6 : 5,
			[`${prefix}_record`]: person || Number(values[`${name}ContactId`] ?? 0),
		};
	};
	return { ...end('Source'), ...end('Destination') };
}

function encode(entity: EntityName, property: string, column: string, value: unknown): unknown {
	if (column === 'done') return value === true || value === 'Completed' ? 1 : 0;
	if (value instanceof Date) return local(value);
	const { type, enum: name } = entities[entity].properties[property] ?? {};
	if (type === 'enum') return Math.max(0, enums[name!]!.indexOf(String(value)));
	if (type === 'date' || type === 'datetime') return '0001-01-01T00:00:00';
	return typeof value === 'string' ? value : Number(value ?? 0);
}

function local(date: Date): string {
	return date.toISOString().slice(0, 19);
}

function withOffset(date: Date): string {
	return date.toISOString().replace('Z', '0000+00:00');
}
