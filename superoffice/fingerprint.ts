import { createHash } from 'crypto';

import { readText, type Application } from './application';

/**
 * SHA-256, in hex, of everything that a ticket was got by: change any of it, and it is another identity. Public Key
 * and Exchange Protocol are among it, so that a ticket has always been verified by the key that is entered, and a
 * test of the credential tests them as well.
 */
export function fingerprint(application: Application): string {
	const { privateKeyPassphrase = '', publicKey } = application;
	return createHash('sha256')
		.update(
			JSON.stringify([
				application.environment,
				readText(application.contextIdentifier).toLowerCase(),
				readText(application.clientSecret),
				readText(application.systemUserToken),
				readText(application.privateKey),
				privateKeyPassphrase,
				typeof publicKey === 'object' ? publicKey : readText(publicKey),
				application.exchangeProtocol || 'rest',
			]),
		)
		.digest('hex');
}
