import { sleep, type IHttpRequestHelper } from 'n8n-workflow';

import type { Http, Surroundings } from '../superoffice';

/** n8n’s own HTTP client, which honours the operator’s proxy, certificates and guards, as the library wants it. */
export function httpOf({ helpers }: IHttpRequestHelper): Http {
	return async ({ method, url, headers, body, timeout }) => {
		const response = (await helpers.httpRequest({
			method,
			url,
			headers,
			body,
			timeout,
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		})) as { statusCode: number; headers: Record<string, string | undefined>; body: unknown };
		return {
			status: response.statusCode,
			headers: response.headers,
			body: String(response.body ?? ''),
		};
	};
}

export const surroundings: Surroundings = { sleep };
