import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { isSuperOfficeUrl, ticketHeaders, type SystemUserTicket } from '../superoffice';

/** Marks a request whose ticket was put on here: after a 401, n8n hands it in again to get the new ticket. */
const authorizedHere = Symbol('authorized by the SuperOffice credential');

/** The HTTP Request node and older nodes still use n8n’s former request options beside the present ones. */
type AnyRequestOptions = IHttpRequestOptions & {
	uri?: string;
	followRedirect?: boolean;
	followAllRedirects?: boolean;
	[authorizedHere]?: true;
};

/**
 * Adds ticket and client secret to a request. A path alone is taken as one of the tenant’s web API. A ticket that the
 * request carries already stays: this is how one credential serves the tenants whose tickets the node hands on.
 *
 * @throws Error if the request does not go to SuperOffice
 */
export function authorizeRequest(
	request: IHttpRequestOptions,
	clientSecret: string,
	ticket?: SystemUserTicket,
): IHttpRequestOptions {
	const options: AnyRequestOptions = { ...request };
	const path = String(options.uri ?? options.url ?? '');
	if (options.baseURL === undefined && path.startsWith('/')) options.baseURL = ticket?.webApiUrl;
	if (!isSuperOfficeUrl(resolve(path, options.baseURL))) {
		throw new Error(
			'URL: the SuperOffice credential is only sent to https addresses on superoffice.com, such as https://online.superoffice.com/Cust12345/api/v1/Contact.',
		);
	}
	const headers = { ...options.headers };
	const { Authorization, ...others } = ticketHeaders(ticket?.ticket ?? '', clientSecret);
	Object.assign(headers, others);
	const ownTicket = options[authorizedHere] === true || !carriesTicket(headers);
	if (ownTicket && ticket !== undefined) headers.Authorization = Authorization;

	// A redirect could lead the ticket and the secret elsewhere.
	return {
		...options,
		headers,
		disableFollowRedirect: true,
		followRedirect: false,
		followAllRedirects: false,
		maxRedirects: 0,
		...(ownTicket && { [authorizedHere]: true }),
	} as IHttpRequestOptions;
}

function carriesTicket(headers: IDataObject): boolean {
	return Object.entries(headers).some(
		([name, value]) => name.toLowerCase() === 'authorization' && /^SOTicket \S/.test(String(value)),
	);
}

/** The address as HTTP clients put it together: the base, then the path, unless that is a whole address itself. */
function resolve(path: string, baseURL = ''): string {
	return /^([a-z][a-z\d+\-.]*:)?\/\//i.test(path)
		? path
		: `${baseURL.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
}
