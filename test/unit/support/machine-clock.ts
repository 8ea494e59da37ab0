import type { ServiceWithHttp } from './library';

/** This machine's clock, as the library is handed it: it shows the service's time, and stands still unless moved. */
export interface MachineClock {
	clock(): Date;
	/** Lets time pass here and at the service. */
	later(milliseconds: number): void;
	/** Moves this machine's clock alone, ahead or (below 0) back. */
	shift(milliseconds: number): void;
}

export function useMachineClock(service: ServiceWithHttp): MachineClock {
	let now: number;
	beforeEach(() => {
		now = service.online.now().getTime();
	});
	const shift = (milliseconds: number) => {
		now += milliseconds;
	};
	return {
		clock: () => new Date(now),
		later: (milliseconds) => {
			shift(milliseconds);
			service.online.advance(milliseconds);
		},
		shift,
	};
}
