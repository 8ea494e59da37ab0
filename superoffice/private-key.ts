import { createPrivateKey, type KeyObject } from 'crypto';

import { SuperOfficeError } from './errors';
import { readPemBlocks, type PemBlock } from './pem';
import { modulusLength, smallestModulus } from './rsa';
import { isRsaXml, readRsaXml } from './rsa-xml';

const wanted =
	'Paste the private key that belongs to the application, from the SuperOffice Developer Portal.';

/**
 * The RSA private key in a text: PEM (PKCS#8 or PKCS#1) or the XML that SuperOffice hands out, at least 2048 bits.
 * Throws `INVALID_KEY`, saying what was pasted and what is wanted, never repeating it.
 */
export function readPrivateKey(text: unknown): KeyObject {
	if (typeof text !== 'string' || text.trim() === '') {
		throw new SuperOfficeError('INVALID_INPUT', 'Private Key is empty.', wanted);
	}
	const key = isRsaXml(text) ? importXml(text) : importPem(text);
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
	return key;
}

function importXml(text: string): KeyObject {
	const key = readRsaXml(text);
	if (key === 'public half') {
		throw unusable(
			'this is only the public half of a key.',
			`The private one has more parts, such as <D>. ${wanted}`,
		);
	}
	if (key === 'damaged') throw damaged('Copy it whole, from <RSAKeyValue> to </RSAKeyValue>.');
	return key;
}

function importPem(text: string): KeyObject {
	const blocks = readPemBlocks(text);
	const block = blocks.find(({ label }) => label.endsWith('PRIVATE KEY'));
	if (block === undefined) throw noPrivateKey(text, blocks);
	if (block.encrypted) {
		throw unusable(
			'this key is encrypted with a passphrase.',
			'Decrypt it first, for example with: openssl pkey -in encrypted.pem -out key.pem. Then paste key.pem.',
		);
	}
	const key = importBlock(block);
	if (key === undefined) throw damaged('Copy it whole, with its BEGIN and END lines.');
	return key;
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

function noPrivateKey(text: string, blocks: PemBlock[]): SuperOfficeError {
	const labels = blocks.map(({ label }) => label);
	if (labels.includes('CERTIFICATE')) return unusable('this is a certificate.', wanted);
	if (labels.some((label) => label.endsWith('PUBLIC KEY'))) {
		return unusable('this is a public key.', wanted);
	}
	if (text.includes('-----BEGIN')) return damaged('Copy it whole, with its BEGIN and END lines.');
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
