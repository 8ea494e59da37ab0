import { exchangeAnswers, misbehave, success } from './answers';
import type { FaultCase } from './types';

const once = { then: 'UNEXPECTED_ANSWER', tries: 1, records: 0 } as const;
const inBetween = /proxy, a firewall or a maintenance page/;
const text = (body: string, contentType = 'text/plain', status = 200) =>
	misbehave({ at: 'exchange', kind: 'body', body, contentType, status });
const insteadOf = (kind: string, status = 200) =>
	`SuperOffice’s login answered with ${kind} (status ${status}) instead of its usual answer.`;
const noKeys = (kind: string, status = 200) =>
	`SuperOffice’s login answered with ${kind} (status ${status}) instead of its public keys.`;
const noRedirect = (status: number, expected = 'its usual answer') =>
	`SuperOffice’s login answered with a redirect (status ${status}) instead of ${expected}, and it was not followed.`;

/** Unusable responses: reported by kind, without showing their text. */
export const unexpected: FaultCase[] = [
	{
		name: 'a web page',
		when: text(
			'<!DOCTYPE html><html><body>Sign in to the guest network</body></html>',
			'text/html',
		),
		...once,
		says: insteadOf('a web page'),
		cure: inBetween,
	},
	{
		name: 'a web page with status 404',
		when: text('<html>Not Found</html>', 'text/html', 404),
		...once,
		says: insteadOf('a web page', 404),
		cure: inBetween,
	},
	{
		name: 'an endless response',
		when: misbehave({ at: 'exchange', kind: 'flood', bytes: Infinity }),
		...once,
		says: 'online.superoffice.com sent more than 1 MB (status 200) instead of its usual answer.',
		cure: /A proxy or a firewall/,
	},
	{ name: 'an empty body', when: text(''), ...once, says: insteadOf('nothing'), cure: inBetween },
	{
		name: 'plain text',
		when: text('OK'),
		...once,
		says: insteadOf('plain text'),
		cure: inBetween,
	},
	{
		name: 'truncated JSON',
		when: text('{"IsSuccessful":true,"Token":"eyJ', 'application/json'),
		...once,
		says: insteadOf('unknown or truncated JSON'),
		cure: inBetween,
	},
	{
		name: 'unexpected JSON',
		when: text('[{"hello":"world"}]', 'application/json'),
		...once,
		says: insteadOf('unknown or truncated JSON'),
		cure: inBetween,
	},
	{
		name: 'truncated XML',
		when: text('<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Bo', 'text/xml'),
		...once,
		says: insteadOf('unknown or truncated XML'),
		cure: inBetween,
	},
	{
		name: 'unexpected XML',
		when: text('<?xml version="1.0"?><a>b</a>', 'text/xml'),
		...once,
		says: insteadOf('unknown or truncated XML'),
		cure: inBetween,
	},
	{
		name: 'success without a token',
		when: exchangeAnswers(success('')),
		...once,
		says: 'SuperOffice reports a successful exchange, but sent no token.',
		cure: /SuperOffice support/,
	},
	...[301, 302, 307, 308].map(
		(status): FaultCase => ({
			name: `a redirect elsewhere, status ${status}`,
			when: misbehave({
				at: 'exchange',
				kind: 'redirect',
				status,
				location: 'https://evil.example/',
			}),
			...once,
			says: noRedirect(status),
			cure: inBetween,
		}),
	),
	{
		name: 'a redirect within SuperOffice',
		when: misbehave({
			at: 'exchange',
			kind: 'redirect',
			location: 'https://sod.superoffice.com/Login/api/PartnerSystemUser/Authenticate',
		}),
		...once,
		says: noRedirect(302),
		cure: inBetween,
	},
	{
		name: 'a web page instead of the public keys',
		when: misbehave({ at: 'jwks', kind: 'body', body: '<html></html>' }),
		...once,
		tries: 0,
		says: noKeys('a web page'),
		cure: /Public Key/,
	},
	{
		name: 'no usable key in the JWKS',
		when: misbehave({ at: 'jwks', kind: 'body', body: '{"keys":[{"kty":"EC"}]}' }),
		...once,
		tries: 0,
		says: noKeys('unknown or truncated JSON'),
		cure: /SuperOfficeFederatedLogin\.crt/,
	},
	{
		name: 'a JWKS that is not found',
		when: misbehave({ at: 'jwks', kind: 'status', status: 404 }),
		...once,
		tries: 0,
		says: noKeys('unknown or truncated JSON', 404),
		cure: /Public Key/,
	},
	{
		name: 'a JWKS that redirects elsewhere',
		when: misbehave({ at: 'jwks', kind: 'redirect', location: 'https://evil.example/jwks' }),
		...once,
		tries: 0,
		says: noRedirect(302, 'its public keys'),
		cure: /Public Key/,
	},
	{
		name: 'a tenant address outside SuperOffice',
		when: misbehave({
			at: 'state',
			kind: 'body',
			contentType: 'application/json',
			body: '{"State":"Running","IsRunning":true,"Api":"https://superoffice.com.evil.example/Cust1/api"}',
		}),
		...once,
		tries: 0,
		says: 'SuperOffice’s login gives the tenant an address that is not on superoffice.com.',
		cure: /Nothing was sent there.*proxy/,
	},
];
