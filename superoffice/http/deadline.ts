import { SuperOfficeError } from '../errors';
import { timedOut } from './network-errors';

export const defaultTimeout = 30_000;
/** The longest delay that Node's timers take, about 25 days. */
const maxDelay = 2 ** 31 - 1;

/** An allowance of time, kept by the monotonic clock: setting the machine's clock neither stretches nor cuts it. */
export class Deadline {
	/** Milliseconds that there were at the start. */
	readonly timeout: number;

	private expiresAt: number;

	/** Milliseconds that did not count so far. */
	private excluded = 0;

	private pausedAt?: number;

	private pause?: Promise<unknown>;

	private host = 'SuperOffice';

	private joined?: Deadline;

	/** @param timeout milliseconds, above 0 */
	constructor(timeout = defaultTimeout) {
		if (!(timeout > 0)) {
			throw new SuperOfficeError(
				'INVALID_INPUT',
				'Timeout must be a number of milliseconds above 0.',
				`Enter how long getting one ticket may take, for example ${defaultTimeout}.`,
			);
		}
		this.timeout = Math.min(timeout, maxDelay);
		this.expiresAt = performance.now() + this.timeout;
	}

	/** Milliseconds; not above 0 when the time is up. */
	remaining(): number {
		return this.expiresAt - performance.now();
	}

	/** Waits for something without it counting against the time. */
	async exclude<T>(wait: Promise<T>): Promise<T> {
		this.pause = wait;
		this.pausedAt = performance.now();
		try {
			return await wait;
		} finally {
			this.extend(performance.now() - this.pausedAt);
			this.pause = this.pausedAt = undefined;
		}
	}

	/**
	 * The signal for one request: aborts after that many milliseconds.
	 *
	 * @param host named if the time runs out
	 */
	signalFor(host: string, milliseconds: number): AbortSignal {
		this.host = host;
		return timeoutSignal(milliseconds);
	}

	/**
	 * Waits for work, but no longer than the time allows.
	 *
	 * @param flight.deadline what the work runs on, where it has time of its own: while that is paused, this one's time
	 * does not count either
	 * @param share of the time that is left, for work that can be done without
	 * @throws SuperOfficeError `TIMEOUT`, or whatever the work ends in
	 */
	async race<T>(work: Promise<T>, flight?: { deadline: Deadline }, share = 1): Promise<T> {
		const result = work.then((value) => ({ value }));
		const reserve = this.remaining() * (1 - share);
		const other = flight?.deadline;
		let counted = other?.excludedSoFar() ?? 0;
		this.joined = other;
		try {
			for (;;) {
				const pauseOver = other?.pause?.then(none, none);
				const timeUp = pauseOver ?? aborted(timeoutSignal(this.remaining() - reserve));
				const outcome = await Promise.race([result, timeUp]);
				if (outcome !== undefined) return outcome.value;
				const excluded = other?.excludedSoFar() ?? 0;
				this.extend(excluded - counted);
				counted = excluded;
				if (this.remaining() <= reserve) throw timedOut(this.waitingFor);
			}
		} finally {
			this.joined = undefined;
		}
	}

	/** Whose answer is being waited for. */
	private get waitingFor(): string {
		return this.joined?.waitingFor ?? this.host;
	}

	private extend(milliseconds: number): void {
		this.expiresAt += milliseconds;
		this.excluded += milliseconds;
	}

	private excludedSoFar(): number {
		const now = performance.now();
		return this.excluded + now - (this.pausedAt ?? now);
	}
}

const none = () => undefined;

function timeoutSignal(milliseconds: number): AbortSignal {
	return AbortSignal.timeout(Math.max(Math.ceil(milliseconds), 0));
}

/** Resolves when a signal aborts. */
export async function aborted(signal: AbortSignal): Promise<undefined> {
	await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}
