import { createHash } from 'crypto';

import type { CheckedApplication } from './application';
import { lru } from './third-party/tiny-lru';

/** SuperOffice's rule for one application. */
const mostCalls = 10;
const second = 1000;
const longestSlice = 50;
const mostApplications = 1000;

/** Keeps each application's calls in this process to SuperOffice's rule: at most 10 in any second. */
export class CallRate {
	private readonly lines = lru<CallLine>(mostApplications);

	lineOf({ environment, clientSecret }: CheckedApplication): CallLine {
		const name = createHash('sha256').update(`${environment} ${clientSecret}`).digest('hex');
		const line = this.lines.get(name) ?? new CallLine();
		this.lines.set(name, line);
		return line;
	}
}

/** A call that was let through. Times in milliseconds since 1970. */
interface Call {
	sentAt: number;
	answeredAt?: number;
}

/** The line in which the calls of one application wait for their turn, first come, first served. */
export class CallLine {
	private calls: Call[] = [];

	private last: Promise<void> = Promise.resolve();

	/** @returns what to call when the answer is there */
	async enter(
		clock: () => Date,
		sleep: (milliseconds: number) => Promise<void>,
	): Promise<() => void> {
		const now = () => clock().getTime();
		const before = this.last;
		let letNextOne!: () => void;
		this.last = new Promise((resolve) => (letNextOne = resolve));
		await before;
		try {
			// Never longer than a turn can take, whatever becomes of the clock meanwhile.
			for (let slept = 0; slept < 2 * second; ) {
				const wait = this.timeToNextTurn(now());
				if (wait <= 0) break;
				const slice = Math.min(wait, longestSlice);
				await sleep(slice);
				slept += slice;
			}
			const call: Call = { sentAt: now() };
			this.calls.push(call);
			return () => (call.answeredAt = now());
		} finally {
			letNextOne();
		}
	}

	private timeToNextTurn(now: number): number {
		// One from the future was sent before the clock was set back.
		this.calls = this.calls.filter((call) => call.sentAt <= now && now < leavesAt(call));
		const { length } = this.calls;
		return length < mostCalls ? 0 : Math.min(...this.calls.map(leavesAt)) - now;
	}
}

/**
 * When a call no longer counts: a second after SuperOffice surely had it, so that no delay on the way brings more
 * calls into one second there. One that is not answered is taken to have been there after a second.
 */
function leavesAt({ sentAt, answeredAt = Infinity }: Call): number {
	return Math.min(answeredAt, sentAt + second) + second;
}
