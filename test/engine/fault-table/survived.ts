import { createPrivateKey } from 'node:crypto';

import { exchangeAnswers, misbehave, serverFault } from './answers';
import type { FaultCase } from './types';

const hour = 60 * 60 * 1000;
const ticket = { then: 'ticket' } as const;

/** Transient faults, and faults with a fallback: the node still returns a ticket. */
export const survived: FaultCase[] = [
	{
		name: 'status 500, once',
		when: misbehave({ at: 'exchange', kind: 'status', status: 500, times: 1 }),
		...ticket,
		tries: 2,
		records: 1,
	},
	{
		name: 'status 502 with a web page, twice',
		when: misbehave({
			at: 'exchange',
			kind: 'body',
			status: 502,
			body: '<html>Bad Gateway</html>',
			times: 2,
		}),
		...ticket,
		tries: 3,
		records: 1,
	},
	{
		name: 'status 503 with Retry-After, once',
		when: misbehave({
			at: 'exchange',
			kind: 'status',
			status: 503,
			headers: { 'Retry-After': '1' },
			times: 1,
		}),
		...ticket,
		tries: 2,
		records: 1,
	},
	{
		name: 'status 429, once',
		when: misbehave({ at: 'exchange', kind: 'status', status: 429, times: 1 }),
		...ticket,
		tries: 2,
		records: 1,
	},
	{
		name: 'a server fault, once',
		when: exchangeAnswers(serverFault('The server could not process the request.'), 500, 1),
		...ticket,
		tries: 2,
		records: 1,
	},
	{
		name: 'the connection closed, once',
		when: misbehave({ at: 'exchange', kind: 'reset', times: 1 }),
		...ticket,
		tries: 2,
		records: 1,
	},
	{
		name: 'the connection closed mid-response, once',
		when: misbehave({ at: 'exchange', kind: 'cut', times: 1 }),
		...ticket,
		tries: 2,
		records: 2,
	},
	{
		name: 'a slow response that takes most of the timeout',
		when: misbehave({ at: 'exchange', kind: 'slow', milliseconds: 1200 }),
		timeout: 2000,
		...ticket,
		tries: 1,
		records: 1,
	},
	{
		name: 'no public keys, once',
		when: misbehave({ at: 'jwks', kind: 'status', status: 503, times: 1 }),
		...ticket,
		tries: 1,
		records: 1,
	},
	{
		name: 'a key rotated after the JWKS was fetched',
		when: async ({ online }) => {
			const body = JSON.stringify(online.login('online').jwks);
			const contentType = 'application/json';
			online.misbehave({ at: 'jwks', kind: 'body', body, contentType, times: 1 });
			await online.rollKey('online');
		},
		...ticket,
		tries: 1,
		records: 1,
	},
	{
		name: 'a state request that fails',
		when: misbehave({ at: 'state', kind: 'status', status: 500 }),
		...ticket,
		tries: 1,
		records: 1,
	},
	{
		name: 'a state request that hangs',
		when: misbehave({ at: 'state', kind: 'hang' }),
		timeout: 2000,
		...ticket,
		tries: 1,
		records: 1,
	},
	{
		name: 'a state that trickles in',
		when: misbehave({ at: 'state', kind: 'trickle', milliseconds: 200 }),
		timeout: 2000,
		...ticket,
		tries: 1,
		records: 1,
	},
	{
		name: 'maintenance during which the web API works',
		when: ({ online, tenant }) => online.setState(tenant, 'OnlineMaintenance'),
		...ticket,
		tries: 1,
		records: 1,
	},
	{
		name: 'the local clock two hours behind',
		clock: 2 * hour,
		...ticket,
		tries: 2,
		records: 1,
	},
	{
		name: 'the local clock 20 hours ahead, and status 503, once',
		clock: -20 * hour,
		when: misbehave({ at: 'exchange', kind: 'status', status: 503, times: 1 }),
		...ticket,
		tries: 3,
		records: 1,
	},
	{
		name: 'an encrypted private key pasted with spaces instead of line breaks',
		filledIn: ({ online }) => {
			const passphrase = 'correct horse battery staple';
			const pem = createPrivateKey(online.application.privateKeyPem)
				.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase })
				.toString();
			return { privateKey: pem.replaceAll('\n', ' '), privateKeyPassphrase: passphrase };
		},
		...ticket,
		tries: 1,
		records: 1,
	},
	{
		name: 'a private key in SuperOffice’s own format, and two certificates for a key rotation',
		filledIn: ({ online }) => ({
			privateKey: online.application.privateKeyXml,
			publicKey: online.login('sod').certificatePem + online.login('online').certificatePem,
		}),
		...ticket,
		tries: 1,
		records: 1,
	},
	{
		name: 'a JWT with iat as a string and aud as an array',
		when: misbehave({
			at: 'exchange',
			kind: 'jwt',
			change: (parts) => {
				const { iat, aud } = parts.claims;
				return { ...parts, claims: { ...parts.claims, iat: String(iat), aud: [aud] } };
			},
		}),
		...ticket,
		tries: 1,
		records: 1,
	},
];
