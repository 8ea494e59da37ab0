import { signSystemUserToken } from '../../superoffice';
import { superOfficeErrorOf } from './support/errors';
import { keyVectors, named, tokenVectors } from './support/vectors';

const privateKey = named(keyVectors.good, 'pkcs8-pem').text;

describe('signing a system user token', () => {
	test.each(tokenVectors.cases)(
		'matches OpenSSL byte for byte: $systemUserToken at $at',
		({ systemUserToken, at, signedSystemToken }) => {
			expect(signSystemUserToken(systemUserToken, privateKey, new Date(at))).toBe(
				signedSystemToken,
			);
		},
	);

	test('uses the current time by default', () => {
		const minute = (date: Date) => date.toISOString().replace(/\D/g, '').slice(0, 12);
		const before = minute(new Date());
		const timestamp = signSystemUserToken('App-1', privateKey).split('.')[1];
		expect([before, minute(new Date())]).toContain(timestamp);
	});

	test('rejects an empty token and an invalid time', async () => {
		const empty = await superOfficeErrorOf(() => signSystemUserToken('', privateKey));
		expect(empty).toMatchObject({ code: 'INVALID_INPUT', message: 'System User Token is empty.' });
		const never = await superOfficeErrorOf(() =>
			signSystemUserToken('App-1', privateKey, new Date('never')),
		);
		expect(never.code).toBe('INVALID_INPUT');
	});
});
