import { SuperOfficeError } from '../errors';
import type { FileContent, ReceiveContent } from './file-content';

/** A call of the tenant's web API, as it stands after `/api` in SuperOffice's documentation. */
export interface CrmRequest {
	/** Defaults to GET. */
	method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	path: string;
	query?: Record<string, string>;
	body?: unknown;
	headers?: Record<string, string>;
	/** A file that is sent in place of a body. */
	content?: FileContent;
	/** Takes the bytes of the answer, in place of its JSON; what it returns is what the call returns. */
	receive?: ReceiveContent;
	/** Milliseconds for each try, where the caller's user has not said how many. */
	timeout?: number;
	/** Whether doing it twice comes to the same as doing it once. Defaults to true for GET, PUT and DELETE. */
	isIdempotent?: boolean;
}

/**
 * Makes a call, within SuperOffice's limits and with its retries.
 *
 * @returns the body of a successful answer: parsed JSON, empty text, or what has become of the bytes
 * @throws SuperOfficeError for any other
 */
export type CrmCall = (request: CrmRequest) => Promise<unknown>;

/** Whose records they are, and where its users sign in. */
export interface CrmTenant {
	contextIdentifier: string;
	host: string;
}

export interface CrmOptions {
	tenant?: CrmTenant;
	/** Of texts in several languages, like the names of list items: `en`, `nb`. */
	language?: string;
	/** IANA name of the time zone that dates without offset are in. */
	timeZone?: string;
	/** What other sessions of the same tenant and language have asked for already; new by default. */
	known?: Map<string, Promise<unknown>>;
}

/** The calls of one run, and what it need not ask for twice. */
export class CrmSession {
	readonly timeZone: string;

	readonly tenant: CrmTenant;

	private readonly language: string;

	private readonly known: Map<string, Promise<unknown>>;

	constructor(
		private readonly makeCall: CrmCall,
		{
			tenant = { contextIdentifier: '', host: 'online.superoffice.com' },
			language = 'en',
			timeZone = 'UTC',
			known = new Map(),
		}: CrmOptions = {},
	) {
		this.tenant = tenant;
		this.language = language;
		this.timeZone = timeZone;
		this.known = known;
	}

	async call(request: CrmRequest): Promise<unknown> {
		return await this.makeCall({
			...request,
			headers: {
				'Accept-Language': this.language,
				// Without it dates come in the tenant's own time zone, and do not say so.
				'SO-TimeZone': 'UTC, includeTZOffset',
				...request.headers,
			},
		});
	}

	/** @throws SuperOfficeError `UNEXPECTED_ANSWER` if the answer is no object */
	async callForObject(request: CrmRequest): Promise<Record<string, unknown>> {
		const body = await this.call(request);
		if (isObject(body)) return body;
		throw unexpected(request, 'a record');
	}

	/** @throws SuperOfficeError `UNEXPECTED_ANSWER` if the answer is no list */
	async callForList(request: CrmRequest): Promise<Array<Record<string, unknown>>> {
		const body = await this.call(request);
		const list = isObject(body) ? body.value : body;
		if (Array.isArray(list)) return list.filter(isObject);
		throw unexpected(request, 'a list');
	}

	/** @throws SuperOfficeError `UNEXPECTED_ANSWER` if the answer is no list */
	async callForTexts(request: CrmRequest): Promise<string[]> {
		const body = await this.call(request);
		if (Array.isArray(body)) return body.filter((text) => typeof text === 'string');
		throw unexpected(request, 'a list');
	}

	/** @throws SuperOfficeError `UNEXPECTED_ANSWER` if the answer is no id */
	async callForId(request: CrmRequest): Promise<number> {
		const body = await this.call(request);
		if (/^[1-9]\d*$/.test(String(body))) return Number(body);
		throw unexpected(request, 'an ID');
	}

	/** What `load` gives, asked for once in this run. A failure is not remembered. */
	async once<T>(key: string, load: () => Promise<T>): Promise<T> {
		const known = this.known.get(key) as Promise<T> | undefined;
		if (known) return await known;
		const loading = load();
		this.known.set(key, loading);
		loading.catch(() => this.known.delete(key));
		return await loading;
	}
}

export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unexpected({ method = 'GET', path, isIdempotent }: CrmRequest, what: string) {
	return new SuperOfficeError(
		'UNEXPECTED_ANSWER',
		`SuperOffice’s answer is not ${what}, as it should be (${method} ${path}).`,
		'A proxy or a firewall is probably in between. Check the proxy settings of the machine this runs on.',
		{ outcomeUnknown: method === 'POST' && isIdempotent !== true },
	);
}
