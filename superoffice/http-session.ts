import type { CallLine } from './call-rate';
import { serviceTime } from './clock-difference';
import { isSuperOfficeUrl } from './environments';
import { SuperOfficeError } from './errors';
import {
	isFaultStatus,
	type Http,
	type HttpRequest,
	type HttpResponse,
	type Surroundings,
} from './http';
import { proxyRefused, readSystemCode, timedOut, unavailable, unreachable } from './network-faults';

const defaultTimeout = 30_000;
const mostTries = 3;
const firstWait = 500;
const longestSlice = 250;
/** How axios, and so n8n, calls it when the time given to one request is over. */
const clientTimeout = 'ECONNABORTED';

/** What a response is whose status does not tell. */
export interface Judgement {
	/** Whether the service failed, and may do better when asked again. */
	isFault: boolean;
	/** What it says of that, fit to be shown. */
	words?: string;
}

export interface SendOptions {
	/** Without a judgement, 429 and 5xx are faults, and every other status is an answer. */
	judge?: (response: HttpResponse) => Judgement | undefined;
	/** It can be done without: it is tried once, and leaves half of the time to what comes after. */
	isOptional?: boolean;
	/** Where each try waits for its turn. The wait does not count against the allowance of time. */
	line?: CallLine;
}

/** Sends requests that share one allowance of time, and tries again after a fault that may pass. */
export class HttpSession {
	readonly clock: () => Date;

	/** Whether a request waits for its turn at the moment. */
	private isInLine = false;

	private readonly timeout: number;

	private deadline: number;

	private readonly sleep?: (milliseconds: number) => Promise<void>;

	constructor(
		private readonly http: Http,
		{ clock = () => new Date(), sleep, timeout = defaultTimeout }: Surroundings = {},
	) {
		if (!(timeout > 0)) {
			throw new SuperOfficeError(
				'INVALID_INPUT',
				'Timeout: this is not a number of milliseconds above 0.',
				`Enter how long one ticket may take, for example ${defaultTimeout}.`,
			);
		}
		this.clock = clock;
		this.sleep = sleep;
		this.timeout = timeout;
		this.deadline = clock().getTime() + timeout;
	}

	/**
	 * @param makeRequest called anew for each try, so that a signature in it is fresh
	 * @throws SuperOfficeError `UNREACHABLE`, `TIMEOUT` or `UNAVAILABLE`
	 */
	async send(
		makeRequest: () => Omit<HttpRequest, 'timeout'>,
		{ judge = () => undefined, isOptional = false, line }: SendOptions = {},
	): Promise<HttpResponse> {
		const lastTry = this.sleep && !isOptional ? mostTries : 1;
		for (let number = 1; ; number++) {
			const setAnswered = line && (await this.waitForTurn(line));
			// A try that hangs leaves half of the time to the next one.
			const share = number < lastTry || isOptional ? 0.5 : 1;
			const result = await this.sendOnce(makeRequest(), share * this.remaining(), judge);
			setAnswered?.();
			if (!(result instanceof Fault)) return result;
			const wait = result.wait ?? firstWait * 2 ** (number - 1);
			// Spread, so that those who failed together do not come again together.
			const spreadWait = wait + (Math.random() * firstWait) / 2;
			if (!this.sleep || number >= lastTry || spreadWait >= this.remaining()) throw result.error;
			await this.sleep(spreadWait);
		}
	}

	/**
	 * Waits for what another session does, but not beyond this one's own time. While that one waits for its turn, this
	 * one's time stands still too.
	 *
	 * @throws SuperOfficeError `TIMEOUT`, or whatever the work ends in
	 */
	async join<T>(work: Promise<T>, starter: HttpSession): Promise<T> {
		if (this.sleep === undefined) return await work;
		const answer = work.then((value) => ({ value }));
		for (;;) {
			// In slices: a sleep cannot be ended, and none should outlast the work by much.
			const slice = Math.max(0, Math.min(longestSlice, this.remaining()));
			const before = this.now();
			const isOver = await Promise.race([answer, this.sleep(slice)]);
			if (isOver) return isOver.value;
			if (starter.isInLine) this.deadline += this.now() - before;
			if (this.remaining() <= 0) throw timedOut('SuperOffice');
		}
	}

	/** Whether there is time enough left to begin anew. */
	hasMostOfItsTime(): boolean {
		return this.remaining() > this.timeout / 2;
	}

	private async waitForTurn(line: CallLine): Promise<(() => void) | undefined> {
		if (this.sleep === undefined) return undefined;
		const before = this.now();
		this.isInLine = true;
		try {
			return await line.enter(this.clock, this.sleep);
		} finally {
			this.isInLine = false;
			this.deadline += this.now() - before;
		}
	}

	private async sendOnce(
		request: Omit<HttpRequest, 'timeout'>,
		milliseconds: number,
		judge: (response: HttpResponse) => Judgement | undefined,
	): Promise<HttpResponse | Fault> {
		const { host } = new URL(request.url);
		// The last gate: no claim, answer or stored address leads a secret elsewhere.
		if (!isSuperOfficeUrl(request.url)) throw notSuperOffice(host);
		const timeout = Math.ceil(milliseconds);
		if (timeout <= 0) throw timedOut(host);
		let response: HttpResponse;
		try {
			response = await this.http({ ...request, timeout });
		} catch (error) {
			const isLate = this.remaining() <= 0 || readSystemCode(error) === clientTimeout;
			// Who has waited for an answer need not wait again.
			return isLate ? new Fault(timedOut(host), 0) : new Fault(unreachable(host, error));
		}
		const { status } = response;
		if (status === 407) throw proxyRefused(host);
		const { isFault, words } = judge(response) ?? { isFault: isFaultStatus(status) };
		if (!isFault) return response;
		const wait = this.readRetryAfter(response);
		return new Fault(unavailable(host, { status, words, wait }), wait);
	}

	private now(): number {
		return this.clock().getTime();
	}

	private remaining(): number {
		return this.deadline - this.now();
	}

	/** Milliseconds, from seconds or a date, which is by the service's own clock. */
	private readRetryAfter(response: HttpResponse): number | undefined {
		const value = response.headers['retry-after'];
		if (value === undefined) return undefined;
		const now = serviceTime(response) ?? this.now();
		const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
		return Number.isNaN(wait) ? undefined : Math.max(0, wait);
	}
}

/** A failure that may pass, and how many milliseconds the service asked to wait, if it did. */
class Fault {
	constructor(
		readonly error: SuperOfficeError,
		readonly wait?: number,
	) {}
}

function notSuperOffice(host: string): SuperOfficeError {
	return new SuperOfficeError(
		'INVALID_INPUT',
		`${host} is not SuperOffice’s, so nothing was sent there.`,
		'Tickets and secrets go to https addresses on superoffice.com only.',
	);
}
