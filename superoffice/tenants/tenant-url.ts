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

/** Whether a segment of a path is a way up, however it is encoded, or part of a whole address. */
function isStray(segment: string, index: number, segments: string[]): boolean {
	const parts = decodeFully(segment).split(/[/\\]/);
	if (parts.some((part) => part === '.' || part === '..')) return true;
	if (index === 0) return /^[a-z][a-z\d+.-]*:$/i.test(segment);
	return segment === '' && index < segments.length - 1;
}

function decodeFully(text: string): string {
	const decoded = decode(text);
	return decoded === text ? text : decodeFully(decoded);
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
