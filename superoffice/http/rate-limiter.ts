import { createHash } from 'crypto';

import { lru } from '../third-party/tiny-lru';

/** SuperOffice's rule for one application. */
const maxCalls = 10;
const second = 1000;
/** How long a call that is not answered may be on its way. */
const longestTravel = 2 * second;
/** How long a call can count. */
const longestWait = longestTravel + second;
const maxApplications = 1000;

/** Keeps each application's calls in this process to SuperOffice's rule: at most 10 in any second. */
export class RateLimiter {
	private readonly queues = lru<RateLimitQueue>(maxApplications);

	queueFor(application: { environment: string; clientSecret: string }): RateLimitQueue {
		const { environment, clientSecret } = application;
		const key = createHash('sha256').update(`${environment} ${clientSecret}`).digest('hex');
		const queue = this.queues.get(key) ?? new RateLimitQueue();
		this.queues.set(key, queue);
		return queue;
	}
}

/** A call that was let through. Times are milliseconds by the monotonic clock. */
interface Call {
	sentAt: number;
	answeredAt?: number;
}

/** Where the calls of one application wait for their turn, first come, first served. */
export class RateLimitQueue {
	private calls: Call[] = [];

	private last: Promise<void> = Promise.resolve();

	private tellAnswered: () => void = () => undefined;

	/** @returns what to call when the answer has arrived */
	async enter(sleep: (milliseconds: number) => Promise<void>): Promise<() => void> {
		const previous = this.last;
		let letNextIn!: () => void;
		this.last = new Promise((resolve) => (letNextIn = resolve));
		await previous;
		try {
			await this.waitForRoom(sleep);
			const call: Call = { sentAt: performance.now() };
			this.calls.push(call);
			return () => {
				call.answeredAt = performance.now();
				this.tellAnswered();
			};
		} finally {
			letNextIn();
		}
	}

	private async waitForRoom(sleep: (milliseconds: number) => Promise<void>): Promise<void> {
		for (let slept = 0; slept < longestWait; ) {
			const wait = this.timeToNextTurn();
			if (wait <= 0) return;
			// An answer can bring the next turn forward.
			const answered = new Promise<boolean>((resolve) => {
				this.tellAnswered = () => resolve(true);
			});
			const wasAnswered = await Promise.race([answered, sleep(wait)]);
			if (!wasAnswered) slept += wait;
		}
	}

	private timeToNextTurn(): number {
		const now = performance.now();
		this.calls = this.calls.filter((call) => now < leavesAt(call));
		return this.calls.length < maxCalls ? 0 : Math.min(...this.calls.map(leavesAt)) - now;
	}
}

/**
 * When a call no longer counts: a second after SuperOffice surely had it, so that no delay on the way brings more
 * calls into one second there.
 */
function leavesAt({ sentAt, answeredAt = Infinity }: Call): number {
	return Math.min(answeredAt, sentAt + longestTravel) + second;
}
