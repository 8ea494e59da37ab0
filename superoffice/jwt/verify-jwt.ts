import type { KeyObject } from 'crypto';

import { SuperOfficeError } from '../errors';
import { requireDate } from '../fields';
import { parseJsonObject } from '../http/json';
import {
	namesKey,
	readPublicKeys,
	selectKeys,
	type Jwks,
	type PublicKey,
} from '../keys/public-keys';
import { readContextIdentifier } from '../tenants/context-identifier';
import { verify } from '../third-party/jsonwebtoken';
import { ownClaim, shortClaims, type Claims } from './claims';
import { JwtRejectedError, NoMatchingKeyError, type JwtFault } from './jwt-errors';

const issuer = 'SuperOffice AS';
/** The clock skew that SuperOffice's own client allows. */
const toleranceSeconds = 300;

export interface VerifyOptions {
	/** PEM text (certificates or keys, one or several) or a JWKS object: SuperOffice's, of the environment asked. */
	publicKey: string | Jwks;
	/** The tenant that was asked for, like `Cust12345`. */
	contextIdentifier: string;
	/** The time by which the lifetime is judged. Defaults to now. */
	at?: Date;
}

/**
 * Verifies the JWT of a system user exchange: signed RS256 by SuperOffice's key, and nothing else; by issuer
 * `SuperOffice AS`, for the audience `spn:` + serial; within its lifetime, give or take 300 seconds; for the tenant
 * that was asked for; with a ticket in it.
 *
 * @returns all of its claims, SuperOffice's own under their short names: `ctx`, `webapi_url`, ..., and secrets such as
 * `ticket`. Those that may be shown are the {@link listedClaims}
 * @throws SuperOfficeError `JWT_REJECTED`, saying what is wrong with it; `INVALID_KEY` or `INVALID_INPUT` for what it
 * was given
 */
export function verifySystemUserJwt(jwt: string, options: VerifyOptions): Claims {
	const keys = readPublicKeys(options?.publicKey);
	if (typeof jwt !== 'string') {
		throw new SuperOfficeError(
			'INVALID_INPUT',
			'The JWT is not text.',
			'A program gave something else. Pass the text that SuperOffice’s answer holds.',
		);
	}
	return verifyWithKeys(jwt, keys, options);
}

export interface VerifyWithKeysOptions extends Omit<VerifyOptions, 'publicKey'> {
	/** What to do where the lifetime does not fit, if more is known of this machine's clock. */
	clockHint?: string;
}

/** {@link verifySystemUserJwt} with keys read before. Throws {@link NoMatchingKeyError} where newer keys may help. */
export function verifyWithKeys(
	jwt: string,
	publicKeys: PublicKey[],
	{ contextIdentifier, at = new Date(), clockHint }: VerifyWithKeysOptions,
): Claims {
	const tenant = readContextIdentifier(contextIdentifier);
	requireDate('The time of verification', at);
	const header = readHeader(jwt);
	const keys = selectKeys(publicKeys, header);
	if (keys.length === 0) throw new NoMatchingKeyError('unknownKey');
	const fault = (name: JwtFault) =>
		new JwtRejectedError(name, isAboutTime(name) ? clockHint : undefined);
	const verified = verifySignature(jwt, keys, at);
	if (verified === 'signature' && !(namesKey(header) && keys.some(namesKey))) {
		// The signer is not known by name, so it may be a key that SuperOffice has changed to.
		throw new NoMatchingKeyError('signature');
	}
	if (typeof verified === 'string') throw fault(verified);

	if (typeof verified.exp !== 'number') throw fault('noExpiry');
	const [serial, ctx, ticket] = ['serial', 'ctx', 'ticket'].map((name) => ownClaim(verified, name));
	const audience = [verified.aud].flat();
	if (!isName(serial) || audience.length !== 1 || audience[0] !== `spn:${serial}`) {
		throw fault('audience');
	}
	if (typeof ctx !== 'string' || ctx.toLowerCase() !== tenant.toLowerCase()) throw fault('tenant');
	// Printable ASCII: the ticket goes into an HTTP header as it is.
	if (typeof ticket !== 'string' || !/^[\x21-\x7e]+$/.test(ticket)) throw fault('noTicket');
	return shortClaims(verified);
}

function readHeader(jwt: unknown): Record<string, unknown> {
	const parts = typeof jwt === 'string' ? jwt.split('.') : [];
	const header = parseJsonObject(Buffer.from(parts[0] ?? '', 'base64url').toString('utf8'));
	if (header === undefined || parts.length !== 3) throw new JwtRejectedError('malformed');
	if (header.alg !== 'RS256') throw new JwtRejectedError('algorithm');
	// Base64url has spellings that decode alike; only one of them is what SuperOffice signed and sent.
	const isCanonical = parts.every(
		(part) => part !== '' && Buffer.from(part, 'base64url').toString('base64url') === part,
	);
	if (!isCanonical) throw new JwtRejectedError('damaged');
	if (header.crit !== undefined) throw new JwtRejectedError('critical');
	return header;
}

/** The claims under their full names, or what is wrong with the JWT. */
function verifySignature(
	jwt: string,
	keys: PublicKey[],
	at: Date,
): Record<string, unknown> | JwtFault {
	for (const { key } of keys) {
		const result = verifyWithKey(jwt, key, at);
		if (result !== 'signature') return result;
	}
	return 'signature';
}

function verifyWithKey(jwt: string, key: KeyObject, at: Date): Record<string, unknown> | JwtFault {
	try {
		const claims = verify(jwt, key, {
			algorithms: ['RS256'],
			clockTimestamp: Math.floor(at.getTime() / 1000),
			clockTolerance: toleranceSeconds,
		});
		if (typeof claims === 'string') return 'unreadable';
		return claims.iss === issuer ? claims : 'issuer';
	} catch (error) {
		if (!(error instanceof Error)) return 'unreadable';
		if (error.name === 'TokenExpiredError') return 'expired';
		if (error.name === 'NotBeforeError') return 'notYetValid';
		// jsonwebtoken has no code for it.
		return error.message === 'invalid signature' ? 'signature' : 'unreadable';
	}
}

function isAboutTime(fault: JwtFault): boolean {
	return fault === 'expired' || fault === 'notYetValid';
}

function isName(value: unknown): value is string | number {
	return (typeof value === 'string' && value !== '') || typeof value === 'number';
}
