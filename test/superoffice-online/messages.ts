import type { IncomingHttpHeaders } from 'node:http';
import type { ExchangeHow, Place } from './control/misbehaviour';

/** A request, read to its end. */
export interface Call {
	method: string;
	/** Lower case, without port */
	host: string;
	/** Without the query string, percent-encoding undone */
	path: string;
	query: URLSearchParams;
	headers: IncomingHttpHeaders;
	body: string;
}

/** An answer that is not yet sent. */
export interface Reply {
	status: number;
	headers: Record<string, string>;
	body: string;
}

/** What a request turned out to be for, and how to answer it. */
export interface Route {
	/** Undefined where nothing lives: such a request is not counted and not misbehaved with */
	place?: Place;
	contextIdentifier?: string;
	answer(how?: ExchangeHow): Reply;
}

export function reply(status: number, contentType: string, body: string): Reply {
	return { status, headers: { 'Content-Type': contentType }, body };
}

export function json(status: number, value: unknown): Reply {
	return reply(status, 'application/json; charset=utf-8', JSON.stringify(value));
}

/** An error of ASP.NET itself, before SuperOffice's own code is asked. */
export function message(status: number, text: string): Reply {
	return json(status, { Message: text });
}

export function mediaType(call: Call): string {
	return (call.headers['content-type'] ?? '').split(';', 1).join().trim().toLowerCase();
}
