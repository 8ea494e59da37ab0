import type { KeyObject } from 'crypto';

import { readEnvironment, type Environment } from './environments';
import { SuperOfficeError } from './errors';
import type { KeyCaches } from './keys/key-cache';
import { readPrivateKey } from './keys/private-key';
import { readPublicKeys, type Jwks, type PublicKey } from './keys/public-keys';
import { readContextIdentifier, readText } from './tenants/context-identifier';

export type ExchangeProtocol = 'rest' | 'soap';

/** An application and the tenant it works for: the fields of the credential form, under the same names. */
export interface SystemUserCredentials {
	/** `sod` (Development), `qaonline` (Stage) or `online` (Production). */
	environment: string;
	/** The tenant, like `Cust12345`. */
	contextIdentifier: string;
	clientSecret: string;
	/** `Application Name-aB3dE6fG9h`: belongs to this application and this tenant. */
	systemUserToken: string;
	/** RSAXML as SuperOffice hands it out, or PEM text. */
	privateKey: string;
	/** Of an encrypted private key; ignored for one that is not. */
	privateKeyPassphrase?: string;
	/** SuperOffice's login certificate or key, as PEM text or JWKS. Empty: the environment's JWKS is fetched. */
	publicKey?: string | Jwks;
	/** Defaults to `rest`. */
	exchangeProtocol?: string;
}

/** {@link SystemUserCredentials} whose every field was found usable. */
export interface ParsedCredentials {
	environment: Environment;
	contextIdentifier: string;
	clientSecret: string;
	systemUserToken: string;
	privateKey: KeyObject;
	publicKeys?: PublicKey[];
	exchangeProtocol: ExchangeProtocol;
}

/**
 * Trims and checks every field before anything is sent.
 * Throws `INVALID_INPUT` or `INVALID_KEY`, naming the first field that cannot be used.
 */
export function parseCredentials(
	credentials: SystemUserCredentials,
	keys: KeyCaches,
): ParsedCredentials {
	const environment = readEnvironment(credentials.environment);
	const contextIdentifier = readContextIdentifier(credentials.contextIdentifier);
	const clientSecret = readSecret(
		'Client Secret',
		credentials.clientSecret,
		'Copy the client secret of your application from the SuperOffice Developer Portal.',
	);
	const systemUserToken = readSecret(
		'System User Token',
		credentials.systemUserToken,
		'Paste the token that the application got when this tenant’s administrator approved it, like "My App-aB3dE6fG9h".',
	);
	const { privateKey, privateKeyPassphrase = '', publicKey } = credentials;
	return {
		environment,
		contextIdentifier,
		clientSecret,
		systemUserToken,
		privateKey: keys.privateKeys.get([privateKey, privateKeyPassphrase], () =>
			readPrivateKey(privateKey, privateKeyPassphrase),
		),
		publicKeys: isGiven(publicKey)
			? keys.publicKeys.get([publicKey], () => readPublicKeys(publicKey))
			: undefined,
		exchangeProtocol: readExchangeProtocol(credentials.exchangeProtocol),
	};
}

function readSecret(field: string, value: unknown, hint: string): string {
	const text = readText(value);
	if (text === '') throw new SuperOfficeError('INVALID_INPUT', `${field} is empty.`, hint);
	// Also keeps the text from ever breaking out of the HTTP header it travels in.
	if (/\p{Cc}/u.test(text)) {
		throw new SuperOfficeError(
			'INVALID_INPUT',
			`${field} contains a line break or another control character.`,
			`${hint} Paste it as one line.`,
		);
	}
	return text;
}

function isGiven(publicKey: string | Jwks | undefined): publicKey is string | Jwks {
	return typeof publicKey === 'string' ? publicKey.trim() !== '' : publicKey !== undefined;
}

function readExchangeProtocol(value: unknown): ExchangeProtocol {
	if (value === undefined || value === '' || value === 'rest') return 'rest';
	if (value === 'soap') return 'soap';
	throw new SuperOfficeError(
		'INVALID_INPUT',
		'Exchange Protocol is neither REST nor SOAP.',
		'Choose REST or SOAP.',
	);
}
