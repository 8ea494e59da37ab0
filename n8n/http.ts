import { sleep, type IHttpRequestHelper } from 'n8n-workflow';

import type { ClientOptions, Deadline, Http } from '../superoffice';

export const clientOptions: ClientOptions = { sleep };

/** What is left of a deadline, as n8n's helpers take it: whole milliseconds, where 0 would mean no limit. */
export function timeoutLeft(deadline: Deadline): number {
	return Math.max(1, Math.ceil(deadline.remaining()));
}

/** n8n's own HTTP client, which honors the operator's proxy, certificates and guards, as the library wants it. */
export function httpFor({ helpers }: IHttpRequestHelper): Http {
	return async (request) => {
		const { method, url, headers, body, signal, maxResponseBytes } = request;
		const response = (await helpers.httpRequest({
			method,
			url,
			headers,
			body,
			abortSignal: signal,
			// n8n sets no limit to an answer's size; a stream can be left in the middle.
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		})) as {
			statusCode: number;
			headers: Record<string, string | undefined>;
			body: AsyncIterable<Uint8Array>;
		};
		return {
			status: response.statusCode,
			headers: response.headers,
			body: await readText(response.body, maxResponseBytes),
		};
	};
}

/** The text of an answer, up to that many bytes or a few more. Throws `RESPONSE_TRUNCATED`. */
export async function readText(
	body: AsyncIterable<Uint8Array>,
	maxResponseBytes: number,
): Promise<string> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	try {
		for await (const chunk of body) {
			chunks.push(chunk);
			length += chunk.length;
			if (length > maxResponseBytes) break;
		}
	} catch (error) {
		throw Object.assign(new Error('The answer was cut off', { cause: error }), {
			code: 'RESPONSE_TRUNCATED',
		});
	}
	return Buffer.concat(chunks).toString('utf8');
}
