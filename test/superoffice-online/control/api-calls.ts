import { ENTITY_NAMES } from '../crm/store';
import type { RequestRecord } from './counts';

/**
 * Requests to tenants' APIs by method and address, like `GET /v1/Contact/{id}`: without query, ids left open, names of
 * entities spelled as SuperOffice does.
 */
export function apiCalls(
	requests: readonly RequestRecord[],
	contextIdentifier?: string,
): Record<string, number> {
	const calls: Record<string, number> = {};
	for (const { method, path, contextIdentifier: tenant } of requests) {
		const [, rest] = /^\/[^/]+\/api(\/[^?]*)/i.exec(path) ?? [];
		if (rest === undefined || tenant === undefined) continue;
		if (contextIdentifier && contextIdentifier.toLowerCase() !== tenant.toLowerCase()) continue;
		const call = `${method} ${rest.replace(/\/$/, '').split('/').map(part).join('/')}`;
		calls[call] = (calls[call] ?? 0) + 1;
	}
	return calls;
}

function part(text: string): string {
	if (/^\d+$/.test(text)) return '{id}';
	return ENTITY_NAMES.find((name) => name.toLowerCase() === text.toLowerCase()) ?? text;
}
