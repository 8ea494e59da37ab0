import { lru, type LRU } from '../third-party/tiny-lru';

/** How many milliseconds a look-up waits for more of a burst. */
const burst = 500;

/** How many milliseconds after it has begun a look-up still serves changes that were told before. */
const goodFor = 30_000;

const mostKept = 200;

interface Lookup<T> {
	/** By `performance.now()`. */
	begins: number;
	found: Promise<T>;
}

/** Look-ups of records that changed: one for all changes of a record that it comes after. */
export class RecordLookups<T> {
	private readonly lookups: LRU<Lookup<T>> = lru(mostKept);

	/**
	 * @param age milliseconds since the change was told
	 * @param sleep waits for milliseconds
	 */
	async get(
		key: string,
		age: number,
		sleep: (milliseconds: number) => Promise<void>,
		load: () => Promise<T>,
	): Promise<T> {
		const now = performance.now();
		const known = this.lookups.get(key);
		const isAfter = known !== undefined && known.begins >= now - age;
		if (isAfter && now - known.begins < goodFor) return await known.found;
		const wait = Math.max(0, burst - age);
		const found = wait > 0 ? sleep(wait).then(load) : load();
		const lookup = { begins: now + wait, found };
		this.lookups.set(key, lookup);
		// Whoever waits for it is told; later changes try again.
		found.catch(() => {
			if (this.lookups.get(key) === lookup) this.lookups.delete(key);
		});
		return await found;
	}
}
