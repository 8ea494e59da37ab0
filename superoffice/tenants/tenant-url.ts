import type { Environment } from '../environments';
import { SuperOfficeError } from '../errors';
import type { Tenant } from './tenant-states';

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
	if (isWayUp(segment)) return true;
	if (index === 0) return /^[a-z][a-z\d+.-]*:$/i.test(segment);
	return segment === '' && index < segments.length - 1;
}

/** In the path of a parsed URL, plain dots are gone, so what is left is encoded. */
function hasWayUp(pathname: string): boolean {
	return pathname.includes('%') && pathname.split('/').some(isWayUp);
}

function isWayUp(segment: string): boolean {
	const decoded = decodeSeparators(segment);
	return decoded === undefined || decoded.split(/[/\\]/).some((part) => /^\.\.?$/.test(part));
}

/** Nobody encodes a path more often. */
const mostPasses = 5;

/** A segment with dots, slashes and backslashes as they are, however often they were encoded; `undefined` beyond reason. */
function decodeSeparators(segment: string): string | undefined {
	let decoded = segment;
	for (let pass = 0; pass <= mostPasses; pass++) {
		const next = decoded.replace(/%(2[5ef]|5c)/gi, decodeURIComponent);
		if (next === decoded) return decoded;
		decoded = next;
	}
	return undefined;
}

/** Whether an address is the web API's own, or is under it. */
export function isUnder(webApiUrl: string, address: string): boolean {
	const [base, url] = [new URL(webApiUrl), new URL(address)];
	const isInside = url.pathname === base.pathname || url.pathname.startsWith(`${base.pathname}/`);
	return url.origin === base.origin && isInside && !hasWayUp(url.pathname);
}

/** A tenant's web API in an address, and what the address says beyond that. */
interface ApiAddress extends Tenant {
	path: string;
}

/**
 * The tenant whose web API an address is part of; `undefined` for any other address.
 *
 * @param address a whole one, on superoffice.com
 */
export function tenantAt(address: string): ApiAddress | undefined {
	const { hostname, pathname, search } = new URL(address);
	const [, digits, path = ''] = /^\/cust(\d{1,15})\/api(\/.*)?$/i.exec(pathname) ?? [];
	if (digits === undefined || hasWayUp(pathname)) return undefined;
	const environment = environmentAt(hostname);
	return { environment, contextIdentifier: `Cust${digits}`, path: path + search };
}

/** Tenants in Production live on hosts of any name, those in other environments on hosts that tell theirs. */
function environmentAt(hostname: string): Environment {
	if (/^(app-)?sod/.test(hostname)) return 'sod';
	return /^(qaonline|app-stage)/.test(hostname) ? 'qaonline' : 'online';
}

/** An address of the tenant, in its environment, at the address that its web API has now; any other as it is. */
export function withTenantHost(address: string, tenant: Tenant & { webApiUrl: string }): string {
	const meant = tenantAt(address);
	const isTenants =
		meant?.environment === tenant.environment &&
		meant.contextIdentifier.toLowerCase() === tenant.contextIdentifier.toLowerCase();
	return isTenants ? tenant.webApiUrl + meant.path : new URL(address).href;
}
