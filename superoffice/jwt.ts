import type { KeyObject } from 'crypto';

import { readContextIdentifier } from './application';
import { claimNames, type Claims } from './claims';
import { SuperOfficeError } from './errors';
import { parseJsonObject } from './json';
import { namesKey, readPublicKeys, selectKeys, type Jwks, type PublicKey } from './public-keys';
import { verify } from './third-party/jsonwebtoken';

const issuer = 'SuperOffice AS';
/** The difference between two clocks that SuperOffice's own client allows. */
const toleranceSeconds = 300;

export interface VerifyOptions {
	/** PEM text (certificates or keys, one or several) or a JWKS object: SuperOffice's, of the environment asked. */
	publicKey: string | Jwks;
	/** The tenant that was asked for, like `Cust12345`. */
	contextIdentifier: string;
	/** When to judge the lifetime; now, if not given. */
	at?: Date;
}

/**
 * Verifies the JWT of a system user exchange: signed RS256 by SuperOffice's key, and nothing else; by issuer
 * `SuperOffice AS`, for the audience `spn:` + serial; within its lifetime, give or take 300 seconds; for the tenant
 * that was asked for; with a ticket in it.
 *
 * @returns its claims, under their full names
 * @throws SuperOfficeError `JWT_REJECTED`, saying what is wrong with it; `INVALID_KEY` or `INVALID_INPUT` for the options
 */
export function verifySystemUserJwt(jwt: string, options: VerifyOptions): Claims {
	return verifyWithKeys(jwt, readPublicKeys(options.publicKey), options);
}

/** The JWT may be good, but none of the keys can tell: its signer is not among them. */
export class UnknownSigner extends SuperOfficeError {}

export interface VerifyWithKeysOptions extends Omit<VerifyOptions, 'publicKey'> {
	/** What to do where the lifetime does not fit, if more is known of this machine's clock. */
	clockHint?: string;
}

/** {@link verifySystemUserJwt}, with keys read before. Throws {@link UnknownSigner} where other keys may be needed. */
export function verifyWithKeys(
	jwt: string,
	publicKeys: PublicKey[],
	{ contextIdentifier, at = new Date(), clockHint }: VerifyWithKeysOptions,
): Claims {
	const tenant = readContextIdentifier(contextIdentifier);
	const header = readHeader(jwt);
	const keys = selectKeys(publicKeys, header);
	if (keys.length === 0) {
		throw rejected('it is signed with a key that SuperOffice does not publish', UnknownSigner);
	}
	// Else its key may be one that SuperOffice has changed to.
	const isKnown = namesKey(header) && keys.some(namesKey);
	const claims = verifySignature(jwt, keys, { at, clockHint, isKnown });

	if (typeof claims.exp !== 'number') throw rejected('it does not say when it expires');
	const serial = claims[claimNames.serial];
	const audience = [claims.aud].flat();
	if (!isName(serial) || audience.length !== 1 || audience[0] !== `spn:${serial}`) {
		throw rejected('it was made for somebody else (wrong audience)');
	}
	const ctx = claims[claimNames.contextIdentifier];
	if (typeof ctx !== 'string' || ctx.toLowerCase() !== tenant.toLowerCase()) {
		throw rejected('it is for another tenant than the one asked for');
	}
	const ticket = claims[claimNames.ticket];
	// Printable ASCII: the ticket goes into an HTTP header as it is.
	if (typeof ticket !== 'string' || !/^[\x21-\x7e]+$/.test(ticket)) {
		throw rejected('there is no usable ticket in it');
	}
	return claims;
}

function readHeader(jwt: unknown): Record<string, unknown> {
	const parts = typeof jwt === 'string' ? jwt.split('.') : [];
	const header = parseJsonObject(Buffer.from(parts[0] ?? '', 'base64url').toString('utf8'));
	if (header === undefined || parts.length !== 3) throw rejected('it is not a signed answer (JWT)');
	if (header.alg !== 'RS256') throw rejected('it is not signed the way SuperOffice signs (RS256)');
	// Base64url has spellings that decode alike; only one of them is what SuperOffice signed and sent.
	const canonical = parts.every(
		(part) => part !== '' && Buffer.from(part, 'base64url').toString('base64url') === part,
	);
	if (!canonical) throw rejected('it is damaged or cut off');
	if (header.crit !== undefined) throw rejected('its header demands something unknown');
	return header;
}

function verifySignature(
	jwt: string,
	keys: PublicKey[],
	{ at, clockHint, isKnown }: { at: Date; clockHint?: string; isKnown: boolean },
): Claims {
	let failure: unknown;
	for (const { key } of keys) {
		try {
			return checkWithKey(jwt, key, at);
		} catch (error) {
			failure = error;
			if (!isWrongKey(error)) break;
		}
	}
	const kind = isWrongKey(failure) && !isKnown ? UnknownSigner : SuperOfficeError;
	const reason = describe(failure);
	throw rejected(reason, kind, hints[reason] === checkClock ? clockHint : undefined);
}

function checkWithKey(jwt: string, key: KeyObject, at: Date): Claims {
	const claims = verify(jwt, key, {
		algorithms: ['RS256'],
		issuer,
		clockTimestamp: Math.floor(at.getTime() / 1000),
		clockTolerance: toleranceSeconds,
	});
	if (typeof claims === 'string') throw rejected('it cannot be read');
	return claims;
}

function isWrongKey(error: unknown): boolean {
	return error instanceof Error && error.message === 'invalid signature';
}

function describe(error: unknown): string {
	if (!(error instanceof Error)) return 'it cannot be read';
	if (error.name === 'TokenExpiredError') return 'it has expired';
	if (error.name === 'NotBeforeError') return 'it is not valid yet';
	if (error.message.startsWith('jwt issuer invalid')) return `it was not issued by ${issuer}`;
	if (error.message === 'invalid signature') return 'its signature is not by SuperOffice’s key';
	return 'it cannot be read';
}

function isName(value: unknown): value is string | number {
	return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

const checkClock = 'Check that the clock of the machine that runs this is right, then try again.';

const hints: Record<string, string> = {
	'it has expired': checkClock,
	'it is not valid yet': checkClock,
	'it is signed with a key that SuperOffice does not publish':
		'The ticket in it was not used. If SuperOffice has just changed its key, it works again in 5 minutes. If it stays, something between this machine and SuperOffice changes its answers.',
	'its signature is not by SuperOffice’s key':
		'The ticket in it was not used. If Public Key is filled in, empty it, or paste the certificate of the environment chosen in Environment. If it is empty, something between this machine and SuperOffice changes its answers.',
};

function rejected(reason: string, Kind = SuperOfficeError, hint?: string): SuperOfficeError {
	return new Kind(
		'JWT_REJECTED',
		`SuperOffice’s answer could not be verified: ${reason}.`,
		hint ??
			hints[reason] ??
			'The ticket in it was not used. Check Environment, Context Identifier and System User Token; if they are right, something between this machine and SuperOffice changes its answers.',
	);
}
