import { createPrivateKey, type KeyObject } from 'crypto';

import { SuperOfficeError } from '../errors';
import { readPem, writePem, type PemBlock, type PemText } from './pem';
import { isConsistent, modulusLength, smallestModulus } from './rsa';
import { isRsaXml, readRsaXml } from './rsa-xml';

const wanted =
	'Paste the private key that belongs to the application, from the SuperOffice Developer Portal.';
const wholePem = 'Copy all of it, with its BEGIN and END lines.';

/**
 * The RSA private key in a text: PEM (PKCS#8 or PKCS#1, also encrypted) or the XML that SuperOffice hands out, at
 * least 2048 bits. Throws `INVALID_KEY`, saying what was pasted and what is wanted without repeating it.
 *
 * @param passphrase of an encrypted key
 */
export function readPrivateKey(text: unknown, passphrase = ''): KeyObject {
	if (typeof text !== 'string' || text.trim() === '') {
		throw new SuperOfficeError('INVALID_INPUT', 'Private Key is empty.', wanted);
	}
	const key = isRsaXml(text) ? importXml(text) : importPem(text, passphrase);
	if (key.asymmetricKeyType !== 'rsa') {
		throw unusable('this is not an RSA key.', `SuperOffice signs with RSA. ${wanted}`);
	}
	const bits = modulusLength(key);
	if (bits < smallestModulus) {
		throw unusable(
			`this RSA key has only ${bits} bits.`,
			`At least ${smallestModulus} are needed. ${wanted}`,
		);
	}
	if (!isConsistent(key)) throw damaged('Copy all of it again.');
	return key;
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
	try {
		// A PKCS#1 or SEC1 block says so in its label; the rest is PKCS#8.
		const type =
			label === 'RSA PRIVATE KEY' ? 'pkcs1' : label === 'EC PRIVATE KEY' ? 'sec1' : 'pkcs8';
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

function damaged(hint: string): SuperOfficeError {
	return unusable('this key is damaged or cut off.', `${hint} ${wanted}`);
}

function unusable(what: string, hint: string): SuperOfficeError {
	return new SuperOfficeError('INVALID_KEY', `Private Key: ${what}`, hint);
}
