import { lru, type LRU } from '../third-party/tiny-lru';

const maxTenants = 50;
const goodFor = 5 * 60_000;

/** What tenants said of their fields, lists and columns in the last five minutes. */
export class MetadataCache {
	private readonly cached: LRU<{ known: Map<string, Promise<unknown>>; since: number }> =
		lru(maxTenants);

	/** What is known of one tenant, in one language; whoever asks for more adds it. */
	get(key: string): Map<string, Promise<unknown>> {
		const now = performance.now();
		const cached = this.cached.get(key);
		if (cached !== undefined && now - cached.since < goodFor) return cached.known;
		const known = new Map<string, Promise<unknown>>();
		this.cached.set(key, { known, since: now });
		return known;
	}
}
