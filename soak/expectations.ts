import type { MemoryAt, Outcome } from './day';
import { textOf } from './times';
import type { World } from './world';

/** By then, n8n and this package have everything in memory that they keep. In minutes. */
const warmUp = 3 * 60;

/** In bytes. A leak of 15 KB a run adds up to that; a day without one stays under 1 MB. */
const mostGrowth = 3e6;

/** What did not go as it should, in sentences. */
export function findFaults(outcomes: Outcome[], memory: MemoryAt[], world: World): string[] {
	return [
		...outcomes.flatMap(faultsOf),
		...faultsOfChanges(world),
		...faultsOfMemory(memory, world),
		...world.strayHosts.map((host) => `Something was sent to ${host}.`),
	];
}

function faultsOf({ cause, exchanges, refusals, failedAlone }: Outcome): string[] {
	const where = `${cause.at}, ${cause.name}`;
	const compare = (what: string, actual: number, expected = 0) =>
		actual === expected ? [] : [`${where}: ${actual} ${what} instead of ${expected}.`];
	return [
		...compare('exchanges', exchanges, cause.exchanges),
		...compare('refused exchanges', refusals, cause.refusals),
		...failedAlone.map((time) => `${where}: the run at ${textOf(time)} failed without a cause.`),
	];
}

function faultsOfChanges({ changes: { missed, left } }: World): string[] {
	const times = [...new Set(missed)].map(textOf).join(', ');
	return [
		...(missed.length > 0
			? [`The sync has missed ${missed.length} changes, made at ${times}.`]
			: []),
		...(left > 0 ? [`The last ${left} changes had no sync that went well.`] : []),
	];
}

function faultsOfMemory(memory: MemoryAt[], world: World): string[] {
	const growth = growthOf(memory, world);
	if (growth === undefined) return ['n8n was restarted too late to tell whether memory grows.'];
	if (growth.bytes <= mostGrowth) return [];
	return [`Memory in use has grown by ${(growth.bytes / 1e6).toFixed(1)} MB.`];
}

/** How much more memory is in use at the end than when n8n's last process was warm; since when, in minutes. */
export function growthOf(
	memory: MemoryAt[],
	{ startedAt }: World,
): { bytes: number; since: number } | undefined {
	const warm = memory.filter(({ time }) => time >= startedAt + warmUp);
	const [first, last] = [warm[0], warm.at(-1)];
	if (first === undefined || last === undefined || first === last) return undefined;
	return { bytes: last.heap - first.heap, since: first.time };
}
