import { createHash } from 'crypto';

import { readFields, type SystemUserCredentials } from '../credentials';
import { longestKeyText } from '../keys/key-text';

/**
 * SHA-256, in hex, of everything a ticket was obtained with: change any of it, and the ticket is not used again. Public
 * Key and Exchange Protocol are included, so that a ticket has always been verified with the key that is entered, and a
 * test of the credential tests them as well.
 *
 * @throws SuperOfficeError `INVALID_INPUT` for a field that has something other than text in it
 */
export function cacheKey(credentials: SystemUserCredentials): string {
	const fields = readFields(credentials);
	const { publicKey } = fields;
	return createHash('sha256')
		.update(
			JSON.stringify([
				fields.environment,
				fields.contextIdentifier.trim().toLowerCase(),
				fields.clientSecret.trim(),
				fields.systemUserToken.trim(),
				readKeyText(fields.privateKey),
				fields.privateKeyPassphrase.slice(0, longestKeyText + 1),
				typeof publicKey === 'string' ? readKeyText(publicKey) : publicKey,
				fields.exchangeProtocol || 'rest',
			]),
		)
		.digest('hex');
}

/** No ticket was ever obtained with a text that is too long for a key, so its beginning tells enough. */
function readKeyText(text: string): string {
	return text.length > longestKeyText ? text.slice(0, longestKeyText + 1) : text.trim();
}
