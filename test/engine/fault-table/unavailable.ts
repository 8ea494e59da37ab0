import { exchangeAnswers, misbehave, serverFault } from './answers';
import type { FaultCase } from './types';

const host = 'online.superoffice.com';
const noFault = /Nothing is wrong with the credential.*status\.superoffice\.com/;
const network = /network, the firewall and the proxy/;
const status = (code: number, headers?: Record<string, string>) =>
	misbehave({ at: 'exchange', kind: 'status', status: code, body: '', headers });

/** Faults that persist: retried a few times, within the node's timeout. */
export const unavailable: FaultCase[] = [
	...[500, 502, 503, 504].map(
		(code): FaultCase => ({
			name: `status ${code}, every time`,
			when: status(code),
			then: 'UNAVAILABLE',
			tries: 3,
			records: 0,
			says: `${host} is currently unavailable (status ${code}).`,
			cure: noFault,
		}),
	),
	{
		name: 'a server fault, every time',
		when: exchangeAnswers(serverFault('The server could not process the request.'), 500),
		then: 'UNAVAILABLE',
		tries: 3,
		records: 0,
		says: `${host} is currently unavailable (status 500): The server could not process the request.`,
		cure: noFault,
	},
	{
		name: 'status 429, every time',
		when: status(429),
		then: 'UNAVAILABLE',
		tries: 3,
		records: 0,
		says: `${host} is being called too often (status 429).`,
		cure: noFault,
	},
	{
		name: 'status 429 with a Retry-After beyond the timeout',
		when: status(429, { 'Retry-After': '120' }),
		then: 'UNAVAILABLE',
		tries: 1,
		records: 0,
		says: `${host} is being called too often (status 429).`,
		cure: /in 120 seconds, as SuperOffice asks/,
	},
	{
		name: 'no public keys, every time',
		when: misbehave({ at: 'jwks', kind: 'status', status: 503 }),
		then: 'UNAVAILABLE',
		tries: 0,
		records: 0,
		says: `${host} is currently unavailable (status 503).`,
		cure: noFault,
	},
	{
		name: 'the connection closed, every time',
		when: misbehave({ at: 'exchange', kind: 'reset' }),
		then: 'UNREACHABLE',
		tries: 3,
		records: 0,
		says: `${host} could not be reached: the connection was closed.`,
		cure: network,
	},
	{
		name: 'the connection closed mid-response, every time',
		when: misbehave({ at: 'exchange', kind: 'cut' }),
		then: 'UNREACHABLE',
		tries: 3,
		records: 3,
		says: `${host} could not be reached: its answer was cut off.`,
		cure: network,
	},
	...[1, undefined].map(
		(times): FaultCase => ({
			name: `no response, ${times === 1 ? 'once' : 'every time'}: SuperOffice may have issued a ticket`,
			when: misbehave({ at: 'exchange', kind: 'hang', times }),
			timeout: 1000,
			then: 'TIMEOUT',
			tries: 1,
			records: 0,
			says: `${host} did not answer in time.`,
			cure: /raise Timeout/,
		}),
	),
	{
		name: 'a response that trickles in',
		when: misbehave({ at: 'exchange', kind: 'trickle', milliseconds: 200 }),
		timeout: 1000,
		then: 'TIMEOUT',
		tries: 1,
		records: 1,
		says: `${host} did not answer in time.`,
		cure: /raise Timeout/,
	},
	{
		name: 'no response with the public keys, every time',
		// The service ends it, or the next case would wait for it, too.
		when: misbehave({ at: 'jwks', kind: 'hang', milliseconds: 2000 }),
		timeout: 1500,
		then: 'TIMEOUT',
		tries: 0,
		records: 0,
		says: `${host} did not answer in time.`,
		cure: /Timeout/,
	},
	{
		name: 'no proxy at the configured address',
		proxy: 'missing',
		then: 'UNREACHABLE',
		tries: 0,
		records: 0,
		says: `${host} could not be reached: the connection was refused.`,
		cure: network,
	},
	{
		name: 'a proxy that hangs',
		proxy: 'hanging',
		timeout: 1000,
		then: 'TIMEOUT',
		tries: 0,
		records: 0,
		says: `${host} did not answer in time.`,
		cure: /proxy/,
	},
	{
		name: 'a proxy that intercepts TLS',
		proxy: 'intercepting',
		then: 'UNREACHABLE',
		tries: 0,
		records: 0,
		says: `${host} could not be reached: its certificate is not trusted.`,
		cure: /NODE_EXTRA_CA_CERTS/,
	},
	{
		name: 'a proxy that requires authentication',
		proxy: 'refusing',
		then: 'UNREACHABLE',
		tries: 0,
		records: 0,
		says: `${host} could not be reached: the proxy in between asks for a user name and a password (status 407).`,
		cure: /proxy/,
	},
];
