import { signSystemUserToken } from '../../superoffice';
import { superOfficeErrorOf } from './support/errors';
import { keyVectors, tokenVectors } from './support/vectors';

const [example] = tokenVectors.cases;
const sign = (privateKey: string) =>
	signSystemUserToken(example!.systemUserToken, privateKey, new Date(example!.at));

const messages: Record<string, string> = {
	empty: 'Private Key is empty.',
	blank: 'Private Key is empty.',
	'not-a-key': 'Private Key: this is not a private key.',
	'public-key-pasted': 'Private Key: this is a public key.',
	'certificate-pasted': 'Private Key: this is a certificate.',
	'encrypted-pkcs8': 'Private Key: this key is encrypted with a passphrase.',
	'ec-key': 'Private Key: this is not an RSA key.',
	'truncated-pem': 'Private Key: this key is damaged or cut off.',
	'corrupt-body': 'Private Key: this key is damaged or cut off.',
	'rsaxml-public-only': 'Private Key: this is only the public half of a key.',
	'rsaxml-entity': 'Private Key: this key is damaged or cut off.',
	'rsa-1024': 'Private Key: this RSA key has only 1024 bits.',
};

describe('Private Key', () => {
	test.each(keyVectors.good)('is read as people paste it: $name', ({ text }) => {
		expect(sign(text)).toBe(example!.signedSystemToken);
	});

	test('says what was pasted and what to do', async () => {
		const cases = keyVectors.bad.filter(({ name }) => name !== 'two-keys');
		expect(cases.map(({ name }) => name).sort()).toEqual(Object.keys(messages).sort());
		for (const { name, text } of cases) {
			const error = await superOfficeErrorOf(() => sign(text));
			expect([name, error.message]).toEqual([name, messages[name]]);
			expect(error.hint).toMatch(/paste|copy/i);
		}
	});

	test('never repeats what was pasted', async () => {
		for (const { text } of keyVectors.bad.filter(({ name }) => name !== 'two-keys')) {
			const error = await superOfficeErrorOf(() => sign(text));
			const pasted = text.split(/\s+/).filter((part) => part.length > 20);
			for (const part of pasted) expect(`${error.message} ${error.hint}`).not.toContain(part);
		}
	});
});
