import { SuperOfficeError } from '../errors';
import type { HttpResponse } from './http';

/**
 * Says what came instead of the expected answer: its status and kind, never its text, which may hold anything.
 *
 * @param expected what should have come, like `its usual answer`
 * @param options.who answered
 * @param options.wayAround what else can be done
 */
export function unexpectedAnswer(
	{ status, headers, body }: HttpResponse,
	expected: string,
	{ who = 'SuperOffice’s login', wayAround = '' }: { who?: string; wayAround?: string } = {},
): SuperOfficeError {
	const kind = describeKind(body, headers['content-type']);
	const isRedirect = status >= 300 && status < 400;
	return new SuperOfficeError(
		'UNEXPECTED_ANSWER',
		isRedirect
			? `${who} answered with a redirect (status ${status}) instead of ${expected}, and it was not followed.`
			: `${who} answered with ${kind} (status ${status}) instead of ${expected}.`,
		`A proxy, a firewall or a maintenance page is probably in between. Look at https://status.superoffice.com, and check the proxy settings of the machine this runs on.${wayAround}`,
		{ httpStatus: status },
	);
}

function describeKind(body: string, contentType = ''): string {
	if (body.trim() === '') return 'nothing';
	if (/^\s*</.test(body)) {
		const isPage = /html/i.test(contentType) || /<html/i.test(body);
		return isPage ? 'a web page' : 'unknown or truncated XML';
	}
	if (/^\s*[{[]/.test(body)) return 'unknown or truncated JSON';
	return 'plain text';
}
