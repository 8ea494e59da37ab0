import { generateKeyPairSync, sign } from 'crypto';

import * as fc from 'fast-check';

import { SuperOfficeError } from '../../superoffice';
import { verifyWithKeys } from '../../superoffice/jwt/verify-jwt';
import { readPublicKeys } from '../../superoffice/keys/public-keys';
import { jwtVectors, named } from './support/vectors';

const { contextIdentifier, certificatePem, publicKeyPem, jwks } = jwtVectors;
const at = new Date(jwtVectors.now);
const { jwt: valid } = named(jwtVectors.jwts, 'valid');
const [header, payload, signature] = valid.split('.') as [string, string, string];

const keySets = [certificatePem, publicKeyPem, jwks].map(readPublicKeys);

/** Whether the JWT is accepted with SuperOffice's public key in any of its forms. */
function isAccepted(jwt: string): boolean {
	return keySets.some((keys) => {
		try {
			verifyWithKeys(jwt, keys, { contextIdentifier, at });
			return true;
		} catch (error) {
			if (error instanceof SuperOfficeError && error.code === 'JWT_REJECTED') return false;
			throw error;
		}
	});
}

const isRefused = (jwt: string) => jwt === valid || !isAccepted(jwt);
const check = (property: fc.IProperty<[string]> | fc.IProperty<[string, string]>) =>
	fc.assert(property as fc.IProperty<[string]>, { numRuns: 500 });

const encode = (text: string | Buffer) => Buffer.from(text).toString('base64url');
const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as object;
const position = fc.nat({ max: valid.length - 1 });
const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=.+/ \n\0é'];
const character = fc.constantFrom(...alphabet);

/** An object with one of its members changed, added or removed. */
const changed = (original: object) =>
	fc.oneof(
		fc
			.tuple(fc.constantFrom(...Object.keys(original)), fc.jsonValue())
			.map(([name, value]) => ({ ...original, [name]: value })),
		fc
			.constantFrom(...Object.keys(original))
			.map((name) => Object.fromEntries(Object.entries(original).filter(([key]) => key !== name))),
		fc
			.tuple(fc.string({ minLength: 1 }), fc.jsonValue())
			.map(([name, value]) => ({ ...original, [name]: value })),
	);

const otherKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const signOther = (data: string) => encode(sign('sha256', Buffer.from(data), otherKey));

describe('no single change to a valid JWT is accepted', () => {
	test('the unchanged one is', () => expect(isAccepted(valid)).toBe(true));

	test('a character replaced', () => {
		const change = fc
			.tuple(position, character)
			.map(([index, other]) => valid.slice(0, index) + other + valid.slice(index + 1));
		check(fc.property(change, isRefused));
	});

	test('a character removed, at every position', () => {
		const accepted = [...valid].filter((_, index) =>
			isAccepted(valid.slice(0, index) + valid.slice(index + 1)),
		);
		expect(accepted).toEqual([]);
	});

	test('a character inserted', () => {
		const change = fc
			.tuple(fc.nat({ max: valid.length }), character)
			.map(([index, other]) => valid.slice(0, index) + other + valid.slice(index));
		check(fc.property(change, isRefused));
	});

	test('parts swapped, left out or repeated', () => {
		const parts = [header, payload, signature];
		const change = fc
			.array(fc.constantFrom(...parts, ''), { minLength: 0, maxLength: 5 })
			.map((chosen) => chosen.join('.'));
		check(fc.property(change, isRefused));
	});

	test('a bit of the signature flipped, at every position', () => {
		const bytes = Buffer.from(signature, 'base64url');
		const accepted = Array.from({ length: bytes.length * 8 }, (_, bit) => {
			const flipped = Buffer.from(bytes);
			flipped[bit >> 3]! ^= 1 << (bit & 7);
			return `${header}.${payload}.${encode(flipped)}`;
		}).filter(isAccepted);
		expect(accepted).toEqual([]);
	});

	test('a header field changed, the rest kept', () => {
		const change = changed(decode(header)).map(
			(other) => `${encode(JSON.stringify(other))}.${payload}.${signature}`,
		);
		check(fc.property(change, isRefused));
	});

	test('a claim changed, the rest kept', () => {
		const change = changed(decode(payload)).map(
			(other) => `${header}.${encode(JSON.stringify(other))}.${signature}`,
		);
		check(fc.property(change, isRefused));
	});

	test('the payload’s JSON reformatted, the rest kept', () => {
		const spaced = encode(JSON.stringify(decode(payload), null, 1));
		expect(isAccepted(`${header}.${spaced}.${signature}`)).toBe(false);
	});

	test('the signature replaced by arbitrary bytes', () => {
		const change = fc
			.uint8Array({ minLength: 0, maxLength: 512 })
			.map((bytes) => `${header}.${payload}.${encode(Buffer.from(bytes))}`);
		check(fc.property(change, isRefused));
	});

	test('a signature by another key, whatever the header says', () => {
		const names = changed(decode(header)).map((other) => encode(JSON.stringify(other)));
		const change = fc.oneof(fc.constant(header), names).map((other) => {
			const data = `${other}.${payload}`;
			return `${data}.${signOther(data)}`;
		});
		check(fc.property(change, isRefused));
	});
});
