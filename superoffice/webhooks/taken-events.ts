/** How many ids are kept in memory, for one webhook. */
const mostTaken = 2000;

/** The ids of the events that were taken lately: SuperOffice sends an event again when it has missed the answer. */
export class TakenEvents {
	/** When each was taken, in milliseconds of `performance.now()`; the oldest comes first. */
	private readonly taken = new Map<string, number>();

	/** Takes an event, unless it was taken before. */
	take(eventId: string): boolean {
		if (this.taken.has(eventId)) return false;
		this.taken.set(eventId, performance.now());
		if (this.taken.size > mostTaken) this.taken.delete(this.taken.keys().next().value!);
		return true;
	}

	/** Milliseconds since it was taken; undefined if another process took it. */
	ageOf(eventId: string): number | undefined {
		const taken = this.taken.get(eventId);
		return taken === undefined ? undefined : performance.now() - taken;
	}

	/** The newest, oldest first. */
	newest(count: number): string[] {
		return [...this.taken.keys()].slice(-count);
	}
}
