import type { Deadline } from './deadline';
import type { HttpSession } from './http-session';

/** Work under way, and the time it has. */
interface Flight<T> {
	work: Promise<T>;
	deadline: Deadline;
}

/**
 * Work that everyone who needs it at the same time shares, by key. It runs on a deadline of its own, and goes on when
 * a caller gives up. Success and failure are shared, and not kept.
 */
export class SingleFlight<T> {
	private readonly flights = new Map<string, Flight<T>>();

	/**
	 * Starts the work, or joins it where it is under way, for as long as the caller has time.
	 *
	 * @param shareOfTime how much of that time may be spent on work that can be done without
	 */
	async share(
		key: string,
		caller: HttpSession,
		work: (session: HttpSession) => Promise<T>,
		shareOfTime = 1,
	): Promise<T> {
		const flight = this.flights.get(key) ?? this.start(key, caller, work);
		return await caller.deadline.race(flight.work, flight, shareOfTime);
	}

	/** Starts the work once everything begun before is over, and joins none of that. */
	async startNew(
		key: string,
		caller: HttpSession,
		work: (session: HttpSession) => Promise<T>,
	): Promise<T> {
		for (;;) {
			const flight = this.flights.get(key);
			if (flight === undefined) break;
			await caller.deadline.race(
				flight.work.catch(() => undefined),
				flight,
			);
		}
		return await this.share(key, caller, work);
	}

	isUnderWay(key: string): boolean {
		return this.flights.has(key);
	}

	private start(
		key: string,
		caller: HttpSession,
		work: (session: HttpSession) => Promise<T>,
	): Flight<T> {
		const session = caller.forSharedWork();
		const flight = {
			work: work(session).finally(() => this.flights.delete(key)),
			deadline: session.deadline,
		};
		this.flights.set(key, flight);
		return flight;
	}
}
