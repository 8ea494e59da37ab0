import { generateKeyPairSync, sign as signBytes } from 'node:crypto';

import type { JwtParts } from '../../superoffice-online';
import { exchangeAnswers, misbehave, success } from './answers';
import type { FaultCase, Scene } from './types';

const identity = (name: string) => `http://schemes.superoffice.net/identity/${name}`;
let key: ReturnType<typeof newKey> | undefined;
const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
/** Generated once, on first use, because it takes a while. */
const anotherKey = () => (key ??= newKey());

type Change = (parts: JwtParts, scene: Scene) => JwtParts & { jwt?: string };

/** SuperOffice, or someone in between, answers with this JWT: the exchange leaves a record but yields no ticket. */
function forgery(name: string, reason: string, change: Change, cure = /not used|clock/): FaultCase {
	return {
		name,
		when: (scene) =>
			misbehave({ at: 'exchange', kind: 'jwt', change: (parts) => change(parts, scene) })(scene),
		then: 'JWT_REJECTED',
		tries: 1,
		records: 1,
		says: `SuperOffice’s answer could not be verified: ${reason}.`,
		cure,
	};
}

const header =
	(changes: Record<string, unknown>) =>
	(parts: JwtParts): JwtParts => ({ ...parts, header: { ...parts.header, ...changes } });
const claims =
	(changes: (claims: JwtParts['claims']) => Record<string, unknown>) =>
	(parts: JwtParts): JwtParts => ({
		...parts,
		claims: { ...parts.claims, ...changes(parts.claims) },
	});
const later = (seconds: number, time: unknown) => Number(time) + seconds;
const fromAnHourAgo = claims(({ iat, nbf, exp }) => ({
	iat: later(-3600, iat),
	nbf: later(-3600, nbf),
	exp: later(-3600, exp),
}));
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const sign = (parts: JwtParts): string => {
	const { header: head, claims: body, signingKeyPem } = parts;
	const data = `${encode(head)}.${encode(body)}`;
	return `${data}.${signBytes('sha256', Buffer.from(data), signingKeyPem).toString('base64url')}`;
};

const notRs256 = 'it is not signed the way SuperOffice signs (RS256)';
const notByKey = 'its signature was not made with SuperOffice’s key';
const checkKey = /Public Key/;
const noTicket = 'it contains no usable ticket';
const wrongAudience = 'it was issued to someone else (wrong audience)';
const wrongTenant = 'it is for a different tenant than the one asked for';
const noJwt = 'it is not a signed answer (JWT)';

/** JWTs that are rejected. */
export const forged: FaultCase[] = [
	forgery('alg none', notRs256, header({ alg: 'none' })),
	forgery('HS256 with the certificate’s text', notRs256, (parts, { online }) => ({
		...header({ alg: 'HS256' })(parts),
		signingKeyPem: online.login('online').certificatePem,
	})),
	forgery('HS256 with the key’s text', notRs256, (parts, { online }) => ({
		...header({ alg: 'HS256' })(parts),
		signingKeyPem: online.login('online').publicKeyPem,
	})),
	forgery('RS512 with the right key', notRs256, header({ alg: 'RS512' })),
	forgery('RS384 with the right key', notRs256, header({ alg: 'RS384' })),
	forgery('PS256 with the right key', notRs256, header({ alg: 'PS256' })),
	forgery(
		'another key',
		notByKey,
		(parts) => ({
			...parts,
			signingKeyPem: anotherKey().privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		}),
		checkKey,
	),
	forgery(
		'another key offered in the header',
		notByKey,
		(parts) => {
			const { privateKey, publicKey } = anotherKey();
			const jwk = publicKey.export({ format: 'jwk' });
			const offer = { jwk, jku: 'https://evil.example/jwks', x5u: 'https://evil.example/x5u' };
			return {
				...parts,
				header: { ...parts.header, ...offer },
				signingKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
			};
		},
		checkKey,
	),
	forgery(
		'an unknown key name',
		'it is signed with a key that SuperOffice does not publish',
		header({ kid: 'FFFF', x5t: 'AAAA' }),
		/5 minutes/,
	),
	forgery(
		'a changed payload',
		notByKey,
		(parts) => {
			const [head, , signature] = sign(parts).split('.');
			const other = { ...parts.claims, [identity('is_administrator')]: 'False' };
			return { ...parts, jwt: `${head}.${encode(other)}.${signature}` };
		},
		checkKey,
	),
	forgery(
		'a truncated signature',
		notByKey,
		(parts) => ({ ...parts, jwt: sign(parts).slice(0, -22) }),
		checkKey,
	),
	forgery('no signature', 'it is damaged or cut off', (parts) => ({
		...parts,
		jwt: sign(parts).replace(/[^.]+$/, ''),
	})),
	forgery('a fourth part', noJwt, (parts) => ({ ...parts, jwt: `${sign(parts)}.AAAA` })),
	forgery(
		'a critical header extension',
		'its header makes an unknown demand',
		header({ crit: ['b64'], b64: true }),
	),
	forgery('expired', 'it has expired', fromAnHourAgo),
	{
		...forgery('expired, with a Date that fits it', 'it has expired', (parts) => parts),
		when: (scene) => {
			misbehave({
				at: 'exchange',
				kind: 'jwt',
				headers: { Date: new Date(scene.online.now().getTime() - 3_600_000).toUTCString() },
				change: fromAnHourAgo,
			})(scene);
		},
	},
	forgery(
		'not yet valid',
		'it is not valid yet',
		claims(({ nbf, exp }) => ({ nbf: later(3600, nbf), exp: later(3600, exp) })),
	),
	forgery(
		'no exp',
		'it does not say when it expires',
		claims(() => ({ exp: undefined })),
	),
	forgery(
		'another issuer',
		'it was not issued by SuperOffice AS',
		claims(() => ({ iss: 'SuperOffice A/S' })),
	),
	forgery(
		'no issuer',
		'it was not issued by SuperOffice AS',
		claims(() => ({ iss: undefined })),
	),
	forgery(
		'another audience',
		wrongAudience,
		claims(() => ({ aud: 'spn:1' })),
	),
	forgery(
		'the right audience among others',
		wrongAudience,
		claims(({ aud }) => ({ aud: [aud, 'spn:1'] })),
	),
	forgery(
		'no audience',
		wrongAudience,
		claims(() => ({ aud: undefined })),
	),
	forgery(
		'another tenant',
		wrongTenant,
		claims(() => ({ [identity('ctx')]: 'Cust12345' })),
	),
	forgery(
		'no tenant',
		wrongTenant,
		claims(() => ({ [identity('ctx')]: undefined })),
	),
	forgery(
		'no ticket',
		noTicket,
		claims(() => ({ [identity('ticket')]: undefined })),
	),
	forgery(
		'an empty ticket',
		noTicket,
		claims(() => ({ [identity('ticket')]: '' })),
	),
	forgery(
		'a ticket with a line break',
		noTicket,
		claims(() => ({ [identity('ticket')]: '7T:abc\r\nX-Evil: 1' })),
	),
	forgery(
		'a web API address outside SuperOffice',
		'it gives no web API address on superoffice.com',
		claims(() => ({ [identity('webapi_url')]: 'https://superoffice.com.evil.example/api/' })),
	),
	{
		...forgery('no JWT at all', noJwt, (parts) => parts),
		when: exchangeAnswers(success('hello')),
		records: 0,
	},
];
