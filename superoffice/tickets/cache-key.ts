import { createHash } from 'crypto';

import type { SystemUserCredentials } from '../credentials';
import { readText } from '../tenants/context-identifier';

/**
 * SHA-256, in hex, of everything a ticket was obtained with: change any of it, and the ticket is not used again. Public
 * Key and Exchange Protocol are included, so that a ticket has always been verified with the key that is entered, and a
 * test of the credential tests them as well.
 */
export function cacheKey(credentials: SystemUserCredentials): string {
	const { privateKeyPassphrase = '', publicKey } = credentials;
	return createHash('sha256')
		.update(
			JSON.stringify([
				credentials.environment,
				readText(credentials.contextIdentifier).toLowerCase(),
				readText(credentials.clientSecret),
				readText(credentials.systemUserToken),
				readText(credentials.privateKey),
				privateKeyPassphrase,
				typeof publicKey === 'object' ? publicKey : readText(publicKey),
				credentials.exchangeProtocol || 'rest',
			]),
		)
		.digest('hex');
}
