// TypeScript, like the two scripts that use it.
import { readFileSync } from 'node:fs';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** The credential that an env file like `.env.example` describes, as the form takes it. */
export function readCredential(envFile: string): ICredentialDataDecryptedObject {
	process.loadEnvFile(envFile);
	const text = (name: string) => process.env[`SUPEROFFICE_${name}`]?.trim() ?? '';
	const file = (name: string) => (text(name) === '' ? '' : readFileSync(text(name), 'utf8'));
	return {
		environment: text('ENVIRONMENT'),
		contextIdentifier: text('CONTEXT_IDENTIFIER'),
		clientSecret: text('CLIENT_SECRET'),
		systemUserToken: text('SYSTEM_USER_TOKEN'),
		privateKey: file('PRIVATE_KEY_FILE'),
		privateKeyPassphrase: text('PRIVATE_KEY_PASSPHRASE'),
		publicKey: file('PUBLIC_KEY_FILE'),
		exchangeProtocol: text('EXCHANGE_PROTOCOL') || 'rest',
	};
}
