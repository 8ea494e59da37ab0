import type { IncomingHttpHeaders } from 'node:http';
import type { ExchangeHow, Place } from './control/misbehaviour';

/** A request, read in full. */
export interface Call {
	method: string;
	/** Lower case, without port */
	host: string;
	/** Without the query string, percent-decoded */
	path: string;
	query: URLSearchParams;
	headers: IncomingHttpHeaders;
	/** Empty for the content of a file */
	body: string;
	/** The same, or the content of a file, as it came */
	bytes: Buffer;
}

/** An answer that has not been sent yet. */
export interface Reply {
	status: number;
	headers: Record<string, string>;
	/** Bytes are the content of a file */
	body: string | Buffer;
}

/** What a request is for, and how to answer it. */
export interface Route {
	/** Undefined where nothing lives: such requests are not counted, and no order applies to them */
	place?: Place;
	contextIdentifier?: string;
	/** Milliseconds to wait before answering; 0 if not given */
	latency?: number;
	/** What has to be waited for before it is answered, where the answer depends on others */
	before?(): Promise<void>;
	answer(how?: ExchangeHow): Reply;
}

export function reply(status: number, contentType: string, body: string): Reply {
	return { status, headers: { 'Content-Type': contentType }, body };
}

export function json(status: number, value: unknown): Reply {
	return reply(status, 'application/json; charset=utf-8', JSON.stringify(value));
}

/** An error from ASP.NET itself, raised before SuperOffice's own code runs. */
export function message(status: number, text: string): Reply {
	return json(status, { Message: text });
}

/** The content of a file. */
export function binary(content: Buffer, headers: Record<string, string> = {}): Reply {
	return {
		status: 200,
		headers: { 'Content-Type': 'application/octet-stream', ...headers },
		body: content,
	};
}

export function mediaType({ headers }: Pick<Call, 'headers'>): string {
	return (headers['content-type'] ?? '').split(';', 1).join().trim().toLowerCase();
}
