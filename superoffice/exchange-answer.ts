import type { CheckedApplication } from './application';
import { SuperOfficeError } from './errors';
import type { HttpResponse } from './http';

/** SuperOffice's answer to an exchange, in either protocol, as it came: nothing in it has been checked. */
export interface ExchangeAnswer {
	/** `fault`: SuperOffice broke on it, rather than turning it down. */
	outcome: 'success' | 'refusal' | 'fault';
	token?: unknown;
	errorMessage?: unknown;
}

/** What is different between the ways to exchange. */
export interface Protocol {
	/** On the environment's login host. */
	path: string;
	headers: Record<string, string>;
	buildBody(application: CheckedApplication, signedSystemToken: string): string;
	/** `undefined` for a response that is none of SuperOffice's answers. */
	readAnswer(response: HttpResponse): ExchangeAnswer | undefined;
}

/** Says what came instead of the expected answer: its status and kind, never its text, which may hold anything. */
export function unexpectedAnswer({ status, headers, body }: HttpResponse): SuperOfficeError {
	const kind = describeKind(body, headers['content-type']);
	const isRedirect = status >= 300 && status < 400;
	return new SuperOfficeError(
		'UNEXPECTED_ANSWER',
		isRedirect
			? `SuperOffice’s login answered with a redirect (status ${status}), which is not followed.`
			: `SuperOffice’s login answered with ${kind} (status ${status}) instead of its usual answer.`,
		'A proxy, a firewall or a maintenance page is probably in between. Open https://status.superoffice.com, and check the proxy settings of the machine that runs this.',
		{ httpStatus: status },
	);
}

export function noToken({ status }: HttpResponse): SuperOfficeError {
	return new SuperOfficeError(
		'UNEXPECTED_ANSWER',
		'SuperOffice says the exchange succeeded, but sent no token.',
		'Try again; if it stays, tell SuperOffice support.',
		{ httpStatus: status },
	);
}

function describeKind(body: string, contentType = ''): string {
	if (body.trim() === '') return 'nothing';
	if (/^\s*</.test(body)) {
		return /html/i.test(contentType) || /<html/i.test(body) ? 'a web page' : 'other or cut off XML';
	}
	if (/^\s*[{[]/.test(body)) return 'other or cut off JSON';
	return 'plain text';
}

/** SuperOffice’s words, on one line of bounded length, without the secrets it may repeat. */
export function readWords(
	errorMessage: unknown,
	{ clientSecret, systemUserToken }: CheckedApplication,
): string {
	const words = typeof errorMessage === 'number' ? String(errorMessage) : errorMessage;
	return [clientSecret, systemUserToken]
		.reduce(
			(text, secret) => text.replaceAll(secret, '***'),
			typeof words === 'string' ? words : '',
		)
		.replace(/[\w+/=-]{40,}/g, '***')
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.trim()
		.slice(0, 300);
}
