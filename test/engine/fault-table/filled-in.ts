import { createPrivateKey, generateKeyPairSync } from 'node:crypto';

import { hugeKey, publicPem, withExponent } from '../../unit/support/odd-keys';
import { jwtVectors, keyVectors, named } from '../../unit/support/vectors';
import type { FaultCase } from './types';

const portal = /SuperOffice Developer Portal/;
const certificate = /SuperOfficeFederatedLogin\.crt/;
const key = (name: string) => named([...keyVectors.good, ...keyVectors.bad], name).text;
const pem = key('pkcs8-pem');
const encrypted = createPrivateKey(pem)
	.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'right' })
	.toString();

const ecKey = generateKeyPairSync('ec', { namedCurve: 'P-256' })
	.publicKey.export({ type: 'spki', format: 'pem' })
	.toString();

/** One field is filled in wrong; nothing is sent. */
function wrong(
	name: string,
	filledIn: Record<string, string>,
	says: string,
	cure: RegExp,
	then: FaultCase['then'] = 'INVALID_KEY',
): FaultCase {
	return { name, filledIn: () => filledIn, then, tries: 0, records: 0, says, cure };
}
const input = (name: string, filledIn: Record<string, string>, says: string, cure: RegExp) =>
	wrong(name, filledIn, says, cure, 'INVALID_INPUT');
const privateKey = (name: string, text: string, what: string, cure: RegExp = portal) =>
	wrong(name, { privateKey: text }, `Private Key: ${what}`, cure);
const publicKey = (name: string, text: string, what: string) =>
	wrong(name, { publicKey: text }, `Public Key: ${what}`, certificate);
const cutOff = 'this key is damaged or cut off.';

/** Input that cannot be used. */
export const filledIn: FaultCase[] = [
	input('no private key', { privateKey: ' \n ' }, 'Private Key is empty.', portal),
	privateKey('other text as private key', 'hello', 'this is not a private key.', /<RSAKeyValue>/),
	privateKey('a public key as private key', key('public-key-pasted'), 'this is a public key.'),
	privateKey('a certificate as private key', key('certificate-pasted'), 'this is a certificate.'),
	privateKey('an EC key as private key', key('ec-key'), 'this is not an RSA key.', /RSA/),
	privateKey('a truncated private key', key('truncated-pem'), cutOff, /Copy all of it/),
	privateKey('a corrupt private key', key('corrupt-body'), cutOff, /Copy all of it/),
	privateKey('XML with an entity', key('rsaxml-entity'), cutOff, /<RSAKeyValue>/),
	privateKey('a private key over 64 KB', pem + ' '.repeat(64 * 1024), 'this is longer than 64 KB.'),
	privateKey(
		'a 32,768-bit private key as XML',
		hugeKey(32_768).xml,
		'this RSA key has more than 16384 bits.',
		/2048/,
	),
	privateKey(
		'a private key with exponent 1',
		hugeKey(2048, { e: 'AQ' }).xml,
		'this RSA key has an unsafe exponent.',
		/65537/,
	),
	privateKey('a 1024-bit private key', key('rsa-1024'), 'this RSA key has only 1024 bits.', /2048/),
	privateKey(
		'two private keys',
		`${key('rsa-1024')}\n${pem}`,
		'there is more than one key in this text.',
		/only one/,
	),
	privateKey(
		'only the public half as XML',
		key('rsaxml-public-only'),
		'this is only the public half of a key.',
		/<D>/,
	),
	privateKey(
		'an encrypted key without a passphrase',
		key('encrypted-pkcs8'),
		'this key is encrypted, and there is no passphrase.',
		/Private Key Passphrase/,
	),
	wrong(
		'an encrypted key with the wrong passphrase',
		{ privateKey: encrypted, privateKeyPassphrase: 'wrong-passphrase' },
		'Private Key Passphrase does not decrypt the private key.',
		/encrypted with/,
	),
	wrong(
		'a passphrase over 64 KB',
		{ privateKeyPassphrase: 'open sesame '.repeat(6000) },
		'Private Key Passphrase is longer than 64 KB.',
		/leave it empty/,
	),
	publicKey('other text as public key', 'hello', 'this is neither a certificate nor a public key.'),
	publicKey('a private key as public key', pem, 'this is a private key.'),
	publicKey(
		'the application’s key as public key',
		key('rsaxml-public-only'),
		'this is the application’s key, not SuperOffice’s.',
	),
	publicKey(
		'a truncated certificate',
		jwtVectors.certificatePem.slice(0, 400),
		'this certificate or key is damaged or cut off.',
	),
	publicKey(
		'a public key over 64 KB',
		jwtVectors.certificatePem + ' '.repeat(64 * 1024),
		'this is longer than 64 KB.',
	),
	publicKey(
		'a 32,768-bit public key',
		hugeKey(32_768).publicPem,
		'this RSA key has more than 16384 bits.',
	),
	publicKey(
		'a public key with exponent 1',
		publicPem(withExponent(1)),
		'this RSA key has an unsafe exponent.',
	),
	publicKey('an EC key as public key', ecKey, 'this is not an RSA key of at least 2048 bits.'),
	input('no client secret', { clientSecret: ' ' }, 'Client Secret is empty.', portal),
	input(
		'a client secret with a line break',
		{ clientSecret: 'abc\r\nX-Evil: 1' },
		'Client Secret contains a line break or another control character.',
		/one line/,
	),
	input(
		'no system user token',
		{ systemUserToken: '' },
		'System User Token is empty.',
		/approved it/,
	),
	input(
		'a system user token with a line break',
		{ systemUserToken: 'My App-\naB3dE6fG9h' },
		'System User Token contains a line break or another control character.',
		/one line/,
	),
	input(
		'no context identifier',
		{ contextIdentifier: '' },
		'Context Identifier is empty.',
		/Cust12345/,
	),
	input(
		'a company name as context identifier',
		{ contextIdentifier: 'Acme AS' },
		'Context Identifier is not a tenant’s identifier.',
		/web address/,
	),
	input(
		'an unknown environment',
		{ environment: 'qastage' },
		'Environment is not one of SuperOffice’s environments.',
		/Development \(sod\)/,
	),
	input(
		'an unknown protocol',
		{ exchangeProtocol: 'ftp' },
		'Exchange Protocol is neither REST nor SOAP.',
		/REST or SOAP/,
	),
];
