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

export function noToken({ status }: HttpResponse): SuperOfficeError {
	return new SuperOfficeError(
		'UNEXPECTED_ANSWER',
		'SuperOffice says the exchange succeeded, but sent no token.',
		'Try again; if it stays, tell SuperOffice support.',
		{ httpStatus: status },
	);
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
