import { changedRecords } from './changed-records';
import type { CrmSession } from './crm-session';
import type { Entity } from './entity';

/** A record that was created or changed in some time. */
export interface RecordChange {
	id: number;
	/** When, in milliseconds since 1970, by SuperOffice's clock. */
	created?: number;
	updated?: number;
	/** Whether it was created in that time. */
	isCreated: boolean;
	/** Whether it was last changed in that time, other than by creating it. */
	isChanged: boolean;
}

const second = 1000;

/**
 * The records of a kind that were created or last changed in some time, in milliseconds since 1970. SuperOffice gives whole
 * seconds: of the first one, all of it is included.
 */
export async function* changesBetween(
	session: CrmSession,
	entity: Entity,
	{ from, to }: { from: number; to: number },
): AsyncGenerator<RecordChange> {
	const start = Math.floor(from / second) * second;
	const isWithin = (time = NaN) => time >= start && time <= to;
	const query = { entity, triggerOn: 'createdOrUpdated', columns: [], filter: '' } as const;
	const read = changedRecords(session, query);
	for await (const { id, created, updated } of read({ from: start, to: to + second })) {
		const isCreated = isWithin(created);
		const isChanged = isWithin(updated) && updated !== created;
		if (isCreated || isChanged) yield { id, created, updated, isCreated, isChanged };
	}
}
