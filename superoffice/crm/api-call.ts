import { SuperOfficeError } from '../errors';
import { isSuperOfficeUrl } from '../http/superoffice-url';
import { tenantAt } from '../tenants/tenant-url';
import { farAway } from './archive-rows';
import { isObject, type CrmSession, type CrmTenant } from './crm-session';

/** A parameter in the query of an address; several may have the same name. */
export interface QueryParameter {
	name: string;
	value: string;
}

/**
 * The path to call, from what people paste: as it stands after `/api` in SuperOffice's documentation, with `/api` in
 * front, or a whole address of this tenant's web API, as answers have them.
 *
 * @returns the path with its query
 * @throws SuperOfficeError `INVALID_INPUT` for an empty one, and for an address of anything else
 */
export function apiPath(
	path: string,
	parameters: readonly QueryParameter[],
	tenant: CrmTenant,
): string {
	const given = withHashSigns(path);
	const [own = ''] = (pathInTenant(given, tenant) ?? given).trim().split('#', 1);
	if (own === '' || /^https?:/i.test(own)) {
		throw new SuperOfficeError(
			'INVALID_INPUT',
			own === ''
				? 'Path is empty.'
				: `Path is not an address of ${tenant.contextIdentifier}’s web API.`,
			'Enter a path as it stands after /api in SuperOffice’s documentation, for example /v1/Contact/1.',
		);
	}
	const query = parameters
		.map(({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
		.join('&');
	const wholePath = own.replace(/^\/?api(?=\/)/i, '');
	return query === '' ? wholePath : `${wholePath}${wholePath.includes('?') ? '&' : '?'}${query}`;
}

/** In a query, a hash sign is meant as such: `name begins 'C#'`. Elsewhere, it begins what is not sent. */
function withHashSigns(path: string): string {
	return path.replace(/^[^?#]*\?.*$/s, (text) => text.replaceAll('#', '%23'));
}

/** The path in a whole address of the tenant's web API, wherever it lives; `undefined` for any other text. */
function pathInTenant(address: string, { contextIdentifier, host }: CrmTenant): string | undefined {
	const text = address.trim();
	const meant = isSuperOfficeUrl(text) ? tenantAt(text) : undefined;
	const isTenants =
		meant?.contextIdentifier.toLowerCase() === contextIdentifier.toLowerCase() &&
		host.startsWith(`${meant.environment}.`);
	return isTenants ? meant.path : undefined;
}

/**
 * The rows of a list, page after page: by the address that each answer gives for the next one, if it is in this tenant's
 * web API, else by `$skip`, until a page is empty. An answer that is no page of a list is all there is.
 *
 * SuperOffice counts rows that the user may not see as well, so a page can begin with rows of the one before.
 *
 * @param path with its query
 */
export async function* allPages(session: CrmSession, path: string): AsyncGenerator<unknown> {
	const called = new Set<string>();
	let before = new Set<string>();
	let heedsSkip: boolean | undefined;
	for (let next = path; ; ) {
		called.add(next);
		const body = await session.call({ path: next });
		const rows = rowsOf(body);
		if (rows === undefined) return yield body;
		if (rows.length === 0) return;
		const texts = rows.map((row) => JSON.stringify(row));
		const isNew = texts.map((text) => !before.has(text));
		yield* rows.filter((_, index) => isNew[index]);
		if (!isNew.includes(true)) {
			// Where $skip is not heeded, the same rows would come for ever.
			heedsSkip ??= rowsOf(await session.call({ path: skipping(path, farAway) }))?.length === 0;
			if (!heedsSkip) return;
		}
		before = new Set(texts);
		const link = isObject(body) ? String(body['odata.nextLink'] ?? '') : '';
		const linked = pathInTenant(link, session.tenant);
		next = linked !== undefined && !called.has(linked) ? linked : skipping(next, rows.length);
	}
}

function rowsOf(body: unknown): unknown[] | undefined {
	return isObject(body) && Array.isArray(body.value) ? body.value : undefined;
}

/** The address of what comes after so many more rows. */
function skipping(path: string, rows: number): string {
	const [own = '', ...query] = path.split('?');
	const parameters = new URLSearchParams(query.join('?'));
	parameters.set('$skip', String(Number(parameters.get('$skip') ?? 0) + rows));
	return `${own}?${parameters}`;
}

/** Says of a call that must not be made twice, and whose answer was lost, that it may have been done. */
export function mayBeDone(error: unknown): unknown {
	if (!(error instanceof SuperOfficeError) || !error.outcomeUnknown) return error;
	const { code, message, httpStatus } = error;
	return new SuperOfficeError(
		code,
		`${message} It may have been done all the same.`,
		'Look in SuperOffice before you run this again. SuperOffice was not asked a second time, so that it is not done twice.',
		{ httpStatus, outcomeUnknown: true },
	);
}
