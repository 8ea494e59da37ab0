import { sign, type KeyObject } from 'crypto';

import { SuperOfficeError } from '../errors';
import { readField, requireDate } from '../fields';
import { takePrivateKey } from '../keys/private-key';

/**
 * Signs a system user token for the exchange: `token.YYYYMMDDHHmm.signature`, where the time is UTC and the
 * signature is RSASSA-PKCS1-v1_5 with SHA-256 over the UTF-8 bytes before it, in base64.
 *
 * @param privateKey RSAXML or PEM text, or a key read before
 * @param at the time of signing, now by default. Sign right before sending: SuperOffice refuses old times.
 * @throws SuperOfficeError `INVALID_KEY`, or `INVALID_INPUT` for an empty token, an invalid time, or what is no text
 * @see https://docs.superoffice.com/en/authentication/online/sign-system-user-token.html
 */
export function signSystemUserToken(
	systemUserToken: string,
	privateKey: string | KeyObject,
	at: Date = new Date(),
): string {
	if (readField('System User Token', systemUserToken) === '') {
		throw new SuperOfficeError(
			'INVALID_INPUT',
			'System User Token is empty.',
			'Paste the token that the application got when this tenant’s administrator approved it.',
		);
	}
	requireDate('The time of signing', at);
	const timestamp = at.toISOString().replace(/\D/g, '').slice(0, 'YYYYMMDDHHmm'.length);
	const data = `${systemUserToken}.${timestamp}`;
	const key = takePrivateKey(privateKey);
	return `${data}.${sign('RSA-SHA256', Buffer.from(data, 'utf8'), key).toString('base64')}`;
}
