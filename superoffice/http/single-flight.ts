import { SuperOfficeError } from '../errors';
import type { Deadline } from './deadline';
import type { HttpSession } from './http-session';
import { timedOut } from './network-errors';

/** Work under way, and the time it has. */
interface Flight<T> {
	work: Promise<T>;
	deadline: Deadline;
}

type Work<T> = (session: HttpSession) => Promise<T>;

/**
 * Work that everyone who needs it at the same time shares, by key. It runs on a deadline of its own, and goes on when
 * a caller gives up. Success and failure are shared, and not kept.
 */
export class SingleFlight<T> {
	private readonly flights = new Map<string, Flight<T>>();

	/** @param options.isRepeatable a caller who joined work that timed out may start it again */
	constructor(private readonly options: { isRepeatable?: boolean } = {}) {}

	/**
	 * Starts the work, or joins it where it is under way, for as long as the caller has time.
	 *
	 * @param fraction how much of the remaining time may be spent on work that can be done without
	 */
	async share(key: string, caller: HttpSession, work: Work<T>, fraction = 1): Promise<T> {
		for (;;) {
			const joined = this.flights.get(key);
			const flight = joined ?? this.start(key, caller, work);
			try {
				return await caller.deadline.race(flight.work, { flight, fraction });
			} catch (error) {
				// It had begun long before this caller came.
				const mayRestart = joined !== undefined && this.options.isRepeatable;
				if (!mayRestart || !isTimeout(error) || !hasMostOfItsTime(caller)) throw error;
			}
		}
	}

	/** Starts the work once everything begun before is over, and never joins an earlier one. */
	async startNew(key: string, caller: HttpSession, work: Work<T>): Promise<T> {
		for (;;) {
			const flight = this.flights.get(key);
			if (flight === undefined) break;
			await caller.deadline.race(
				flight.work.catch(() => undefined),
				{ flight },
			);
		}
		return await this.share(key, caller, work);
	}

	isUnderWay(key: string): boolean {
		return this.flights.has(key);
	}

	private start(key: string, caller: HttpSession, work: Work<T>): Flight<T> {
		if (caller.deadline.remaining() <= 0) throw timedOut('SuperOffice');
		const session = caller.forSharedWork();
		const flight = {
			work: work(session).finally(() => this.flights.delete(key)),
			deadline: session.deadline,
		};
		this.flights.set(key, flight);
		return flight;
	}
}

function isTimeout(error: unknown): boolean {
	return error instanceof SuperOfficeError && error.code === 'TIMEOUT';
}

function hasMostOfItsTime({ deadline }: HttpSession): boolean {
	return deadline.remaining() > deadline.timeout / 2;
}
