import type { KeyObject } from 'crypto';

import { readEnvironment, type Environment } from './environments';
import { SuperOfficeError } from './errors';
import { readPrivateKey } from './private-key';
import { readPublicKeys, type Jwks, type PublicKey } from './public-keys';

export type ExchangeProtocol = 'rest' | 'soap';

/** An application and the tenant it works for: the fields of the credential form, under the same names. */
export interface Application {
	/** `sod` (Development), `qaonline` (Stage) or `online` (Production). */
	environment: string;
	/** The tenant, like `Cust12345`. */
	contextIdentifier: string;
	clientSecret: string;
	/** `Application Name-aB3dE6fG9h`: belongs to this application and this tenant. */
	systemUserToken: string;
	/** RSAXML as SuperOffice hands it out, or PEM text. */
	privateKey: string;
	/** Of a private key that is encrypted; without meaning for one that is not. */
	privateKeyPassphrase?: string;
	/** SuperOffice's login certificate or key, PEM text or JWKS. Empty: the environment's JWKS is fetched. */
	publicKey?: string | Jwks;
	/** Default `rest`. */
	exchangeProtocol?: string;
}

/** An {@link Application} whose every field was found usable. */
export interface CheckedApplication {
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
export function checkApplication(application: Application): CheckedApplication {
	const environment = readEnvironment(application.environment);
	const contextIdentifier = readContextIdentifier(application.contextIdentifier);
	const clientSecret = readSecret(
		'Client Secret',
		application.clientSecret,
		'Copy the client secret of your application from the SuperOffice Developer Portal.',
	);
	const systemUserToken = readSecret(
		'System User Token',
		application.systemUserToken,
		'Paste the token this tenant’s administrator gave the application by approving it, like "My App-aB3dE6fG9h".',
	);
	return {
		environment,
		contextIdentifier,
		clientSecret,
		systemUserToken,
		privateKey: readPrivateKey(application.privateKey, application.privateKeyPassphrase),
		publicKeys: hasPublicKey(application) ? readPublicKeys(application.publicKey) : undefined,
		exchangeProtocol: readExchangeProtocol(application.exchangeProtocol),
	};
}

/** `Cust` and digits, in SuperOffice's own spelling. Throws `INVALID_INPUT`. */
export function readContextIdentifier(value: unknown): string {
	const text = readText(value);
	const digits = /^cust(\d{1,15})$/i.exec(text)?.[1];
	if (digits !== undefined) return `Cust${digits}`;
	throw new SuperOfficeError(
		'INVALID_INPUT',
		text === ''
			? 'Context Identifier is empty.'
			: 'Context Identifier: this is not a tenant’s identifier.',
		'Enter "Cust" and digits, as in Cust12345. It is part of the tenant’s web address: https://online.superoffice.com/Cust12345.',
	);
}

function readSecret(field: string, value: unknown, hint: string): string {
	const text = readText(value);
	if (text === '') throw new SuperOfficeError('INVALID_INPUT', `${field} is empty.`, hint);
	// Also keeps the text from ever breaking out of the HTTP header it travels in.
	if (/\p{Cc}/u.test(text)) {
		throw new SuperOfficeError(
			'INVALID_INPUT',
			`${field}: there is a line break or another control character in it.`,
			`${hint} Paste it as one line.`,
		);
	}
	return text;
}

/** A field’s text without the spaces around it; empty for what is no text. */
export function readText(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

function hasPublicKey(
	application: Application,
): application is Application & { publicKey: string | Jwks } {
	const { publicKey } = application;
	return typeof publicKey === 'string' ? publicKey.trim() !== '' : publicKey !== undefined;
}

function readExchangeProtocol(value: unknown): ExchangeProtocol {
	if (value === undefined || value === '' || value === 'rest') return 'rest';
	if (value === 'soap') return 'soap';
	throw new SuperOfficeError(
		'INVALID_INPUT',
		'Exchange Protocol: there is no such protocol.',
		'Choose REST, or SOAP.',
	);
}
