import { createHash } from 'crypto';

import { ConcurrencyLimit } from './concurrency-limit';

/** SuperOffice's rule for one application at one tenant; its login host is asked no more often either. */
const maxCalls = 10;
const second = 1000;
/** How long a call that is not answered may be on its way. */
const longestTravel = 2 * second;
/** How long a call can count. */
const longestWait = longestTravel + second;
/**
 * How many calls may be under way at once. One that hangs holds up the others only where 20 do, and then no longer than
 * until it times out.
 */
const maxUnderWay = 20;
/** How many of them to the login hosts, so that one that hangs does not keep living tickets from being checked. */
const maxLoginsUnderWay = 15;
/** From this many queues on, those not in use are dropped now and then. */
const manyQueues = 1000;

type Sleep = (milliseconds: number) => Promise<void>;

/** Where calls wait for their turn, first come, first served. */
export interface RateLimitQueue {
	/** @returns what to call, once, when the answer has arrived or is no longer waited for */
	enter(sleep: Sleep): Promise<() => void>;
	/** Lets nothing in for that many milliseconds: SuperOffice asked for it. */
	pause(milliseconds: number): void;
}

interface Application {
	environment: string;
	clientSecret: string;
}

/**
 * Keeps this process to SuperOffice's rule, at most 10 calls in any second: of each application to the login host, and
 * of each application to each tenant. Of all these calls, at most 20 are under way at once.
 */
export class RateLimiter {
	private readonly queues = new Map<string, CallQueue>();

	private readonly underWay = new ConcurrencyLimit(maxUnderWay);

	private readonly loginsUnderWay = new ConcurrencyLimit(maxLoginsUnderWay);

	private queuesBeforeSweep = manyQueues;

	/** For calls to the login host, whichever tenant they are about. */
	loginQueue({ environment, clientSecret }: Application): RateLimitQueue {
		return this.queueOf([environment, clientSecret], [this.loginsUnderWay, this.underWay]);
	}

	/** For calls to a tenant's own host. */
	tenantQueue(application: Application & { contextIdentifier: string }): RateLimitQueue {
		const { environment, clientSecret, contextIdentifier } = application;
		return this.queueOf([environment, clientSecret, contextIdentifier], [this.underWay]);
	}

	/** Looks the queue up when a call enters, so that whoever kept the answer for long still enters the right one. */
	private queueOf(parts: string[], limits: ConcurrencyLimit[]): RateLimitQueue {
		const key = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
		const queue = () => this.queues.get(key) ?? this.addQueue(key, limits);
		return {
			enter: async (sleep) => await queue().enter(sleep),
			pause: (milliseconds) => queue().pause(milliseconds),
		};
	}

	private addQueue(key: string, limits: ConcurrencyLimit[]): CallQueue {
		if (this.queues.size >= this.queuesBeforeSweep) this.dropIdleQueues();
		const queue = new CallQueue(limits);
		this.queues.set(key, queue);
		return queue;
	}

	/** An idle queue is as good as a new one. One in use must stay: a second one beside it would break the limit. */
	private dropIdleQueues(): void {
		for (const [key, queue] of this.queues) if (queue.isIdle()) this.queues.delete(key);
		this.queuesBeforeSweep = Math.max(manyQueues, 2 * this.queues.size);
	}
}

/** A call that was let through. Times are milliseconds by the monotonic clock. */
interface Call {
	sentAt: number;
	answeredAt?: number;
}

/** The calls that share one limit. */
class CallQueue implements RateLimitQueue {
	private calls: Call[] = [];

	private waiting = 0;

	private pausedUntil = 0;

	private last: Promise<void> = Promise.resolve();

	private tellAnswered: () => void = () => undefined;

	/** @param limits on how many of its calls, and others, are under way at once */
	constructor(private readonly limits: ConcurrencyLimit[]) {}

	async enter(sleep: Sleep): Promise<() => void> {
		this.waiting += 1;
		const previous = this.last;
		let letNextIn!: () => void;
		this.last = new Promise((resolve) => (letNextIn = resolve));
		await previous;
		try {
			await this.waitForTurn(sleep);
			// Only now: while it waits for its turn, it must not take another call's place.
			const leaves: Array<() => void> = [];
			for (const limit of this.limits) leaves.push(await limit.enter());
			const call: Call = { sentAt: performance.now() };
			this.calls.push(call);
			return () => {
				call.answeredAt = performance.now();
				for (const leave of leaves) leave();
				this.tellAnswered();
			};
		} finally {
			this.waiting -= 1;
			letNextIn();
		}
	}

	pause(milliseconds: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, performance.now() + milliseconds);
	}

	/** Whether nothing waits in it or counts any more. */
	isIdle(): boolean {
		const isPaused = performance.now() < this.pausedUntil;
		return this.waiting === 0 && !isPaused && this.callsThatCount().length === 0;
	}

	private async waitForTurn(sleep: Sleep): Promise<void> {
		await this.waitForPause(sleep);
		await this.waitForRoom(sleep);
		// SuperOffice may have asked for a pause in the meantime.
		await this.waitForPause(sleep);
	}

	private async waitForPause(sleep: Sleep): Promise<void> {
		for (let until = 0; until < this.pausedUntil; ) {
			until = this.pausedUntil;
			const pause = until - performance.now();
			if (pause > 0) await sleep(pause);
		}
	}

	private async waitForRoom(sleep: Sleep): Promise<void> {
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
		const calls = this.callsThatCount(now);
		return calls.length < maxCalls ? 0 : Math.min(...calls.map(leavesAt)) - now;
	}

	private callsThatCount(now = performance.now()): Call[] {
		this.calls = this.calls.filter((call) => now < leavesAt(call));
		return this.calls;
	}
}

/**
 * When a call no longer counts: a second after SuperOffice surely had it, so that no delay on the way brings more
 * calls into one second there.
 */
function leavesAt({ sentAt, answeredAt = Infinity }: Call): number {
	return Math.min(answeredAt, sentAt + longestTravel) + second;
}
