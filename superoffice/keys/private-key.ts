import { createPrivateKey, KeyObject } from 'crypto';

import { SuperOfficeError } from '../errors';
import { readField } from '../fields';
import { isTooLong } from './key-text';
import { readPem, writePem, type PemBlock, type PemText } from './pem';
import { findFault, largestModulus, modulusLength, rebuild, smallestModulus } from './rsa';
import { isRsaXml, readRsaXml } from './rsa-xml';

const wanted =
	'Paste the private key that belongs to the application, from the SuperOffice Developer Portal.';
const wholePem = 'Copy all of it, with its BEGIN and END lines.';

/** `rsaEncryption`, in DER. */
const rsaIdentifier = Buffer.from('06092a864886f70d010101', 'hex');

/** Where PKCS#8 has ended the identifier of the key's kind. */
const headerLength = 32;

/** Bytes of the longest PKCS#8 key that is read to say that it is of another kind. */
const longestOtherKey = 1500;

/**
 * The text that a private key is to be read from. Throws `INVALID_INPUT` for none, `INVALID_KEY` for one that is too
 * long.
 */
export function requirePrivateKeyText(value: unknown): string {
	const text = readField('Private Key', value);
	if (isTooLong(text)) throw unusable('this is longer than 64 KB.', wanted);
	if (text.trim() === '') {
		throw new SuperOfficeError('INVALID_INPUT', 'Private Key is empty.', wanted);
	}
	return text;
}

/** Throws `INVALID_KEY` for a passphrase that is too long. */
export function requirePassphrase(passphrase: string): string {
	if (!isTooLong(passphrase)) return passphrase;
	throw new SuperOfficeError(
		'INVALID_KEY',
		'Private Key Passphrase is longer than 64 KB.',
		'Enter the passphrase that the key in Private Key was encrypted with, or leave it empty.',
	);
}

/**
 * The RSA private key in a text: PEM (PKCS#8 or PKCS#1, also encrypted) or the XML that SuperOffice hands out, of 2048
 * to 16,384 bits. Throws `INVALID_KEY`, saying what was pasted and what is wanted without repeating it.
 *
 * @param passphrase of an encrypted key
 */
export function readPrivateKey(value: unknown, passphrase = ''): KeyObject {
	const text = requirePrivateKeyText(value);
	const imported = isRsaXml(text) ? importXml(text) : importPem(text, passphrase);
	requireSafe(imported);
	const key = rebuild(imported);
	if (key === undefined) throw damaged('Copy all of it again.');
	return key;
}

/** A key that was read before, or a text to read one from. Throws as {@link readPrivateKey} does. */
export function takePrivateKey(privateKey: unknown): KeyObject {
	if (!(privateKey instanceof KeyObject)) return readPrivateKey(privateKey);
	if (privateKey.type === 'public') throw unusable('this is a public key.', wanted);
	if (privateKey.type !== 'private') throw unusable('this is not a private key.', wanted);
	if (privateKey.asymmetricKeyType !== 'rsa') throw notRsa();
	return privateKey;
}

function requireSafe(key: KeyObject): void {
	switch (findFault(key)) {
		case 'other kind':
			throw notRsa();
		case 'too short':
			throw unusable(
				`this RSA key has only ${modulusLength(key)} bits.`,
				`At least ${smallestModulus} are needed. ${wanted}`,
			);
		case 'too long':
			throw unusable(
				`this RSA key has more than ${largestModulus} bits.`,
				`SuperOffice’s keys have ${smallestModulus}. ${wanted}`,
			);
		case 'exponent':
			throw unusable('this RSA key has an unsafe exponent.', `65537 is safe. ${wanted}`);
		case undefined:
	}
}

function importXml(text: string): KeyObject {
	const key = readRsaXml(text);
	if (key === 'public half') {
		throw unusable(
			'this is only the public half of a key.',
			`The private half has more parts, such as <D>. ${wanted}`,
		);
	}
	if (key === 'damaged') throw damaged('Copy all of it, from <RSAKeyValue> to </RSAKeyValue>.');
	return key;
}

function importPem(text: string, passphrase: string): KeyObject {
	const pem = readPem(text);
	const keys = pem.blocks.filter(({ label }) => label.endsWith('PRIVATE KEY'));
	const [block] = keys;
	if (block === undefined) throw noPrivateKey(text, pem);
	if (pem.isCutOff) throw damaged(wholePem);
	if (new Set(keys.map(({ der }) => der?.toString('base64'))).size > 1) {
		throw unusable('there is more than one key in this text.', `Paste only one. ${wanted}`);
	}
	const key = isEncrypted(block) ? decrypt(block, passphrase) : importBlock(block);
	if (key === undefined) throw damaged(wholePem);
	return key;
}

function isEncrypted({ label, dekInfo }: PemBlock): boolean {
	return label === 'ENCRYPTED PRIVATE KEY' || dekInfo !== undefined;
}

function decrypt(block: PemBlock, passphrase: string): KeyObject | undefined {
	if (block.der === undefined) return undefined;
	if (passphrase === '') {
		throw unusable(
			'this key is encrypted, and there is no passphrase.',
			'Enter its passphrase in Private Key Passphrase, or paste the unencrypted key.',
		);
	}
	try {
		return createPrivateKey({ key: writePem(block), passphrase });
	} catch {
		throw new SuperOfficeError(
			'INVALID_KEY',
			'Private Key Passphrase does not decrypt the private key.',
			'Enter the passphrase that the key in Private Key was encrypted with. If it is right, copy the whole key again.',
		);
	}
}

function importBlock({ label, der }: PemBlock): KeyObject | undefined {
	if (der === undefined) return undefined;
	// A PKCS#1 or SEC1 block says so in its label; the rest is PKCS#8.
	const type =
		label === 'RSA PRIVATE KEY' ? 'pkcs1' : label === 'EC PRIVATE KEY' ? 'sec1' : 'pkcs8';
	// A long key for DSA or Diffie-Hellman takes OpenSSL minutes to read.
	const isRsa = type === 'pkcs1' || der.subarray(0, headerLength).includes(rsaIdentifier);
	if (!isRsa && der.length > longestOtherKey) return undefined;
	try {
		return createPrivateKey({ key: der, format: 'der', type });
	} catch {
		return undefined;
	}
}

function noPrivateKey(text: string, { blocks, isCutOff }: PemText): SuperOfficeError {
	const labels = blocks.map(({ label }) => label);
	if (labels.includes('CERTIFICATE')) return unusable('this is a certificate.', wanted);
	if (labels.some((label) => label.endsWith('PUBLIC KEY'))) {
		return unusable('this is a public key.', wanted);
	}
	if (isCutOff || text.includes('-----END')) return damaged(wholePem);
	return unusable(
		'this is not a private key.',
		`It starts with <RSAKeyValue> or -----BEGIN PRIVATE KEY-----. ${wanted}`,
	);
}

function notRsa(): SuperOfficeError {
	return unusable('this is not an RSA key.', `SuperOffice signs with RSA. ${wanted}`);
}

function damaged(hint: string): SuperOfficeError {
	return unusable('this key is damaged or cut off.', `${hint} ${wanted}`);
}

function unusable(what: string, hint: string): SuperOfficeError {
	return new SuperOfficeError('INVALID_KEY', `Private Key: ${what}`, hint);
}
