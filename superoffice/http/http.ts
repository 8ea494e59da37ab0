import type { Deadline } from './deadline';

/** One request, as an {@link Http} function gets it. */
export interface HttpRequest {
	method: 'GET' | 'POST';
	url: string;
	headers: Record<string, string>;
	body?: string;
	/** Milliseconds within which the whole answer must have arrived. */
	timeout: number;
	/** Aborts when that time is up. The answer is then no longer waited for, whoever heeds this. */
	signal: AbortSignal;
	/** A longer answer is refused, so no more than one byte beyond this need be read. */
	maxResponseBytes: number;
}

export interface HttpResponse {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string | undefined>;
	body: string;
}

/**
 * Sends one request and returns the answer, whatever its status. Follows no redirects. Throws if no answer came, with
 * the system's error code (`ECONNREFUSED`, ...) in `code` where there is one, or `RESPONSE_TRUNCATED`.
 */
export type Http = (request: HttpRequest) => Promise<HttpResponse>;

/** What the caller may set for one call of the library. */
export interface ClientOptions {
	/** Defaults to the machine's clock. */
	clock?: () => Date;
	/** Waits that many milliseconds. Without it, nothing is retried and calls are not rate-limited. */
	sleep?: (milliseconds: number) => Promise<void>;
	/**
	 * Milliseconds for the whole call, retries included; waiting for a turn under the rate limit does not count.
	 * Defaults to 30,000. A {@link Deadline} is one allowance for calls that follow one another.
	 */
	timeout?: number | Deadline;
}

/** Whether a status tells of a service that is busy or broken, rather than of the request. */
export function isUnavailableStatus(status: number): boolean {
	return status === 429 || status >= 500;
}
