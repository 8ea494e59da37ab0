import type { KeyObject } from 'crypto';

import { readEnvironment, type Environment } from './environments';
import { SuperOfficeError } from './errors';
import { readField } from './fields';
import type { KeyCaches } from './keys/key-cache';
import { readPrivateKey, requirePassphrase, requirePrivateKeyText } from './keys/private-key';
import {
	readPublicKeys,
	requireJwks,
	requirePublicKeyText,
	type Jwks,
	type PublicKey,
} from './keys/public-keys';
import { readContextIdentifier } from './tenants/context-identifier';

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

/** {@link SystemUserCredentials} with text in every field, empty where nothing was given; not checked any further. */
type Fields = Required<SystemUserCredentials>;

/** Throws `INVALID_INPUT`, naming the first field that has something other than text in it. */
export function readFields(credentials: SystemUserCredentials): Fields {
	const given: Partial<SystemUserCredentials> = credentials ?? {};
	const { publicKey = '' } = given;
	return {
		environment: readField('Environment', given.environment),
		contextIdentifier: readField('Context Identifier', given.contextIdentifier),
		clientSecret: readField('Client Secret', given.clientSecret),
		systemUserToken: readField('System User Token', given.systemUserToken),
		privateKey: readField('Private Key', given.privateKey),
		privateKeyPassphrase: readField('Private Key Passphrase', given.privateKeyPassphrase),
		publicKey: typeof publicKey === 'string' ? publicKey : requireJwks(publicKey),
		exchangeProtocol: readField('Exchange Protocol', given.exchangeProtocol),
	};
}

/**
 * Trims and checks every field before anything is sent.
 * Throws `INVALID_INPUT` or `INVALID_KEY`, naming the first field that cannot be used.
 */
export function parseCredentials(
	credentials: SystemUserCredentials,
	keys: KeyCaches,
): ParsedCredentials {
	const fields = readFields(credentials);
	const environment = readEnvironment(fields.environment);
	const contextIdentifier = readContextIdentifier(fields.contextIdentifier);
	const clientSecret = readSecret(
		'Client Secret',
		fields.clientSecret,
		'Copy the client secret of your application from the SuperOffice Developer Portal.',
	);
	const systemUserToken = readSecret(
		'System User Token',
		fields.systemUserToken,
		'Paste the token that the application got when this tenant’s administrator approved it, like "My App-aB3dE6fG9h".',
	);
	return {
		environment,
		contextIdentifier,
		clientSecret,
		systemUserToken,
		privateKey: parsePrivateKey(fields, keys),
		publicKeys: parsePublicKeys(fields, keys),
		exchangeProtocol: readExchangeProtocol(fields.exchangeProtocol),
	};
}

/** The lengths are checked first: even to look a text up takes the longer the longer it is. */
function parsePrivateKey(fields: Fields, { privateKeys }: KeyCaches): KeyObject {
	const text = requirePrivateKeyText(fields.privateKey);
	const passphrase = requirePassphrase(fields.privateKeyPassphrase);
	return privateKeys.get([text, passphrase], () => readPrivateKey(text, passphrase));
}

function parsePublicKeys(
	{ publicKey }: Fields,
	{ publicKeys }: KeyCaches,
): PublicKey[] | undefined {
	if (publicKey === '') return undefined;
	const text = requirePublicKeyText(publicKey);
	if (text.trim() === '') return undefined;
	return publicKeys.get([typeof publicKey, text], () => readPublicKeys(publicKey));
}

function readSecret(field: string, value: string, hint: string): string {
	const text = value.trim();
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

function readExchangeProtocol(value: string): ExchangeProtocol {
	if (value === '' || value === 'rest') return 'rest';
	if (value === 'soap') return 'soap';
	throw new SuperOfficeError(
		'INVALID_INPUT',
		'Exchange Protocol is neither REST nor SOAP.',
		'Choose REST or SOAP.',
	);
}
