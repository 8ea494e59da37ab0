import type { ParsedCredentials } from '../credentials';
import { SuperOfficeError } from '../errors';
import type { HttpResponse } from '../http/http';

/** SuperOffice's answer to an exchange, in either protocol, as it came: nothing in it has been checked. */
export interface ExchangeAnswer {
	/** `fault`: SuperOffice failed to process it, rather than refusing it. */
	outcome: 'success' | 'refusal' | 'fault';
	token?: unknown;
	errorMessage?: unknown;
}

/** What differs between the ways to exchange. */
export interface Protocol {
	/** On the environment's login host. */
	path: string;
	headers: Record<string, string>;
	buildBody(credentials: ParsedCredentials, signedSystemToken: string): string;
	/** `undefined` for a response that is none of SuperOffice's answers. */
	readAnswer(response: HttpResponse): ExchangeAnswer | undefined;
}

export function noToken({ status }: HttpResponse): SuperOfficeError {
	return new SuperOfficeError(
		'UNEXPECTED_ANSWER',
		'SuperOffice reports a successful exchange, but sent no token.',
		'Try again. If it keeps happening, tell SuperOffice support.',
		{ httpStatus: status },
	);
}
