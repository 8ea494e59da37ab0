/** The service's own clock: real time (or a given clock), plus whatever a test has advanced it by. */
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

	/** Moves the clock; backward if negative. */
	advance(milliseconds: number): void {
		this.offset += milliseconds;
	}
}
