/** What people change at SuperOffice, and whether the sync has got it. Times are minutes since midnight. */
export class Changes {
	made = 0;

	/** From a change until the sync had it. */
	longestWait = 0;

	/** When those were made that the next sync that went well has not got. */
	readonly missed: number[] = [];

	/** When each company was changed since the last sync that went well: first and last. */
	private readonly waiting = new Map<number, { first: number; last: number }>();

	make(contactId: number, at: number): void {
		this.made += 1;
		const { first } = this.waiting.get(contactId) ?? { first: at };
		this.waiting.set(contactId, { first, last: at });
	}

	/** Takes note of what a sync that went well has got: when each company was changed. */
	sync(changedAt: Map<number, number>, at: number): void {
		for (const [contactId, { first, last }] of this.waiting) {
			if ((changedAt.get(contactId) ?? -Infinity) < last) this.missed.push(last);
			else this.longestWait = Math.max(this.longestWait, at - first);
		}
		this.waiting.clear();
	}

	/** How many no sync has gone well after. */
	get left(): number {
		return this.waiting.size;
	}
}
