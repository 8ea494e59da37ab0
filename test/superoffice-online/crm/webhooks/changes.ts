import tables from '../reference/event-tables.json';
import type { EntityName, StoredRecord } from '../store';

/** What became of a record, as the database tells it. */
export interface Change {
	entity: EntityName;
	/** `edited`: the content of a document */
	what: 'created' | 'changed' | 'deleted' | 'softdeleted' | 'undeleted' | 'edited';
	record: StoredRecord;
	/** What a changed one had before */
	before?: Record<string, unknown>;
}

/** What events call a row of the database, and what they tell about it. */
export interface EventTable {
	name: string;
	/** The column with its id */
	key: string;
	/** The columns of properties; what is missing is in other tables, whose changes raise no events */
	columns: Record<string, string | string[]>;
	/** Columns that stand beside those that the caller changed */
	stamps: string[];
	/** What FieldValues tells, and which events have it */
	fieldValues: string[];
	fieldValuesIn: string[];
	/** What Values of a deleted one tells */
	deletedValues: string[];
}

/** An event that a change raises. */
export interface RecordEvent {
	event: string;
	changes: string[];
	table: EventTable;
}

const EVENT_TABLES: Partial<Record<EntityName, EventTable[]>> = tables as object;

/** Not documented: where records that were deleted softly have it, so that undeleting changes it. */
const DELETED: Partial<Record<EntityName, string[]>> = {
	Contact: ['deleted'],
	Person: ['DeletedDate'],
	Ticket: ['status', 'ticket_status'],
};

/** The events that a change raises, with the columns that changed. A document has a row among the activities too. */
export function eventsOf(change: Change): RecordEvent[] {
	return (EVENT_TABLES[change.entity] ?? []).flatMap((table) =>
		eventsIn(table, change).map((event) => ({ ...event, table })),
	);
}

function eventsIn(table: EventTable, { entity, what, record, before = {} }: Change) {
	const changed = (columns: string[]) => [
		{ event: `${table.name}.changed`, changes: [table.key, ...columns, ...table.stamps] },
	];
	const isDeleted = what === 'deleted' || what === 'softdeleted';
	if (what === 'edited') {
		return table.name === 'document' ? [{ event: 'document.edited', changes: [] }] : [];
	}
	if (what === 'created') {
		const all = Object.values(table.columns).flat();
		const stamps = ['registered', 'registered_associate_id', ...table.stamps];
		const changes = [table.key, ...all, ...(entity === 'Ticket' ? table.stamps : stamps)];
		return [{ event: `${table.name}.created`, changes: [...new Set(changes)] }];
	}
	// A request that is deleted gets another status, and no other event.
	if (what === 'undeleted' || (isDeleted && entity === 'Ticket')) return changed(DELETED[entity]!);
	if (isDeleted) return [{ event: `${table.name}.${what}`, changes: [] }];
	const properties = Object.keys(table.columns).filter(
		(name) => !isSame(record.values[name], before[name]),
	);
	if (properties.length === 0) return [];
	const columns = [...new Set(properties.flatMap((name) => table.columns[name]!))];
	return [...changed(columns), ...(entity === 'Sale' ? milestones(record, properties) : [])];
}

/** What a sale has reached comes after sale.changed. */
function milestones({ values }: StoredRecord, changed: string[]) {
	const reached = (event: string, column: string) => ({
		event,
		changes: ['sale_id', column, 'updated', 'updated_associate_id'],
	});
	const status = String(values.Status);
	const isOver = changed.includes('Status') && ['Sold', 'Lost'].includes(status);
	const isCompleted = changed.includes('Completed') && values.Completed === 'Completed';
	return [
		...(isOver ? [reached(`sale.${status.toLowerCase()}`, 'status')] : []),
		...(isCompleted ? [reached('sale.completed', 'done')] : []),
	];
}

/** The database knows one kind of nothing in each column. */
function isSame(one: unknown, other: unknown): boolean {
	const known = (value: unknown) => JSON.stringify(value || null);
	return known(one) === known(other);
}
