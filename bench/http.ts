import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';

import axios from 'axios';

import type { Http } from '../superoffice';

/** axios as the library's HTTP function, by way of a proxy. */
export function httpThrough(proxyUrl: string): Http {
	const proxy = new URL(proxyUrl);
	const client = axios.create({
		proxy: { protocol: 'http', host: proxy.hostname, port: Number(proxy.port) },
		httpsAgent: new Agent({
			ca: readFileSync(process.env.NODE_EXTRA_CA_CERTS!),
			keepAlive: true,
		}),
		validateStatus: () => true,
		maxRedirects: 0,
		responseType: 'text',
	});
	return async ({ method, url, headers, body, timeout }) => {
		const response = await client.request<string>({ method, url, headers, data: body, timeout });
		return {
			status: response.status,
			headers: response.headers as Record<string, string>,
			body: response.data,
		};
	};
}
