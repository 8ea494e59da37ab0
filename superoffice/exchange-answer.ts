import type { CheckedApplication } from './application';
import { SuperOfficeError } from './errors';
import type { HttpResponse } from './http';

/** SuperOffice's answer to an exchange, in either protocol, as it came: nothing in it has been checked. */
export interface ExchangeAnswer {
	isSuccessful: boolean;
	token: unknown;
	errorMessage: unknown;
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

/** The JWT in an answer. Throws `REFUSED` in SuperOffice's own words, or `UNEXPECTED_ANSWER` saying what came instead. */
export function readExchangeAnswer(
	response: HttpResponse,
	answer: ExchangeAnswer | undefined,
	application: CheckedApplication,
): string {
	if (answer === undefined) throw unexpectedAnswer(response);
	if (!answer.isSuccessful) throw refused(response, readWords(answer.errorMessage, application));
	if (typeof answer.token === 'string' && answer.token !== '') return answer.token;
	throw new SuperOfficeError(
		'UNEXPECTED_ANSWER',
		'SuperOffice says the exchange succeeded, but sent no token.',
		'Try again; if it stays, tell SuperOffice support.',
		{ httpStatus: response.status },
	);
}

/** Says what came instead of the expected answer: its status and kind, never its text, which may hold anything. */
function unexpectedAnswer({ status, headers, body }: HttpResponse): SuperOfficeError {
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

function describeKind(body: string, contentType = ''): string {
	if (body.trim() === '') return 'nothing';
	if (/^\s*</.test(body)) {
		return /html/i.test(contentType) || /<html/i.test(body) ? 'a web page' : 'XML';
	}
	if (/^\s*[{[]/.test(body)) return 'other or cut off JSON';
	return 'plain text';
}

interface Refusal {
	pattern: RegExp;
	hint: string;
}

// Which text the exchange uses for which reason is not documented, so names and numbers of AuthorizeErrorCode are
// matched loosely, and SuperOffice's own words are always shown.
const refusals: Refusal[] = [
	{
		pattern: /signature|\b7\b/i,
		hint: 'Private Key does not belong to this application in this environment. Check Private Key and Environment: each environment has a key of its own.',
	},
	{
		pattern: /timestamp|\b6\b/i,
		hint: 'This machine’s clock is wrong. Set it by network time (NTP), then try again.',
	},
	{
		pattern: /revoked|\b1\b/i,
		hint: 'The tenant took the application’s access away. Ask an administrator of the tenant to approve the application again, then enter the new System User Token.',
	},
	{
		pattern: /needs\W*re-?approval|\b5\b/i,
		hint: 'The application has changed since the tenant approved it. Ask an administrator of the tenant to approve it again.',
	},
	{
		pattern: /expired|\b3\b/i,
		hint: 'The tenant’s approval has expired. Ask an administrator of the tenant to approve the application again.',
	},
	{
		pattern: /denied|\b4\b/i,
		hint: 'Check Environment, Client Secret, Context Identifier and System User Token. If they are right, ask an administrator of the tenant to approve the application. It must be of type server to server.',
	},
];

const otherRefusal =
	'Check Environment, Client Secret, System User Token and Context Identifier: they must all belong to one application, one tenant and one environment.';

function refused({ status }: HttpResponse, words: string): SuperOfficeError {
	const hint = refusals.find(({ pattern }) => pattern.test(words))?.hint ?? otherRefusal;
	return new SuperOfficeError(
		'REFUSED',
		words === '' ? 'SuperOffice refused, and gave no reason.' : `SuperOffice refused: ${words}`,
		hint,
		{ httpStatus: status },
	);
}

/** SuperOffice’s words, on one line of bounded length, without the secrets it may repeat. */
function readWords(
	errorMessage: unknown,
	{ clientSecret, systemUserToken }: CheckedApplication,
): string {
	const words = typeof errorMessage === 'string' ? errorMessage : '';
	return [clientSecret, systemUserToken]
		.reduce((text, secret) => text.replaceAll(secret, '***'), words)
		.replace(/[\w+/=-]{80,}/g, '***')
		.replace(/\s+/g, ' ')
		.trim()
		.slice(0, 300);
}
