import { SuperOfficeError } from '../errors';

/**
 * The address of a path under a tenant's web API, such as `/v1/Contact/1`, with or without a slash in front.
 *
 * @throws SuperOfficeError `INVALID_INPUT` for a path that would lead anywhere else
 */
export function tenantUrl(webApiUrl: string, path: string): string {
	const [pathname = '', ...query] = path.split('?');
	const url = new URL(`${webApiUrl}/${pathname.replace(/^\//, '')}`);
	const base = new URL(`${webApiUrl}/`);
	const staysInside = url.origin === base.origin && url.pathname.startsWith(base.pathname);
	if (!staysInside || url.hash !== '' || pathname.split('/').some(isStray)) {
		throw new SuperOfficeError(
			'INVALID_INPUT',
			'Path leads out of the tenant’s web API.',
			'Enter a path as it stands after /api in SuperOffice’s documentation, for example /v1/Contact/1.',
		);
	}
	return url.href + (query.length > 0 ? `?${query.join('?')}` : '');
}

/** Whether a segment of a path, however it is encoded, is more than a name: a way up, another host, several at once. */
function isStray(segment: string, index: number): boolean {
	let text = segment;
	for (let decoded; text !== decoded; text = decoded) {
		decoded = decode(text);
		if (/[/\\:]{2}|^\.{1,2}$|[/\\]/.test(decoded)) return true;
		if (decoded === text) break;
	}
	// An empty one in the middle or a scheme in front: what was meant is a whole address.
	return (index > 0 && segment === '') || (index === 0 && /^[a-z][a-z\d+.-]*:$/i.test(segment));
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** The address on the host that the tenant lives on now, if it is an address of that tenant in that environment. */
export function withTenantHost(url: string, webApiUrl: string): string {
	return tenantIn(url) === tenantIn(webApiUrl)
		? url.replace(/^https:\/\/[^/]+/i, new URL(webApiUrl).origin)
		: url;
}

/** The tenant in an address, and its environment: what was meant for a test is not led to production. */
function tenantIn(address: string): string {
	const { hostname, pathname } = new URL(address);
	const [environment = 'online'] = /^(sod|qaonline)/.exec(hostname) ?? [];
	return `${environment} ${pathname.split('/')[1]?.toLowerCase()}`;
}
