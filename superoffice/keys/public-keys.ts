import { createPublicKey, X509Certificate, type JsonWebKey, type KeyObject } from 'crypto';

import { SuperOfficeError } from '../errors';
import { isTooLong } from './key-text';
import { readPem, type PemBlock } from './pem';
import { findFault, largestModulus, smallestModulus, type RsaFault } from './rsa';
import { isRsaXml } from './rsa-xml';

/** A JSON Web Key Set, as SuperOffice publishes it. */
export interface Jwks {
	keys: JsonWebKey[];
}

/** A key that SuperOffice signs with, and the names a JWT's header may call it by. */
export interface PublicKey {
	key: KeyObject;
	kid?: string;
	x5t?: string;
}

const wanted =
	'Leave it empty to use the keys that SuperOffice publishes, or paste this environment’s SuperOfficeFederatedLogin.crt as PEM text.';

/**
 * The keys in PEM text (certificates or public keys, one or several) or in a JWKS object.
 * Keys of a JWKS that cannot verify RS256, or that are not safe, are left out. Throws `INVALID_KEY` if none is left, and
 * `INVALID_INPUT` for what is neither text nor an object.
 */
export function readPublicKeys(publicKey: string | Jwks): PublicKey[] {
	requirePublicKeyText(publicKey);
	return typeof publicKey === 'string' ? readPemKeys(publicKey) : readJwks(publicKey);
}

/** PEM text as it is, a JWKS object as JSON. Throws as {@link readPublicKeys} does, but does not look for keys. */
export function requirePublicKeyText(publicKey: unknown): string {
	const text = typeof publicKey === 'string' ? publicKey : writeJwks(publicKey);
	if (isTooLong(text)) throw unusable('this is longer than 64 KB.');
	return text;
}

/** Throws `INVALID_INPUT` for anything but an object that JSON can say. */
export function requireJwks(value: unknown): Jwks {
	writeJwks(value);
	return value as Jwks;
}

function writeJwks(value: unknown): string {
	try {
		if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
			return JSON.stringify(value);
		}
	} catch {
		// It refers to itself, or holds what JSON has no word for.
	}
	throw new SuperOfficeError(
		'INVALID_INPUT',
		'Public Key is neither text nor a JWKS.',
		'A program gave something else. Pass PEM text or a JWKS object, or leave it out.',
	);
}

const notStrong = `this is not an RSA key of at least ${smallestModulus} bits.`;
const descriptions: Record<RsaFault, string> = {
	'other kind': notStrong,
	'too short': notStrong,
	'too long': `this RSA key has more than ${largestModulus} bits.`,
	exponent: 'this RSA key has an unsafe exponent.',
};

/** The names a JWT's header calls its key by. */
interface KeyNames {
	kid?: unknown;
	x5t?: unknown;
}

/** Whether a JWT's header says which key it was signed with. */
export function namesKey({ kid, x5t }: KeyNames): boolean {
	return kid !== undefined || x5t !== undefined;
}

/** The keys a JWT may be signed by: the one its header names, by either name, and those without a name. */
export function selectKeys(keys: PublicKey[], header: KeyNames): PublicKey[] {
	return keys.filter(
		(key) =>
			!namesKey(header) ||
			!namesKey(key) ||
			(key.kid !== undefined && key.kid === header.kid) ||
			(key.x5t !== undefined && key.x5t === header.x5t),
	);
}

function readPemKeys(text: string): PublicKey[] {
	if (/-----(BEGIN|END) [A-Z0-9 ]*PRIVATE KEY-----/.test(text)) {
		throw unusable('this is a private key.');
	}
	if (isRsaXml(text)) throw unusable('this is the application’s key, not SuperOffice’s.');
	const { blocks, isCutOff } = readPem(text);
	if (isCutOff || (blocks.length === 0 && text.includes('-----END'))) throw damaged();
	if (blocks.length === 0) throw unusable('this is neither a certificate nor a public key.');
	return blocks.map((block) => {
		const key = importPem(block);
		if (key === undefined) throw damaged();
		const fault = findFault(key);
		if (fault !== undefined) throw unusable(descriptions[fault]);
		return { key };
	});
}

function importPem({ label, der }: PemBlock): KeyObject | undefined {
	if (der === undefined) return undefined;
	try {
		if (label.endsWith('CERTIFICATE')) return new X509Certificate(der).publicKey;
		return createPublicKey({
			key: der,
			format: 'der',
			type: label === 'RSA PUBLIC KEY' ? 'pkcs1' : 'spki',
		});
	} catch {
		return undefined;
	}
}

function readJwks(jwks: Jwks): PublicKey[] {
	const listed = Array.isArray(jwks.keys) ? jwks.keys : [];
	const keys = listed.flatMap((jwk) => {
		const key = importJwk(jwk);
		return key === undefined ? [] : [{ key, kid: readName(jwk.kid), x5t: readName(jwk.x5t) }];
	});
	if (keys.length > 0) return keys;
	throw unusable('the JWKS has no key that can verify RS256.');
}

function importJwk(jwk: JsonWebKey): KeyObject | undefined {
	const fits =
		jwk?.kty === 'RSA' &&
		(jwk.use === undefined || jwk.use === 'sig') &&
		(jwk.alg === undefined || jwk.alg === 'RS256');
	if (!fits) return undefined;
	try {
		const key = createPublicKey({ key: { kty: 'RSA', n: jwk.n, e: jwk.e }, format: 'jwk' });
		return findFault(key) === undefined ? key : undefined;
	} catch {
		return undefined;
	}
}

function readName(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

function damaged(): SuperOfficeError {
	return unusable('this certificate or key is damaged or cut off.');
}

function unusable(what: string): SuperOfficeError {
	return new SuperOfficeError('INVALID_KEY', `Public Key: ${what}`, wanted);
}
