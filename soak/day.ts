/** Goes through the day. */
import { causes, isActive, type Cause } from './causes';
import type { Memory } from './messages';
import { minuteOf, textOf } from './times';
import type { World } from './world';

const interval = 5;
const day = 24 * 60;
const hour = 60;

/** Every 5 minutes for a day, and for an hour after a night without a run. */
const schedule = [...every(interval, 0, day), ...every(interval, day + 7 * hour, day + 8 * hour)];

/** What came of a cause, from its time until the next one's. */
export interface Outcome {
	cause: Cause;
	runs: number;
	failedRuns: number;
	/** The times of runs that failed with nothing to fail of. */
	failedAlone: number[];
	/** How often runs failed of what. */
	failures: Map<string, number>;
	exchanges: number;
	refusals: number;
	/** Requests by which a ticket is checked. */
	checks: number;
	states: number;
	jwks: number;
	/** Changes at SuperOffice that were made in that time and that the sync has missed. */
	missed: number;
}

export interface MemoryAt extends Memory {
	/** In minutes since midnight. */
	time: number;
}

export async function goThroughDay(world: World) {
	const outcomes = causes.map(emptyOutcome);
	const memory: MemoryAt[] = [];
	const events = plan(world);
	for (const time of schedule) {
		while (events[0] !== undefined && events[0].time <= time) {
			const { time: before, act } = events.shift()!;
			world.goTo(before);
			await act();
		}
		world.goTo(time);
		// Every hour, the workflows have several items.
		await runOnce(world, time, time % hour === 0 ? 5 : 1, outcomes);
		if (time % (2 * hour) === hour) {
			memory.push({ time, ...(await world.measureMemory()) });
			console.error(`... ${textOf(time)}`);
		}
	}
	memory.push({ time: schedule.at(-1)!, ...(await world.measureMemory()) });
	for (const time of world.changes.missed) outcomeAt(time, outcomes).missed += 1;
	return { outcomes, memory };
}

function outcomeAt(time: number, outcomes: Outcome[]): Outcome {
	return outcomes.filter(({ cause }) => minuteOf(cause.at) <= time).at(-1) ?? outcomes[0]!;
}

async function runOnce(world: World, time: number, items: number, outcomes: Outcome[]) {
	const { counts } = world.online;
	const outcome = outcomeAt(time, outcomes);
	world.online.resetCounts();
	const { failures } = await world.run(items);
	outcome.runs += 1;
	outcome.exchanges += counts.exchanges;
	outcome.refusals += counts.refusals;
	outcome.checks += counts.currentPrincipal;
	outcome.states += counts.state;
	outcome.jwks += counts.jwks;
	if (failures.length === 0) return;
	outcome.failedRuns += 1;
	if (!outcome.cause.mayFail || !isActive(outcome.cause, time)) outcome.failedAlone.push(time);
	for (const failure of failures) {
		outcome.failures.set(failure, (outcome.failures.get(failure) ?? 0) + 1);
	}
}

/** What happens between the runs, in order. */
function plan(world: World): Array<{ time: number; act(): unknown }> {
	const begins = causes.map(({ at, begin }) => ({
		time: minuteOf(at),
		act: () => begin?.(world),
	}));
	const ends = causes.map(({ at, lasts = 0, end }) => ({
		time: minuteOf(at) + lasts,
		act: () => end?.(world),
	}));
	const changes = schedule.map((time) => ({
		time: time - 2,
		act: () => world.changeCompanies(3),
	}));
	// Where one cause ends as another begins, it ends first.
	return [...ends, ...begins, ...changes].sort((one, other) => one.time - other.time);
}

function every(minutes: number, from: number, to: number): number[] {
	return Array.from({ length: (to - from) / minutes }, (_, index) => from + index * minutes);
}

function emptyOutcome(cause: Cause): Outcome {
	return {
		cause,
		runs: 0,
		failedRuns: 0,
		failedAlone: [],
		failures: new Map(),
		exchanges: 0,
		refusals: 0,
		checks: 0,
		states: 0,
		jwks: 0,
		missed: 0,
	};
}
