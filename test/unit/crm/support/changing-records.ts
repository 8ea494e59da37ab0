import type { ChangeWindow, ReadWindow } from '../../../../superoffice/crm/changes-since';

/** A record, and how often it has been changed. */
export interface ModelRecord {
	id: number;
	created: number;
	updated: number;
	version: number;
}

/** Records that change, each with the whole second of its change as SuperOffice writes it. */
export class ChangingRecords {
	readonly records = new Map<number, ModelRecord>();

	/** How many windows have been read */
	reads = 0;

	private pending: Array<{ visibleAt: number; apply: () => void }> = [];

	/** @param late how many milliseconds after its time it can be seen */
	create(id: number, time: number, late = 0): void {
		const stamp = secondOf(time);
		this.change(time + late, () =>
			this.records.set(id, { id, created: stamp, updated: stamp, version: 1 }),
		);
	}

	update(id: number, time: number, late = 0): void {
		this.change(time + late, () => {
			const record = this.records.get(id);
			if (record === undefined) return;
			this.records.set(id, { ...record, updated: secondOf(time), version: record.version + 1 });
		});
	}

	/** Lets the time pass until then. */
	pass(time: number): void {
		const due = this.pending.filter(({ visibleAt }) => visibleAt <= time);
		this.pending = this.pending.filter((change) => !due.includes(change));
		due.sort((one, other) => one.visibleAt - other.visibleAt).forEach(({ apply }) => apply());
	}

	/** @param during what happens after a record has been read */
	reader(during: (id: number) => void = () => undefined): ReadWindow<ModelRecord> {
		const { records } = this;
		return async function* (this: ChangingRecords, window: ChangeWindow) {
			const { from, to = Infinity, afterId = 0 } = window;
			this.reads += 1;
			const isIn = (time: number) => time >= from && time < to;
			for (let last = afterId; ; ) {
				const next = [...records.values()]
					.filter(({ id, created, updated }) => id > last && (isIn(created) || isIn(updated)))
					.sort((one, other) => one.id - other.id)[0];
				if (next === undefined) return;
				last = next.id;
				yield next;
				during(last);
			}
		}.bind(this);
	}

	private change(visibleAt: number, apply: () => void): void {
		this.pending.push({ visibleAt, apply });
	}
}

export function secondOf(time: number): number {
	return Math.floor(time / 1000) * 1000;
}
