import type { EventBody } from './deliveries';

/** The events on their way to one webhook, until it is stopped. */
export class Lane {
	/** In the order of their turns */
	readonly waiting: EventBody[] = [];
	/** How many have had their turn, and are not over */
	running = 0;
	/** Nothing of it is sent any more */
	isOver = false;
	private readonly sleepers = new Set<() => void>();

	/** Resolves after a time, or at once when the lane is over. */
	async sleep(milliseconds: number, after: (time: number, action: () => void) => void) {
		await new Promise<void>((resolve) => {
			const wake = () => {
				this.sleepers.delete(wake);
				resolve();
			};
			this.sleepers.add(wake);
			after(milliseconds, wake);
		});
	}

	/** @returns how many events never had their turn */
	end(): number {
		this.isOver = true;
		for (const wake of [...this.sleepers]) wake();
		return this.waiting.splice(0).length;
	}
}
