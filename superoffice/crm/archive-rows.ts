import { archiveFilter, joinFilters } from './archive-filter';
import type { CrmSession } from './crm-session';

/** SuperOffice's own page size; whether it gives more is not documented. */
export const pageSize = 1000;
/** More rows than any list has, and a number that 32 bits hold. */
export const farAway = 999_999_999;
/** Addresses longer than this are refused on the way by some servers and proxies. */
const longestQuery = 1500;

export interface ArchiveQuery {
	provider: string;
	/** Where the rows are, if not under the provider's own address: `/v1/Contact/5/Relations`. */
	path?: string;
	/** Column with the rows' ids. */
	primaryKey: string;
	/** Columns of numbers that tell the rows apart, in place of a primary key that cannot be filtered by. */
	pageBy?: readonly string[];
	/** Kinds of rows, those included that do not come unless they are named; the usual ones by default. */
	entities?: readonly string[];
	columns: readonly string[];
	/** OData text. */
	filter?: string;
	/** Like `name desc, contactId`; the primary key by default. */
	orderBy?: string;
	/** Rows to stop after. */
	limit?: number;
}

export type ArchiveRow = Record<string, unknown>;

/**
 * The rows of an archive, page after page, until one is empty. A short page does not end them: the server may give fewer
 * rows than it was asked for, and it leaves out rows that the user may not see.
 *
 * By default they are ordered by the primary key, or by `pageBy`, and each page starts after the last key of the one
 * before: `$skip` counts rows that are left out as well, and a row that comes or goes meanwhile would move all that
 * follow. A server that gives the same rows whatever it is asked for has no more than those.
 */
export async function* archiveRows(
	session: CrmSession,
	query: ArchiveQuery,
): AsyncGenerator<ArchiveRow> {
	const { orderBy = '', limit = Infinity } = query;
	const isByKey = orderBy.trim() === '';
	const seen = new Set<string>();
	let lastKey: string[] | undefined;
	let heedsSkip: boolean | undefined;
	for (let given = 0, skip = 0; given < limit; ) {
		const page = await readPage(session, query, {
			top: Math.min(pageSize, limit - given),
			...(isByKey ? { afterKey: lastKey } : { skip }),
		});
		if (page.length === 0) return;
		skip += page.length;
		const seenBefore = seen.size;
		for (const row of page) {
			// Of several columns, one may have nothing: a company is there without a person.
			const otherwise = query.pageBy === undefined ? row.PrimaryKey : 0;
			lastKey = keyColumns(query).map((column) => String(row[column] ?? otherwise));
			const identity = lastKey.join(' ');
			if (seen.has(identity) || given >= limit) continue;
			seen.add(identity);
			given += 1;
			yield row;
		}
		if (seen.size > seenBefore) continue;
		// After the last key there are only new rows; by $skip, rows come again where the user may not see others.
		heedsSkip ??=
			!isByKey && (await readPage(session, query, { top: 1, skip: farAway })).length === 0;
		if (!heedsSkip) return;
	}
}

/** One page of records by part of their name, in the order of their names. */
export async function archivePage(
	session: CrmSession,
	{
		contains,
		skip,
		top,
		...query
	}: ArchiveQuery & {
		contains?: { column: string; text: string };
		skip: number;
		top: number;
	},
): Promise<ArchiveRow[]> {
	const column = { name: contains?.column ?? '', type: 'string' };
	const filter =
		contains === undefined
			? 'getAllRows set true'
			: archiveFilter([{ column, operator: 'contains', value: [contains.text] }], 'and', session);
	return await readPage(session, { ...query, filter }, { top, skip });
}

interface Page {
	top: number;
	afterKey?: string[];
	skip?: number;
}

function keyColumns({ primaryKey, pageBy = [primaryKey] }: ArchiveQuery): readonly string[] {
	return pageBy;
}

async function readPage(
	session: CrmSession,
	archive: ArchiveQuery,
	{ top, afterKey, skip }: Page,
): Promise<ArchiveRow[]> {
	const { primaryKey, columns, filter = '', orderBy = '', entities } = archive;
	const key = keyColumns(archive);
	const parts = afterKey === undefined ? [filter] : [filter, after(key, afterKey)];
	const wholeFilter = joinFilters(
		parts.filter((part) => part !== ''),
		'and',
	);
	const query = {
		$select: [...new Set([primaryKey, ...key, ...columns])].join(','),
		...(wholeFilter === '' ? {} : { $filter: wholeFilter }),
		...(entities === undefined ? {} : { $entities: entities.join(',') }),
		$orderBy: withTieBreaker(orderBy, key),
		$top: String(top),
		...(skip === undefined || skip === 0 ? {} : { $skip: String(skip) }),
	};
	return await readRows(session, archive.provider, query, archive.path);
}

/** The rows that come after the one with this key, in the order of its columns. */
function after([column, ...columns]: readonly string[], [value, ...values]: string[]): string {
	const here = `${column} greater ${value}`;
	if (columns.length === 0) return here;
	return `${here} or (${column} equals ${value} and (${after(columns, values)}))`;
}

/** One answer to a query, whose options have SuperOffice's names. */
export async function readRows(
	session: CrmSession,
	provider: string,
	query: Record<string, string>,
	own?: string,
): Promise<ArchiveRow[]> {
	const path = own ?? `/v1/Archive/${encodeURIComponent(provider)}`;
	const encoded = new URLSearchParams(query).toString();
	// Only archives under their own address take a query in the body.
	if (encoded.length <= longestQuery || own !== undefined) {
		return await session.callForList({ path, query });
	}
	return await session.callForList({
		method: 'POST',
		path,
		body: encoded,
		headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
		isIdempotent: true,
	});
}

/** Rows that are equal by the order asked for would come in any order, and then twice or not at all. */
function withTieBreaker(orderBy: string, key: readonly string[]): string {
	if (orderBy.trim() === '') return key.join(',');
	const columns = orderBy.split(',').map((part) => part.trim().split(/\s+/)[0]!.toLowerCase());
	const missing = key.filter((column) => !columns.includes(column.toLowerCase()));
	return [orderBy, ...missing].join(',');
}
