import { createPublicKey, sign, verify, type KeyObject } from 'crypto';

/** Bits of the smallest modulus that is taken; SuperOffice's own keys have as many. */
export const smallestModulus = 2048;

/** Bits of an RSA key's modulus, 0 for a key of another kind. */
export function modulusLength(key: KeyObject): number {
	return key.asymmetricKeyType === 'rsa' ? (key.asymmetricKeyDetails?.modulusLength ?? 0) : 0;
}

/** Whether what a private key signs can be verified: not so when some of its numbers were changed on the way. */
export function isConsistent(privateKey: KeyObject): boolean {
	const data = Buffer.from('SuperOffice');
	try {
		const signature = sign('RSA-SHA256', data, privateKey);
		return verify('RSA-SHA256', data, createPublicKey(privateKey), signature);
	} catch {
		return false;
	}
}
