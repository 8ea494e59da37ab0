import { createHash } from 'crypto';

import type { Application } from './application';

/** SHA-256, in hex, of everything that makes the identity a ticket is given to: change any of it, and it is another. */
export function fingerprint(application: Application): string {
	const { environment, contextIdentifier, clientSecret, systemUserToken, privateKey } = application;
	return createHash('sha256')
		.update(
			JSON.stringify([
				environment,
				contextIdentifier.trim().toLowerCase(),
				clientSecret.trim(),
				systemUserToken.trim(),
				privateKey.trim(),
			]),
		)
		.digest('hex');
}
