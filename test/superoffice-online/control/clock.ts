/** The service's own clock: real time (or the given clock), moved by what a test advances it. */
export class Clock {
	private offset = 0;

	constructor(private readonly base: () => Date = () => new Date()) {}

	now(): Date {
		return new Date(this.base().getTime() + this.offset);
	}

	/** Seconds since 1970, as JWTs count them. */
	seconds(): number {
		return Math.floor(this.now().getTime() / 1000);
	}

	/** Moves the clock, backwards when negative. */
	advance(milliseconds: number): void {
		this.offset += milliseconds;
	}
}
