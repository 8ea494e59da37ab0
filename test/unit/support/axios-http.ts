import type { Http } from '../../../superoffice';
import { createClient, type SuperOfficeOnline } from '../../superoffice-online';

/** The library's HTTP function, implemented with an axios that reaches the local service. */
export function httpTo(online: Pick<SuperOfficeOnline, 'proxyUrl' | 'authority'>): Http {
	const client = createClient(online);
	return async ({ method, url, headers, body, signal }) => {
		const response = await client.request<string>({
			method,
			url,
			headers,
			data: body,
			signal,
			timeout: 0,
			responseType: 'text',
		});
		return {
			status: response.status,
			headers: response.headers as Record<string, string>,
			body: response.data,
		};
	};
}
