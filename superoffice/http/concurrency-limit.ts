/** Lets a limited number of calls be under way at once; the others wait, first come, first served. */
export class ConcurrencyLimit {
	private readonly waiting: Array<() => void> = [];

	constructor(private places: number) {}

	/** @returns what to call, once, when the call is over: its place goes to the next */
	async enter(): Promise<() => void> {
		if (this.places > 0) this.places -= 1;
		else await new Promise<void>((resolve) => this.waiting.push(resolve));
		return () => {
			const letNextIn = this.waiting.shift();
			if (letNextIn === undefined) this.places += 1;
			else letNextIn();
		};
	}
}
