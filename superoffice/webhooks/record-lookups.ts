import { lru, type LRU } from '../third-party/tiny-lru';

/** How many milliseconds a look-up waits for more of a burst. */
const burst = 500;

const mostKept = 200;

interface Lookup<T> {
	/** By `performance.now()`; undefined while it waits. */
	begun?: number;
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
		const told = performance.now() - age;
		const known = this.lookups.get(key);
		if (known !== undefined && (known.begun ?? Infinity) >= told) return await known.found;
		const lookup: Lookup<T> = { found: undefined as unknown as Promise<T> };
		lookup.found = (async () => {
			if (age < burst) await sleep(burst - age);
			lookup.begun = performance.now();
			return await load();
		})();
		this.lookups.set(key, lookup);
		lookup.found.catch(() => {
			if (this.lookups.get(key) === lookup) this.lookups.delete(key);
		});
		return await lookup.found;
	}
}
