import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'crypto';

/** Bits of the smallest modulus that is taken; SuperOffice's own keys have as many. */
export const smallestModulus = 2048;

/** Bits of the largest modulus that is taken, and that OpenSSL verifies with. */
export const largestModulus = 16_384;

/** Everybody’s exponent. With 1 for an exponent, anybody could sign. */
const smallestExponent = 65_537n;

/** What is at fault with an RSA key. */
export type RsaFault = 'other kind' | 'too short' | 'too long' | 'exponent';

/** Looks at a key's numbers only: computing with the wrong ones can take minutes. */
export function findFault(key: KeyObject): RsaFault | undefined {
	if (key.asymmetricKeyType !== 'rsa') return 'other kind';
	const bits = modulusLength(key);
	if (bits < smallestModulus) return 'too short';
	if (bits > largestModulus) return 'too long';
	const exponent = readNumber(numbersOf(key).e);
	return exponent < smallestExponent || exponent % 2n === 0n ? 'exponent' : undefined;
}

/** Bits of an RSA key's modulus. */
export function modulusLength(key: KeyObject): number {
	return readNumber(numbersOf(key).n).toString(2).length;
}

/**
 * Makes a private key anew from its numbers. `undefined` if what it signs cannot be verified: some of them were changed
 * on the way.
 */
export function rebuild(privateKey: KeyObject): KeyObject | undefined {
	const numbers = privateKey.export({ format: 'jwk' });
	const longest = numbers.n?.length ?? 0;
	// OpenSSL would sign with numbers of any length, and take hours over it.
	if (Object.values(numbers).some((number) => String(number).length > longest)) return undefined;
	const data = Buffer.from('SuperOffice');
	try {
		// Made of these numbers alone: a text in PKCS#1 can have more primes, which are not among them.
		const key = createPrivateKey({ key: numbers, format: 'jwk' });
		const signature = sign('RSA-SHA256', data, key);
		return verify('RSA-SHA256', data, createPublicKey(key), signature) ? key : undefined;
	} catch {
		return undefined;
	}
}

/** Modulus and exponent. Node's own details of a key take time that grows with the square of the exponent's length. */
function numbersOf(key: KeyObject): { n?: string; e?: string } {
	return (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
}

function readNumber(base64url = ''): bigint {
	return BigInt(`0x0${Buffer.from(base64url, 'base64url').toString('hex')}`);
}
