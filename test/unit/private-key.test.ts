import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'crypto';

import { signSystemUserToken } from '../../superoffice';
import { readPrivateKey } from '../../superoffice/keys/private-key';
import { superOfficeErrorOf } from './support/errors';
import { keyVectors, named, tokenVectors } from './support/vectors';

const [example] = tokenVectors.cases;
const sign = (privateKey: string | KeyObject) =>
	signSystemUserToken(example!.systemUserToken, privateKey, new Date(example!.at));

const messages: Record<string, string> = {
	empty: 'Private Key is empty.',
	blank: 'Private Key is empty.',
	'not-a-key': 'Private Key: this is not a private key.',
	'public-key-pasted': 'Private Key: this is a public key.',
	'certificate-pasted': 'Private Key: this is a certificate.',
	'encrypted-pkcs8': 'Private Key: this key is encrypted, and there is no passphrase.',
	'ec-key': 'Private Key: this is not an RSA key.',
	'truncated-pem': 'Private Key: this key is damaged or cut off.',
	'corrupt-body': 'Private Key: this key is damaged or cut off.',
	'rsaxml-public-only': 'Private Key: this is only the public half of a key.',
	'rsaxml-entity': 'Private Key: this key is damaged or cut off.',
	'rsa-1024': 'Private Key: this RSA key has only 1024 bits.',
};

/** `two-keys` is one key pasted twice, and is accepted; see below. */
const bad = keyVectors.bad.filter(({ name }) => name !== 'two-keys');

describe('Private Key', () => {
	test.each(keyVectors.good)('is read however it is pasted: $name', ({ text }) => {
		expect(sign(text)).toBe(example!.signedSystemToken);
	});

	test('says what was pasted and what to do', async () => {
		expect(bad.map(({ name }) => name).sort()).toEqual(Object.keys(messages).sort());
		for (const { name, text } of bad) {
			const error = await superOfficeErrorOf(() => sign(text));
			expect([name, error.message]).toEqual([name, messages[name]]);
			expect(error.hint).toMatch(/paste|copy/i);
		}
	});

	test('never repeats what was pasted', async () => {
		for (const { text } of bad) {
			const error = await superOfficeErrorOf(() => sign(text));
			const pasted = text.split(/\s+/).filter((part) => part.length > 20);
			for (const part of pasted) expect(`${error.message} ${error.hint}`).not.toContain(part);
		}
	});

	const pem = named(keyVectors.good, 'pkcs8-pem').text;
	const ecKey = generateKeyPairSync('ec', { namedCurve: 'P-256' })
		.privateKey.export({ type: 'sec1', format: 'pem' })
		.toString();
	const xml = named(keyVectors.good, 'rsaxml-one-line').text;

	test.each<[string, string, string]>([
		['PEM text cut off at the end', pem.slice(0, 800), 'damaged or cut off'],
		['PEM text cut off at the start', pem.slice(100), 'damaged or cut off'],
		[
			'PEM text with an invalid character',
			`${pem.slice(0, 400)}.${pem.slice(400)}`,
			'damaged or cut off',
		],
		[
			'PEM text with a mismatched END line',
			pem.replace('END PRIVATE', 'END PUBLIC'),
			'damaged or cut off',
		],
		['a second key cut off at the end', `${pem}\n${pem.slice(0, 800)}`, 'damaged or cut off'],
		['an EC key in SEC1 format', ecKey, 'this is not an RSA key'],
		['XML cut off at the end', xml.slice(0, 800), 'damaged or cut off'],
		[
			'XML with one character changed that still parses as a key',
			xml.replace(/<Modulus>(.{20})./, (_, before) => `<Modulus>${before}A`),
			'damaged or cut off',
		],
		['XML with an entity in a number', xml.replace('+', '&#43;'), 'damaged or cut off'],
		['XML with empty elements', xml.replace(/>[^<]+</g, '><'), 'damaged or cut off'],
	])('detects %s', async (_, text, message) => {
		const error = await superOfficeErrorOf(() => sign(text));
		expect(error.code).toBe('INVALID_KEY');
		expect(error.message).toContain(message);
	});

	test.each(['Modulus', 'Exponent', 'P', 'Q', 'DP', 'DQ', 'InverseQ', 'D'])(
		'detects XML without its %s',
		async (element) => {
			const text = xml.replace(new RegExp(`<${element}>.*</${element}>`), '');
			const error = await superOfficeErrorOf(() => sign(text));
			expect(error.message).toBe('Private Key: this key is damaged or cut off.');
		},
	);

	test.each(['\r\n', ' ', '\\n'])('is read from XML with %j in the numbers', (separator) => {
		const reformatted = xml.replace(/[^<>]{64}/g, (line) => line + separator);
		expect(sign(reformatted)).toBe(example!.signedSystemToken);
	});

	test('is accepted if it was pasted twice', () => {
		const { text } = named(keyVectors.bad, 'two-keys');
		expect(sign(text)).toBe(example!.signedSystemToken);
	});

	test('is rejected if there is more than one', async () => {
		const text = `${named(keyVectors.bad, 'rsa-1024').text}\n${pem}`;
		const { message } = await superOfficeErrorOf(() => sign(text));
		expect(message).toBe('Private Key: there is more than one key in this text.');
	});
});

describe('Private Key Passphrase', () => {
	const passphrase = 'open sesame ü';
	const key = createPrivateKey(named(keyVectors.good, 'pkcs8-pem').text);
	const encrypt = (type: 'pkcs1' | 'pkcs8', cipher: string) =>
		key.export({ type, format: 'pem', cipher, passphrase }).toString();
	const forms: Array<[string, (text: string) => string]> = [
		['unchanged', (text) => text],
		['with CRLF', (text) => text.replaceAll('\n', '\r\n')],
		['with spaces instead of line breaks', (text) => text.replaceAll('\n', ' ')],
		['with a literal \\n for each line break', (text) => text.replaceAll('\n', '\\n')],
		['without line breaks', (text) => text.replaceAll('\n', '')],
		['indented, with surrounding text', (text) => `Key:\n  ${text.replaceAll('\n', '\n  ')}\nbye`],
	];

	describe.each([
		['PKCS#8, AES-256', encrypt('pkcs8', 'aes-256-cbc')],
		['PKCS#1, AES-128', encrypt('pkcs1', 'aes-128-cbc')],
		['PKCS#1, Triple DES', encrypt('pkcs1', 'des-ede3-cbc')],
	])('decrypts a key in %s', (_, text) => {
		test.each(forms)('%s', (__, reformat) => {
			expect(sign(readPrivateKey(reformat(text), passphrase))).toBe(example!.signedSystemToken);
		});

		test('rejects a wrong or missing passphrase, and says which', async () => {
			const wrong = await superOfficeErrorOf(() => readPrivateKey(text, 'guess'));
			expect(wrong.message).toBe('Private Key Passphrase does not decrypt the private key.');
			expect(`${wrong.message} ${wrong.hint}`).not.toContain('guess');
			const none = await superOfficeErrorOf(() => readPrivateKey(text, ''));
			expect(none.hint).toContain('Private Key Passphrase');
		});
	});

	test('is ignored for an unencrypted key', () => {
		for (const { text } of keyVectors.good) {
			expect(sign(readPrivateKey(text, passphrase))).toBe(example!.signedSystemToken);
		}
	});
});
