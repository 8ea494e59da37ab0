import { NodeApiError } from 'n8n-workflow';

import { readSystemCode, timedOut, unreachable } from '../superoffice';
import { findSuperOfficeError } from './errors';

/** What n8n's HTTP client reports when its own time limit is over. */
const timeoutCodes = ['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT'];

/**
 * The library's error for a request that got no answer. Errors of another kind, such as those of n8n's own guards, are
 * returned as they are.
 */
export function toNetworkError(error: unknown, host: string): unknown {
	const known = findSuperOfficeError(error);
	if (known !== undefined) return known;
	// n8n 1 wipes out the client's error, and keeps its code as a status.
	const code =
		readSystemCode(error) ??
		(error instanceof NodeApiError ? readSystemCode({ code: error.httpCode }) : undefined);
	if (code === undefined || code === 'ERR_CANCELED') return error;
	return timeoutCodes.includes(code) ? timedOut(host) : unreachable(host, error);
}
