/** One request, as an {@link Http} function gets it. */
export interface HttpRequest {
	method: 'GET' | 'POST';
	url: string;
	headers: Record<string, string>;
	body?: string;
	/** Milliseconds in which the whole answer must be there. */
	timeout: number;
}

export interface HttpResponse {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string | undefined>;
	body: string;
}

/**
 * Sends one request and gives the answer, whatever its status. Follows no redirect. Throws if no answer came, with
 * the system's error code (`ECONNREFUSED`, ...) in `code` where there is one.
 */
export type Http = (request: HttpRequest) => Promise<HttpResponse>;

/** What the library is handed of the world around it. */
export interface Surroundings {
	/** Default: the machine's clock. */
	clock?: () => Date;
	/**
	 * Waits that many milliseconds. Without it, nothing is tried a second time, calls are not spread over time, and who
	 * joins what another has started waits for as long as that takes.
	 */
	sleep?: (milliseconds: number) => Promise<void>;
	/** Milliseconds for everything together, tries included, but not the wait for one's turn. Default 30000. */
	timeout?: number;
}

/** Whether a status tells of a service that is busy or broken, rather than of the request. */
export function isFaultStatus(status: number): boolean {
	return status === 429 || status >= 500;
}
