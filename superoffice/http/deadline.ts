import { SuperOfficeError } from '../errors';
import { timedOut } from './network-errors';

export const defaultTimeout = 30_000;
/** The longest delay that Node's timers take, about 25 days. */
const maxDelay = 2 ** 31 - 1;

interface RaceOptions {
	flight?: { deadline: Deadline };
	fraction?: number;
	host?: string;
}

/**
 * An allowance of time for calls that follow one another. It goes by the monotonic clock: setting the machine's clock
 * neither stretches nor cuts it.
 */
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
				`Enter how many milliseconds it may take, for example ${defaultTimeout}.`,
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
		const start = performance.now();
		this.pause = wait;
		this.pausedAt = start;
		try {
			return await wait;
		} finally {
			this.extend(performance.now() - start);
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
	 * @param options.flight work with a deadline of its own: while that is paused, this one's time does not count either
	 * @param options.fraction how much of the remaining time may be spent on work that can be done without
	 * @param options.host named if the time runs out
	 * @throws SuperOfficeError `TIMEOUT`, or whatever the work ends in
	 */
	async race<T>(
		work: Promise<T>,
		{ flight, fraction = 1, host = this.host }: RaceOptions = {},
	): Promise<T> {
		const result = work.then((value) => ({ value }));
		const reserve = this.remaining() * (1 - fraction);
		const other = flight?.deadline;
		let counted = other?.excludedSoFar() ?? 0;
		this.host = host;
		this.joined = other;
		try {
			for (;;) {
				const pauseOver = other?.pause?.then(noop, noop);
				const outcome = await (pauseOver === undefined
					? raceSignal(result, timeoutSignal(this.remaining() - reserve))
					: Promise.race([result, pauseOver]));
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

const noop = () => undefined;

function timeoutSignal(milliseconds: number): AbortSignal {
	return AbortSignal.timeout(Math.max(Math.ceil(milliseconds), 0));
}

/** What comes of the work, or `undefined` if the signal aborts first. Nothing is kept until the signal does. */
export async function raceSignal<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
	let abort!: () => void;
	const aborted = new Promise<undefined>((resolve) => (abort = () => resolve(undefined)));
	signal.addEventListener('abort', abort);
	try {
		return await Promise.race([work, aborted]);
	} finally {
		signal.removeEventListener('abort', abort);
	}
}
