import type { EntityName, StoredRecord, TenantDatabase } from '../store';

/** A record in a selection. */
export interface Member {
	/** Of the membership, not of the record */
	id: number;
	entity: EntityName;
	recordId: number;
}

/** Which records are in which selections. */
export class SelectionMembers {
	private readonly members = new Map<number, Member[]>();
	private lastId = 0;

	/** In the order they were added. */
	of(selectionId: number): readonly Member[] {
		return this.members.get(selectionId) ?? [];
	}

	/** Adds those that are not in it yet. */
	add(selectionId: number, entity: EntityName, ids: readonly number[]): void {
		const members = [...this.of(selectionId)];
		const known = new Set(members.filter((one) => one.entity === entity).map(recordIdOf));
		for (const recordId of new Set(ids)) {
			if (!known.has(recordId)) members.push({ id: (this.lastId += 1), entity, recordId });
		}
		this.members.set(selectionId, members);
	}

	remove(selectionId: number, entity: EntityName, ids: readonly number[]): void {
		const gone = new Set(ids);
		const stays = (member: Member) => member.entity !== entity || !gone.has(member.recordId);
		this.members.set(selectionId, this.of(selectionId).filter(stays));
	}

	/** Rows for an archive of members that are companies and persons. */
	rows(database: TenantDatabase): StoredRecord[] {
		const selections = database.all('Selection').filter(({ id }) => this.members.has(id));
		return selections.flatMap((selection) =>
			this.of(selection.id).flatMap(({ id, entity, recordId }) => {
				const record = database.find(entity, recordId);
				if (!record || !['Contact', 'Person'].includes(entity)) return [];
				const isPerson = entity === 'Person';
				const values = {
					Selection: selection.id,
					SelectionType: selection.values.SelectionType,
					Contact: isPerson ? record.values.Contact : recordId,
					Person: isPerson ? recordId : 0,
				};
				return { ...record, id, values, customFields: {} };
			}),
		);
	}
}

const recordIdOf = ({ recordId }: Member) => recordId;
