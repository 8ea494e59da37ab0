import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'crypto';

import { signSystemUserToken } from '../../superoffice';
import { readPem } from '../../superoffice/keys/pem';
import { readPrivateKey } from '../../superoffice/keys/private-key';
import { superOfficeErrorOf } from './support/errors';
import { hugeKey } from './support/odd-keys';
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

describe('a Private Key that takes long to read or to sign with', () => {
	const { text: pem } = named(keyVectors.good, 'pkcs8-pem');
	const { text: xml } = named(keyVectors.good, 'rsaxml-one-line');
	const kilobytes = 1024;
	const refusal = async (text: string, passphrase?: string) => {
		const error = await superOfficeErrorOf(() => readPrivateKey(text, passphrase));
		expect(error.code).toBe('INVALID_KEY');
		expect(error.hint).toContain('SuperOffice Developer Portal');
		return error.message;
	};
	const tooLong = 'Private Key: this is longer than 64 KB.';
	const damaged = 'Private Key: this key is damaged or cut off.';

	test('is refused over 64 KB, counted in bytes', async () => {
		const fill = (length: number) => pem + ' '.repeat(length - pem.length);
		expect(sign(fill(64 * kilobytes))).toBe(example!.signedSystemToken);
		expect(await refusal(fill(64 * kilobytes + 1))).toBe(tooLong);
		expect(await refusal(`${pem}${'ü'.repeat(32 * kilobytes)}`)).toBe(tooLong);
		expect(await refusal(' '.repeat(10_000 * kilobytes))).toBe(tooLong);
		expect(await refusal('<RSAKeyValue>'.repeat(10 * kilobytes))).toBe(tooLong);
	});

	const huge = hugeKey(32_768);
	const pemOf = (type: 'pkcs1' | 'pkcs8', options = {}) =>
		huge.key.export({ type, format: 'pem', ...options }).toString();
	const encrypted = { cipher: 'aes-256-cbc', passphrase: 'open sesame' };
	test.each([
		['XML', huge.xml],
		['PKCS#1', pemOf('pkcs1')],
		['PKCS#8', pemOf('pkcs8')],
		['encrypted PKCS#1', pemOf('pkcs1', encrypted)],
		['encrypted PKCS#8', pemOf('pkcs8', encrypted)],
	])('is refused over 16,384 bits: %s', async (_, text) => {
		expect(text.length).toBeLessThan(64 * kilobytes);
		expect(await refusal(text, 'open sesame')).toBe(
			'Private Key: this RSA key has more than 16384 bits.',
		);
	});

	test.each(['Exponent', 'P', 'Q', 'DP', 'DQ', 'InverseQ', 'D'])(
		'is refused if %s is longer than the modulus',
		async (element) => {
			const number = Buffer.alloc(20_000, 0xa7).toString('base64');
			const text = xml.replace(
				new RegExp(`<${element}>.*</${element}>`),
				`<${element}>${number}</${element}>`,
			);
			expect(await refusal(text)).toBe(damaged);
		},
	);

	test('is refused if it is a long key for DSA', async () => {
		const number = (tag: number, length: number) =>
			Buffer.concat([der(tag, length), Buffer.alloc(length, 0x17)]);
		const numbers = Buffer.concat([number(2, 10_000), number(2, 10_000), number(2, 10_000)]);
		const algorithm = Buffer.concat([
			Buffer.from('06072a8648ce380401', 'hex'),
			der(0x30, numbers.length),
			numbers,
		]);
		const secret = number(2, 10_000);
		const body = Buffer.concat([
			Buffer.from('020100', 'hex'),
			der(0x30, algorithm.length),
			algorithm,
			der(4, secret.length),
			secret,
		]);
		const base64 = Buffer.concat([der(0x30, body.length), body]).toString('base64');
		const text = `-----BEGIN PRIVATE KEY-----\n${base64}\n-----END PRIVATE KEY-----`;
		expect(await refusal(text)).toBe(damaged);
	});

	test('has the public exponent that is safe', async () => {
		for (const e of ['AQ', 'Aw', 'AQAA']) {
			expect(await refusal(hugeKey(2048, { e }).xml)).toBe(
				'Private Key: this RSA key has an unsafe exponent.',
			);
		}
	});

	test('has no more than two primes', async () => {
		const other = Buffer.alloc(2000, 0x17);
		const integer = Buffer.concat([der(2, other.length), other]);
		const prime = Buffer.concat([integer, integer, integer]);
		const primes = Buffer.concat([der(0x30, prime.length), prime]);
		const two = createPrivateKey(pem).export({ type: 'pkcs1', format: 'der' });
		const numbers = Buffer.concat([
			Buffer.from('020101', 'hex'),
			two.subarray(4 + 3),
			der(0x30, primes.length),
			primes,
		]);
		const base64 = Buffer.concat([der(0x30, numbers.length), numbers]).toString('base64');
		// What is left without them is the key.
		const text = `-----BEGIN RSA PRIVATE KEY-----\n${base64}\n-----END RSA PRIVATE KEY-----`;
		const numbersOf = (key: KeyObject) => key.export({ type: 'pkcs1', format: 'der' });
		expect(numbersOf(readPrivateKey(text))).toEqual(two);
	});

	test('is found damaged if it is nothing but BEGIN lines', async () => {
		const line = '-----BEGIN PRIVATE KEY-----\n';
		expect(await refusal(line.repeat(2000))).toBe(damaged);
		expect(readPem(line.repeat(20_000))).toEqual({ blocks: [], isCutOff: true });
	});
});

/** The start of a DER element of at least 256 bytes. */
function der(tag: number, length: number): Buffer {
	return Buffer.from([tag, 0x82, length >> 8, length & 0xff]);
}

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
