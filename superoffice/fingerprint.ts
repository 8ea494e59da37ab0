import { createHash } from 'crypto';

import type { Application } from './application';

/**
 * SHA-256, in hex, of everything that a ticket was got by: change any of it, and it is another identity. Public Key
 * and Exchange Protocol are among it, so that a ticket has always been verified by the key that is entered, and a
 * test of the credential tests them as well.
 */
export function fingerprint(application: Application): string {
	const { environment, contextIdentifier, clientSecret, systemUserToken, privateKey } = application;
	const { privateKeyPassphrase = '', publicKey = '', exchangeProtocol } = application;
	return createHash('sha256')
		.update(
			JSON.stringify([
				environment,
				contextIdentifier.trim().toLowerCase(),
				clientSecret.trim(),
				systemUserToken.trim(),
				privateKey.trim(),
				privateKeyPassphrase,
				typeof publicKey === 'string' ? publicKey.trim() : publicKey,
				exchangeProtocol || 'rest',
			]),
		)
		.digest('hex');
}
