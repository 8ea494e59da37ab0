import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { credentialTestUrl } from '../../n8n/credential-test';
import { describeError } from '../../n8n/errors';
import {
	environments,
	isSuperOfficeUrl,
	isUnder,
	principalPath,
	tenantAt,
	tenantUrl,
	ticketHeaders,
	withTenantHost,
	type SystemUserTicket,
	type Tenant,
} from '../../superoffice';
import { requireVerifiedTls } from './verified-tls';

/** The HTTP Request node and older nodes still use n8n's former request options beside the present ones. */
type AnyRequestOptions = IHttpRequestOptions & {
	uri?: string;
	followRedirect?: boolean;
	followAllRedirects?: boolean;
	simple?: boolean;
};

/** A request that cannot go out without a ticket. n8n takes the status for a dead ticket's, asks for a new one, and goes on. */
export class TicketRequiredError extends Error {
	readonly response = { status: 401 };

	constructor() {
		super('There is no ticket of this SuperOffice credential yet. Try again.');
	}
}

/** Whether a request is the credential's own test. */
export function isCredentialTest(options: AnyRequestOptions): boolean {
	return options.baseURL === undefined && pathOf(options) === credentialTestUrl;
}

/**
 * Whether n8n ignores the status of the answer, and so would not ask for a new ticket after a 401: when HTTP Request
 * goes page by page, with its option Never Error, and in nodes that judge the answer themselves.
 */
export function ignoresHttpErrors({ simple, ignoreHttpStatusErrors }: AnyRequestOptions): boolean {
	return simple === false || Boolean(ignoreHttpStatusErrors);
}

interface Authorized {
	request: IHttpRequestOptions;
	/** The ticket it goes out with, unless it came with another. */
	ticketSent?: SystemUserTicket;
}

/**
 * Adds ticket and client secret to a request. A path alone is taken as one under the tenant's web API, and an address of
 * the tenant on another host than it lives on is led there. A ticket that the request came with stays: this is how one
 * credential serves the tenants whose tickets the node hands on.
 *
 * @param ticketBefore what the request went out with before, when n8n hands it in again
 * @returns `undefined` if there is no ticket to send it with
 * @throws Error if the request does not go to SuperOffice over verified TLS, or not to the tenant whose ticket it gets
 */
export function authorizeRequest(
	request: IHttpRequestOptions,
	clientSecret: string,
	ticket?: SystemUserTicket,
	ticketBefore?: SystemUserTicket,
): Authorized | undefined {
	requireVerifiedTls(request);
	const options: AnyRequestOptions = request;
	const headers: IDataObject = { ...options.headers };
	const carried = carriedTicket(headers);
	const isOwn = carried === undefined || carried === ticketBefore?.ticket;
	const url = resolveUrl(options, ticket);
	if (url !== undefined && !isSuperOfficeUrl(url)) {
		throw new Error(
			'URL: the SuperOffice credential is only sent to https addresses on superoffice.com, such as https://online.superoffice.com/Cust12345/api/v1/Contact.',
		);
	}
	if (url === undefined || (isOwn && ticket === undefined)) return undefined;
	const target = ticket === undefined ? new URL(url).href : withTenantHost(url, ticket);
	if (isOwn && ticket !== undefined && !isUnder(ticket.webApiUrl, target)) {
		throw goesElsewhere(target, ticket);
	}
	if (isOwn) removeHeader(headers, 'authorization');
	// Through a proxy, it would decide whose certificate is expected.
	removeHeader(headers, 'host');
	const { Authorization, ...others } = ticketHeaders(ticket?.ticket ?? '', clientSecret);
	const authorized: AnyRequestOptions = {
		...options,
		baseURL: undefined,
		...(options.uri === undefined ? {} : { uri: target }),
		url: target,
		headers: { ...headers, ...(isOwn && { Authorization }), ...others },
		// A redirect could lead the ticket and the secret elsewhere.
		disableFollowRedirect: true,
		followRedirect: false,
		followAllRedirects: false,
		maxRedirects: 0,
	};
	const isSent = isOwn || carried === ticket?.ticket;
	return { request: authorized, ticketSent: isSent ? ticket : undefined };
}

function goesElsewhere(target: string, ticket: SystemUserTicket): Error {
	const nameOf = ({ contextIdentifier, environment }: Tenant) =>
		`${contextIdentifier} in ${environments[environment].name}`;
	const tenant = tenantAt(target);
	const whose = `the credential’s ticket is for ${nameOf(ticket)}`;
	return new Error(
		tenant === undefined
			? `URL: this is not an address of a tenant’s web API, and ${whose}. Enter one such as ${ticket.webApiUrl}/v1/Contact.`
			: `URL: this is an address of ${nameOf(tenant)}, but ${whose}. To call several tenants, get a ticket for each with Get System User Ticket, and send it in the header Authorization.`,
	);
}

/** The whole address; `undefined` where that depends on a ticket and there is none. */
function resolveUrl(options: AnyRequestOptions, ticket?: SystemUserTicket): string | undefined {
	const path = isCredentialTest(options) ? principalPath : pathOf(options);
	if (options.baseURL === undefined && /^\/(?!\/)/.test(path)) {
		return ticket && underTenant(ticket, path);
	}
	return joinUrl(path, options.baseURL);
}

/** The credential's users see the message alone, so it says what to do as well. */
function underTenant({ webApiUrl }: SystemUserTicket, path: string): string {
	let failure: Error;
	try {
		return tenantUrl(webApiUrl, path);
	} catch (error) {
		failure = new Error(describeError(error), { cause: error });
	}
	throw failure;
}

/** The address as HTTP clients put it together: the base, then the path, unless that is a whole address itself. */
function joinUrl(path: string, baseURL = ''): string {
	return /^([a-z][a-z\d+\-.]*:)?\/\//i.test(path)
		? path
		: `${baseURL.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
}

function carriedTicket(headers: IDataObject): string | undefined {
	const [, ticket] =
		headersNamed(headers, 'authorization')
			.map((name) => /^SOTicket (\S.*)$/.exec(String(headers[name])))
			.find((match) => match !== null) ?? [];
	return ticket;
}

function removeHeader(headers: IDataObject, name: string): void {
	for (const spelling of headersNamed(headers, name)) delete headers[spelling];
}

/** The names of headers have no case. */
function headersNamed(headers: IDataObject, wanted: string): string[] {
	return Object.keys(headers).filter((name) => name.toLowerCase() === wanted);
}

function pathOf({ uri, url }: AnyRequestOptions): string {
	return String(uri ?? url ?? '');
}
