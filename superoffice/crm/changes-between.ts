import { archiveRows } from './archive-rows';
import type { CrmSession } from './crm-session';
import type { Entity } from './entity';

/** A record that was created or changed in some time. */
export interface RecordChange {
	id: number;
	created?: string;
	updated?: string;
	/** Whether it was created in that time. */
	isCreated: boolean;
	/** Whether it was last changed in that time, other than by creating it. */
	isChanged: boolean;
}

const day = 24 * 60 * 60_000;

/** The records of a kind that were created or last changed in some time, both ends included. */
export async function* changesBetween(
	session: CrmSession,
	entity: Entity,
	{ from, to }: { from: string; to: string },
): AsyncGenerator<RecordChange> {
	const { created, updated } = timeColumns(entity);
	const { provider, primaryKey, entities } = entity.archive;
	// The columns compare days, of whichever time zone; what time it was is in the rows. They have whole seconds.
	const dayBefore = new Date(Date.parse(from) - 2 * day).toISOString().slice(0, 10);
	const since = `after '${dayBefore}'`;
	const rows = archiveRows(session, {
		provider,
		primaryKey,
		entities,
		columns: [created, updated],
		filter: `(${updated} ${since}) or (${created} ${since})`,
	});
	const isWithin = (time: string) =>
		Date.parse(time) >= Math.floor(Date.parse(from) / 1000) * 1000 &&
		Date.parse(time) <= Date.parse(to);
	for await (const row of rows) {
		const times = { created: String(row[created] ?? ''), updated: String(row[updated] ?? '') };
		const isCreated = isWithin(times.created);
		const isChanged = isWithin(times.updated) && times.updated !== times.created;
		if (!isCreated && !isChanged) continue;
		yield { id: Number(row[primaryKey] ?? row.PrimaryKey), ...times, isCreated, isChanged };
	}
}

/** The columns with the times when a record was created and last changed. */
export function timeColumns({ fields }: Entity): { created: string; updated: string } {
	const column = (ids: string[]) => fields.find(({ id }) => ids.includes(id))!.column!;
	return {
		created: column(['CreatedDate', 'CreatedAt']),
		updated: column(['UpdatedDate', 'LastChanged']),
	};
}
