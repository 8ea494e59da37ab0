import { joinFilters } from './archive-filter';
import { archiveRows, type ArchiveRow } from './archive-rows';
import {
	changeTime,
	type ChangeWindow,
	type DatedRecord,
	type ReadWindow,
	type TriggerOn,
} from './changes-since';
import type { CrmSession } from './crm-session';
import { fromWire } from './dates';
import type { Entity } from './entity';

export interface ChangeQuery {
	entity: Entity;
	triggerOn: TriggerOn;
	columns: readonly string[];
	/** OData text; empty for none. */
	filter: string;
}

/** A record, with its row in the archive: the columns asked for, and those with its times. */
export interface ChangedRecord extends DatedRecord {
	row: ArchiveRow;
}

const second = 1000;
const hour = 60 * 60 * second;

/** A function that reads the records that were made or changed in some time. */
export function changedRecords(session: CrmSession, query: ChangeQuery): ReadWindow<ChangedRecord> {
	return async function* (window) {
		const filter = joinFilters([query.filter, windowFilter(query, window)], 'and');
		for await (const row of archiveRows(session, { ...archiveOf(query), filter })) {
			yield toRecord(query, row);
		}
	};
}

/** The record that was made or changed last; `undefined` if there is none. */
export async function newestRecord(
	session: CrmSession,
	query: ChangeQuery,
): Promise<ChangedRecord | undefined> {
	const { filter, triggerOn } = query;
	let newest: ChangedRecord | undefined;
	// What is not set comes last. Of a record that was never changed, the time of its last change may not be set.
	for (const column of timesOf(query)) {
		const latest = { ...archiveOf(query), filter, orderBy: `${column} desc`, limit: 1 };
		for await (const row of archiveRows(session, latest)) {
			const record = toRecord(query, row);
			const time = changeTime(record, triggerOn) ?? -Infinity;
			if (newest === undefined || time > changeTime(newest, triggerOn)!) newest = record;
		}
	}
	return newest;
}

/** The columns with the times when a record was created and last changed. */
function timeColumns({ fields }: Entity): { created: string; updated: string } {
	const column = (ids: string[]) => fields.find(({ id }) => ids.includes(id))!.column!;
	return {
		created: column(['CreatedDate', 'CreatedAt']),
		updated: column(['UpdatedDate', 'LastChanged']),
	};
}

function archiveOf({ entity, columns }: ChangeQuery) {
	const { created, updated } = timeColumns(entity);
	const { provider, primaryKey, entities } = entity.archive;
	return { provider, primaryKey, entities, columns: [...columns, created, updated] };
}

function timesOf({ entity, triggerOn }: ChangeQuery): string[] {
	const { created, updated } = timeColumns(entity);
	if (triggerOn === 'createdOrUpdated') return [updated, created];
	return triggerOn === 'created' ? [created] : [updated];
}

/**
 * Lets more through than there is in the window: SuperOffice compares seconds, and the times of requests as its own
 * clock shows them, which may be 12 hours behind UTC and 14 ahead.
 */
function windowFilter(query: ChangeQuery, { from, to, afterId }: ChangeWindow): string {
	const isLocal = query.entity.name === 'Ticket';
	const [behind, ahead] = isLocal ? [12 * hour, 14 * hour] : [0, 0];
	const since = wire(from - second - behind);
	const parts = timesOf(query).map((column) => {
		const start = `${column} afterTime '${since}'`;
		return to === undefined ? start : `${start} and ${column} beforeTime '${wire(to + ahead)}'`;
	});
	const key = afterId === undefined ? '' : `${query.entity.archive.primaryKey} greater ${afterId}`;
	return joinFilters([joinFilters(parts, 'or'), key], 'and');
}

function toRecord({ entity }: ChangeQuery, row: ArchiveRow): ChangedRecord {
	const { created, updated } = timeColumns(entity);
	return {
		id: Number(row[entity.archive.primaryKey] ?? row.PrimaryKey),
		created: timeIn(row[created]),
		updated: timeIn(row[updated]),
		row,
	};
}

function timeIn(value: unknown): number | undefined {
	const time = Date.parse(fromWire(value as string));
	return Number.isNaN(time) ? undefined : time;
}

function wire(time: number): string {
	return new Date(time).toISOString().slice(0, 19);
}
