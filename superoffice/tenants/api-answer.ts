import { SuperOfficeError } from '../errors';
import { isUnavailableStatus } from '../http/http';
import { readWords } from '../http/words';

/** What a tenant's web API answered. */
export interface ApiAnswer {
	status: number;
	/** Parsed JSON, or text. */
	body: unknown;
}

const checkValues = 'Check the values that were sent.';
const changed = 'The record has changed in the meantime. Read it again, then retry.';

const hints: Record<number, string> = {
	401: 'Try again. If it keeps happening, check that the application may use the tenant’s web API.',
	403: 'The user that SuperOffice is called as lacks the right to do this. Ask an administrator of the tenant.',
	404: 'Check the ID and the path. The record may have been deleted, or the user may not be allowed to see it.',
	409: changed,
	412: changed,
};

/**
 * Returns an answer that a call wanted; throws for any other, with SuperOffice's own words.
 *
 * @param path of the call: agents (`/v1/Agents/...`) report a failure with status 200
 * @param secrets what must not be shown, even if SuperOffice repeats it
 * @param options.tries how often the call was made
 * @param options.isIdempotent false for a call that must not be done twice: after some failures it may have been done
 * @throws SuperOfficeError `CALL_FAILED`, `UNAVAILABLE` or `UNEXPECTED_ANSWER`
 */
export function requireSuccess<Answer extends ApiAnswer>(
	answer: Answer,
	path: string,
	secrets: string[],
	{ isIdempotent = true, tries = 1 }: { isIdempotent?: boolean; tries?: number } = {},
): Answer {
	const { status, body } = answer;
	const words = readWords(readMessage(body), secrets);
	if (status >= 300 && status < 400) {
		throw new SuperOfficeError(
			'UNEXPECTED_ANSWER',
			`The tenant’s web API answered with a redirect (status ${status}), and it was not followed.`,
			'A proxy or a firewall is probably in between. Check the proxy settings of the machine this runs on.',
			{ httpStatus: status },
		);
	}
	if (isUnavailableStatus(status)) {
		throw new SuperOfficeError(
			'UNAVAILABLE',
			describe(
				status === 429
					? 'The tenant’s web API is being called too often'
					: 'The tenant’s web API could not do this',
				status,
				words,
			),
			`${tries > 1 ? `It was tried ${tries} times. ` : ''}Try again in a few minutes; status.superoffice.com reports maintenance.`,
			{ httpStatus: status, outcomeUnknown: !isIdempotent && status !== 429 },
		);
	}
	const isSuccess = status >= 200 && status < 300 && !isAgentFailure(path, answer);
	if (isSuccess) return answer;
	const what = status >= 300 ? 'SuperOffice turned the call down' : 'SuperOffice could not do this';
	throw new SuperOfficeError(
		'CALL_FAILED',
		describe(what, status, words),
		hints[status] ?? checkValues,
		{ httpStatus: status },
	);
}

/** Agents answer 200 with `null` where nothing was found, or with nothing but a message. */
function isAgentFailure(path: string, { status, body }: ApiAnswer): boolean {
	if (status !== 200 || !/^\/?v1\/agents\//i.test(path)) return false;
	if (body === null) return true;
	if (typeof body !== 'object' || Array.isArray(body)) return false;
	const { Error: isError, ...rest } = body as Record<string, unknown>;
	const names = Object.keys(rest);
	return (
		isError === true ||
		(names.length > 0 && names.every((name) => name === 'Message' || name === 'MessageDetail'))
	);
}

function readMessage(body: unknown): unknown {
	if (typeof body !== 'object' || body === null) return undefined;
	const { ErrorMessage, Message, MessageDetail } = body as Record<string, unknown>;
	if (typeof ErrorMessage === 'string' && ErrorMessage !== '') return ErrorMessage;
	return [Message, MessageDetail]
		.filter((text) => typeof text === 'string' && text !== '')
		.join(' ');
}

function describe(what: string, status: number, words: string): string {
	return words === '' ? `${what} (status ${status}).` : `${what} (status ${status}): ${words}`;
}
