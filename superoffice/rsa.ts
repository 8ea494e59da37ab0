import type { KeyObject } from 'crypto';

/** Bits of the smallest modulus that is taken; SuperOffice's own keys have as many. */
export const smallestModulus = 2048;

/** Bits of an RSA key's modulus, 0 for a key of another kind. */
export function modulusLength(key: KeyObject): number {
	return key.asymmetricKeyType === 'rsa' ? (key.asymmetricKeyDetails?.modulusLength ?? 0) : 0;
}
