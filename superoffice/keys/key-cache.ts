import { createHash, type KeyObject } from 'crypto';

import { lru } from '../third-party/tiny-lru';
import type { PublicKey } from './public-keys';

const maxKeys = 1000;

/**
 * Keys that were read before, found again by the SHA-256 of their text: reading a key and checking that it is sound
 * costs several times as much as using it.
 */
export class KeyCache<Key> {
	private readonly keys = lru<Key>(maxKeys);

	/**
	 * @param source what the key is read from: texts, or what JSON can say
	 * @param read throws where there is no such key; that is not remembered
	 */
	get(source: unknown[], read: () => Key): Key {
		const id = createHash('sha256').update(JSON.stringify(source)).digest('hex');
		let key = this.keys.get(id);
		if (key === undefined) {
			key = read();
			this.keys.set(id, key);
		}
		return key;
	}
}

export interface KeyCaches {
	readonly privateKeys: KeyCache<KeyObject>;
	readonly publicKeys: KeyCache<PublicKey[]>;
}
