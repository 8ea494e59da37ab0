import { SuperOfficeError } from './errors';
import type { HttpSession } from './http-session';

interface Flight<T> {
	work: Promise<T>;
	starter: HttpSession;
}

/** Work under way, by name: whoever needs the same joins it. Success and failure are shared, and not kept. */
export class SingleFlight<T> {
	private readonly flights = new Map<string, Flight<T>>();

	/**
	 * Starts the work, or joins it where it is under way: then for as long as one's own time lasts.
	 *
	 * @param http the session that the work sends with
	 */
	async share(name: string, http: HttpSession, work: () => Promise<T>): Promise<T> {
		for (;;) {
			const flight = this.flights.get(name);
			if (flight === undefined) return await this.start(name, http, work);
			try {
				return await http.join(flight.work, flight.starter);
			} catch (error) {
				// Whoever began it was in a greater hurry.
				if (isTimeout(error) && http.hasMostOfItsTime()) continue;
				throw error;
			}
		}
	}

	/** Starts the work after all that was begun before, and joins none of it. */
	async begin(name: string, http: HttpSession, work: () => Promise<T>): Promise<T> {
		for (;;) {
			const flight = this.flights.get(name);
			if (flight === undefined) return await this.start(name, http, work);
			await http.join(
				flight.work.catch(() => undefined),
				flight.starter,
			);
		}
	}

	isUnderWay(name: string): boolean {
		return this.flights.has(name);
	}

	private async start(name: string, http: HttpSession, work: () => Promise<T>): Promise<T> {
		const started = work().finally(() => this.flights.delete(name));
		this.flights.set(name, { work: started, starter: http });
		return await started;
	}
}

function isTimeout(error: unknown): boolean {
	return error instanceof SuperOfficeError && error.code === 'TIMEOUT';
}
