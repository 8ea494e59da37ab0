import { createHash, type KeyObject } from 'crypto';

import { SuperOfficeError } from '../errors';
import { lru } from '../third-party/tiny-lru';
import type { PublicKey } from './public-keys';

const maxKeys = 1000;

type Outcome<Key> = { key: Key } | { failure: SuperOfficeError };

/**
 * Keys that were read before, and texts that turned out to hold none, found again by the SHA-256 of their text: reading
 * a key and checking that it is sound costs several times as much as using it.
 */
export class KeyCache<Key> {
	private readonly outcomes = lru<Outcome<Key>>(maxKeys);

	/**
	 * @param source the texts that the key is read from
	 * @param read throws a SuperOfficeError where there is no such key
	 */
	get(source: string[], read: () => Key): Key {
		const id = createHash('sha256').update(JSON.stringify(source)).digest('hex');
		let outcome = this.outcomes.get(id);
		if (outcome === undefined) {
			outcome = attempt(read);
			this.outcomes.set(id, outcome);
		}
		if ('key' in outcome) return outcome.key;
		throw outcome.failure.copy();
	}
}

export interface KeyCaches {
	readonly privateKeys: KeyCache<KeyObject>;
	readonly publicKeys: KeyCache<PublicKey[]>;
}

function attempt<Key>(read: () => Key): Outcome<Key> {
	try {
		return { key: read() };
	} catch (error) {
		if (error instanceof SuperOfficeError) return { failure: error };
		throw error;
	}
}
