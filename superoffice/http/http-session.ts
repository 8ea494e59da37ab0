import type { SuperOfficeError } from '../errors';
import { serviceTime } from './clock-skew';
import { Deadline, defaultTimeout, raceSignal } from './deadline';
import {
	isUnavailableStatus,
	type ClientOptions,
	type Http,
	type HttpRequest,
	type HttpResponse,
} from './http';
import { proxyRefused, timedOut, tooLarge, unavailable, unreachable } from './network-errors';
import type { RateLimitQueue } from './rate-limiter';
import { requireSuperOfficeUrl } from './superoffice-url';

const maxTries = 3;
const firstDelay = 500;
const maxResponseBytes = 1024 ** 2;

/** What a response says of a service that failed, and may do better when asked again. */
export class Unavailable {
	/** @param words the service's own, fit to be shown */
	constructor(readonly words = '') {}
}

/** What a response amounts to: the answer that is wanted, or that the service is unavailable. */
export type Classify<T> = (response: HttpResponse) => T | Unavailable;

/** Takes 429 and 5xx for an unavailable service, and any other status for an answer. */
export const byStatus: Classify<HttpResponse> = (response) =>
	isUnavailableStatus(response.status) ? new Unavailable() : response;

export interface SendOptions<T> {
	classify: Classify<T>;
	/** The answer can be done without: it is asked for once, and leaves half of the time to what follows. */
	isOptional?: boolean;
	/** Where each try waits for its turn. */
	queue?: RateLimitQueue;
}

type RequestToSend = Pick<HttpRequest, 'method' | 'url' | 'headers' | 'body'>;

/** Sends requests within one allowance of time, and retries after a failure that may pass. */
export class HttpSession {
	readonly clock: () => Date;

	readonly deadline: Deadline;

	private readonly sleep?: (milliseconds: number) => Promise<void>;

	constructor(
		private readonly http: Http,
		private readonly options: ClientOptions = {},
	) {
		const { clock = () => new Date(), sleep, timeout } = options;
		this.clock = clock;
		this.sleep = sleep;
		this.deadline = timeout instanceof Deadline ? timeout : new Deadline(timeout);
	}

	/** The same client with time of its own, never less than usual: whoever joins the work may have more than this one. */
	forSharedWork(): HttpSession {
		const timeout = Math.max(this.deadline.timeout, defaultTimeout);
		return new HttpSession(this.http, { ...this.options, timeout });
	}

	/**
	 * @param makeRequest called for each try, so that a signature in it is fresh
	 * @throws SuperOfficeError `UNREACHABLE`, `TIMEOUT`, `UNAVAILABLE`, or `UNEXPECTED_ANSWER` for one over 1 MB
	 */
	async send<T>(
		makeRequest: () => RequestToSend,
		{ classify, isOptional = false, queue }: SendOptions<T>,
	): Promise<T> {
		const lastTry = this.sleep && !isOptional ? maxTries : 1;
		for (let number = 1; ; number++) {
			const setAnswered = queue && (await this.waitForTurn(queue));
			let result: T | RetryableFailure;
			try {
				const request = makeRequest();
				// Only what may be repeated leaves time for another try.
				const leavesTime = isOptional || (number < lastTry && isRepeatable(request));
				const time = this.deadline.remaining() * (leavesTime ? 0.5 : 1);
				result = await this.sendOnce(request, time, classify);
			} finally {
				setAnswered?.();
			}
			if (!(result instanceof RetryableFailure)) return result;
			const delay = result.delay ?? firstDelay * 2 ** (number - 1);
			// Spread out, so that those who failed together do not come back together.
			const spreadDelay = delay + (Math.random() * firstDelay) / 2;
			const isLast = number >= lastTry || spreadDelay >= this.deadline.remaining();
			if (!this.sleep || isLast) throw result.error;
			await this.sleep(spreadDelay);
		}
	}

	private async waitForTurn(queue: RateLimitQueue): Promise<(() => void) | undefined> {
		return this.sleep && (await this.deadline.exclude(queue.enter(this.sleep)));
	}

	private async sendOnce<T>(
		request: RequestToSend,
		milliseconds: number,
		classify: Classify<T>,
	): Promise<T | RetryableFailure> {
		requireSuperOfficeUrl(request.url);
		const { host } = new URL(request.url);
		const timeout = Math.ceil(milliseconds);
		if (timeout <= 0) throw timedOut(host);
		const signal = this.deadline.signalFor(host, timeout);
		let response: HttpResponse | undefined;
		try {
			const sent = this.http({ ...request, timeout, signal, maxResponseBytes });
			// Raced as well: a client may count only silence, and then an answer that trickles in never ends.
			response = await raceSignal(sent, signal);
		} catch (error) {
			if (!signal.aborted) return new RetryableFailure(unreachable(host, error));
		}
		if (response === undefined) {
			// It may have been done all the same, and a timer that was a little early leaves time for another try.
			if (!isRepeatable(request)) throw timedOut(host);
			return new RetryableFailure(timedOut(host), 0);
		}
		const { status, body } = response;
		if (status === 407) throw proxyRefused(host);
		if (Buffer.byteLength(body) > maxResponseBytes) throw tooLarge(host, status);
		const result = classify(response);
		if (!(result instanceof Unavailable)) return result;
		const delay = this.readRetryAfter(response);
		const { words } = result;
		return new RetryableFailure(unavailable(host, { status, words, delay }), delay);
	}

	/** Milliseconds, from seconds or from a date by the service's own clock. */
	private readRetryAfter(response: HttpResponse): number | undefined {
		const value = response.headers['retry-after'];
		if (value === undefined) return undefined;
		const now = serviceTime(response) ?? this.clock().getTime();
		const delay = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
		return Number.isNaN(delay) ? undefined : Math.max(0, delay);
	}
}

/** A failure that may pass, and how many milliseconds the service asked to wait, if it did. */
class RetryableFailure {
	constructor(
		readonly error: SuperOfficeError,
		readonly delay?: number,
	) {}
}

function isRepeatable({ method }: RequestToSend): boolean {
	return method === 'GET';
}
