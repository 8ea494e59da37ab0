import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { isSuperOfficeUrl, ticketHeaders, type SystemUserTicket } from '../superoffice';

/**
 * The headers that a request came with before anything was put on them. After a 401, n8n hands in again what it got,
 * dead ticket included, and it must not pass for what the user gave.
 */
const given = Symbol('given to the SuperOffice credential');

/** The HTTP Request node and older nodes still use n8n’s former request options beside the present ones. */
type AnyRequestOptions = IHttpRequestOptions & {
	uri?: string;
	followRedirect?: boolean;
	followAllRedirects?: boolean;
	simple?: boolean;
	[given]?: IDataObject;
};

/** A request that waits for a ticket. n8n takes the status for a dead ticket’s, asks for a new one, and goes on. */
export class NoTicket extends Error {
	readonly response = { status: 401 };

	constructor() {
		super('There is no ticket of this SuperOffice credential yet. Try again.');
	}
}

/** Whether a request leaves it to the ticket where the tenant is: only the credential’s own test does. */
export function isPathAlone({ baseURL, ...options }: AnyRequestOptions): boolean {
	return baseURL === undefined && pathOf(options).startsWith('/');
}

/**
 * Whether n8n does not look at the status of what is answered, and so would ask for no new ticket after a 401: when
 * HTTP Request goes page by page, with its option Never Error, and in nodes that judge the answer themselves.
 */
export function isUnwatched({ simple, ignoreHttpStatusErrors }: AnyRequestOptions): boolean {
	return simple === false || Boolean(ignoreHttpStatusErrors);
}

/**
 * Adds ticket and client secret to a request. A path alone is taken as one of the tenant’s web API, and an address of
 * the tenant on another host than it lives on is led there. A ticket that the request carries already stays: this is
 * how one credential serves the tenants whose tickets the node hands on.
 *
 * @throws Error if the request does not go to SuperOffice, or if there is no ticket to send it with
 */
export function authorizeRequest(
	request: IHttpRequestOptions,
	clientSecret: string,
	ticket?: SystemUserTicket,
): IHttpRequestOptions {
	const options: AnyRequestOptions = request;
	const givenHeaders = options[given] ?? { ...options.headers };
	const isRelative = isPathAlone(options);
	if (isRelative && ticket === undefined) throw new NoTicket();
	const url = resolve(pathOf(options), isRelative ? ticket?.webApiUrl : options.baseURL);
	if (!isSuperOfficeUrl(url)) {
		throw new Error(
			'URL: the SuperOffice credential is only sent to https addresses on superoffice.com, such as https://online.superoffice.com/Cust12345/api/v1/Contact.',
		);
	}
	if (ticket === undefined && !carriesTicket(givenHeaders)) throw new NoTicket();
	const home = ticket === undefined ? url : atHome(url, ticket);
	const authorized: AnyRequestOptions = {
		...options,
		baseURL: undefined,
		...(options.uri === undefined ? {} : { uri: home }),
		url: home,
		headers: addTicket({ ...givenHeaders }, clientSecret, ticket),
		// A redirect could lead the ticket and the secret elsewhere.
		disableFollowRedirect: true,
		followRedirect: false,
		followAllRedirects: false,
		maxRedirects: 0,
		[given]: givenHeaders,
	};
	return authorized;
}

function addTicket(
	headers: IDataObject,
	clientSecret: string,
	ticket?: SystemUserTicket,
): IDataObject {
	const { Authorization, ...others } = ticketHeaders(ticket?.ticket ?? '', clientSecret);
	if (ticket !== undefined && !carriesTicket(headers)) {
		for (const name of authorizationsIn(headers)) delete headers[name];
		headers.Authorization = Authorization;
	}
	return Object.assign(headers, others);
}

function carriesTicket(headers: IDataObject): boolean {
	return authorizationsIn(headers).some((name) => /^SOTicket \S/.test(String(headers[name])));
}

function authorizationsIn(headers: IDataObject): string[] {
	return Object.keys(headers).filter((name) => name.toLowerCase() === 'authorization');
}

function pathOf({ uri, url }: AnyRequestOptions): string {
	return String(uri ?? url ?? '');
}

/** The address on the host that the ticket’s tenant lives on now, if it is one of that tenant. */
function atHome(url: string, { webApiUrl }: SystemUserTicket): string {
	return tenantAt(url) === tenantAt(webApiUrl)
		? url.replace(/^https:\/\/[^/]+/i, new URL(webApiUrl).origin)
		: url;
}

/** The tenant in an address, and its environment: what was meant for a test is not led to production. */
function tenantAt(address: string): string {
	const { hostname, pathname } = new URL(address);
	const [environment = 'online'] = /^(sod|qaonline)/.exec(hostname) ?? [];
	return `${environment} ${pathname.split('/')[1]?.toLowerCase()}`;
}

/** The address as HTTP clients put it together: the base, then the path, unless that is a whole address itself. */
function resolve(path: string, baseURL = ''): string {
	return /^([a-z][a-z\d+\-.]*:)?\/\//i.test(path)
		? path
		: `${baseURL.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
}
