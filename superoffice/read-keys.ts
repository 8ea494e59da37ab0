import { createHash } from 'crypto';

import { lru } from './third-party/tiny-lru';

const mostKeys = 1000;

/**
 * Keys that were read before, found again by the SHA-256 of their text: reading a key and looking whether it is sound
 * costs several times as much as using it.
 */
export class ReadKeys<Key> {
	private readonly keys = lru<Key>(mostKeys);

	/** @param read throws where there is no such key; that is not remembered */
	get(texts: string[], read: () => Key): Key {
		const name = createHash('sha256').update(JSON.stringify(texts)).digest('hex');
		let key = this.keys.get(name);
		if (key === undefined) {
			key = read();
			this.keys.set(name, key);
		}
		return key;
	}
}
