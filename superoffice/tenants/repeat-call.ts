import { SuperOfficeError } from '../errors';
import { serviceTime } from '../http/clock-skew';
import type { RateLimitQueue } from '../http/rate-limiter';

/** Tries of a call that failed, and of one that SuperOffice asked to come back with later. */
const maxTries = 3;
const maxTriesWhenBusy = 8;
const firstDelay = 500;
/** The longest that SuperOffice's wish to wait is followed, in milliseconds. */
const longestWait = 5 * 60_000;

export interface RepeatOptions {
	/** Where each try waits for its turn. */
	queue: RateLimitQueue;
	sleep(milliseconds: number): Promise<void>;
	/** Whether doing it twice comes to the same as doing it once. */
	isIdempotent: boolean;
	/** Ends it between two tries. */
	signal?: AbortSignal;
}

export interface Answer {
	status: number;
	/** Names in lower case. */
	headers: Record<string, unknown>;
}

/**
 * Makes a call, and makes it again after a failure that may pass: where it is sure that SuperOffice has not done it
 * (status 429, no connection), and after others if it may be done twice.
 *
 * @param send one try; throws a SuperOfficeError where no answer came
 * @returns the last answer, whatever its status
 * @throws whatever the last try ended in
 */
export async function repeatCall<T extends Answer>(
	send: () => Promise<T>,
	{ queue, sleep, isIdempotent, signal }: RepeatOptions,
): Promise<T> {
	const tries = { busy: 0, failed: 0 };
	for (;;) {
		signal?.throwIfAborted();
		const setAnswered = await queue.enter(sleep);
		let outcome: { answer: T } | { error: unknown };
		try {
			signal?.throwIfAborted();
			outcome = await send().then(
				(answer) => ({ answer }),
				(error: unknown) => ({ error }),
			);
		} finally {
			setAnswered();
		}
		const isBusy = 'answer' in outcome && outcome.answer.status === 429;
		const mayRepeat = isBusy || mayPass(outcome, isIdempotent);
		const number = (tries[isBusy ? 'busy' : 'failed'] += 1);
		const delay = delayFor(outcome, number);
		const isLast = number >= (isBusy ? maxTriesWhenBusy : maxTries) || delay > longestWait;
		if (!mayRepeat || isLast || signal?.aborted) {
			if ('error' in outcome) throw outcome.error;
			return outcome.answer;
		}
		// The limit is on all calls of the application, so all that wait in the queue would be turned down as well.
		if (isBusy) queue.pause(delay);
		// Spread out, so that those who failed together do not come back together.
		await sleep(delay + (Math.random() * firstDelay) / 2);
	}
}

function mayPass(outcome: { answer: Answer } | { error: unknown }, isIdempotent: boolean): boolean {
	if ('answer' in outcome) {
		const { status } = outcome.answer;
		return isIdempotent && status >= 500 && status !== 501;
	}
	const { error } = outcome;
	if (!(error instanceof SuperOfficeError)) return false;
	return error.outcomeUnknown ? isIdempotent : error.code === 'UNREACHABLE';
}

/** Milliseconds: as many as SuperOffice asks for, else more with each try. */
function delayFor(outcome: { answer: Answer } | { error: unknown }, number: number): number {
	const usual = firstDelay * 2 ** (number - 1);
	const headers = 'answer' in outcome ? outcome.answer.headers : {};
	const value = headers['retry-after'];
	if (typeof value !== 'string') return usual;
	// A date is by SuperOffice's own clock.
	const now = serviceTime({ headers }) ?? Date.now();
	const delay = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
	return Number.isNaN(delay) ? usual : Math.max(0, delay);
}
