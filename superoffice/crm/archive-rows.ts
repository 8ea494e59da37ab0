import { archiveFilter, joinFilters } from './archive-filter';
import type { CrmSession } from './crm-session';

/** SuperOffice's own page size; whether it gives more is not documented. */
const pageSize = 1000;
/** Addresses longer than this are refused on the way by some servers and proxies. */
const longestQuery = 1500;

export interface ArchiveQuery {
	provider: string;
	/** Column with the rows' ids. */
	primaryKey: string;
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
 * By default they are ordered by the primary key, and each page starts after the last key of the one before: `$skip`
 * counts rows that are left out as well, and a row that comes or goes meanwhile would move all that follow.
 */
export async function* archiveRows(
	session: CrmSession,
	query: ArchiveQuery,
): AsyncGenerator<ArchiveRow> {
	const { primaryKey, orderBy = '', limit = Infinity } = query;
	const isByKey = orderBy.trim() === '';
	const seen = new Set<string>();
	let lastKey: string | undefined;
	for (let given = 0, skip = 0; given < limit; ) {
		const page = await readPage(session, query, {
			top: Math.min(pageSize, limit - given),
			...(isByKey ? { afterKey: lastKey } : { skip }),
		});
		if (page.length === 0) return;
		skip += page.length;
		for (const row of page) {
			lastKey = String(row[primaryKey] ?? row.PrimaryKey);
			if (seen.has(lastKey) || given >= limit) continue;
			seen.add(lastKey);
			given += 1;
			yield row;
		}
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
	afterKey?: string;
	skip?: number;
}

async function readPage(
	session: CrmSession,
	{ provider, primaryKey, columns, filter = '', orderBy = '' }: ArchiveQuery,
	{ top, afterKey, skip }: Page,
): Promise<ArchiveRow[]> {
	const parts = afterKey === undefined ? [filter] : [filter, `${primaryKey} greater ${afterKey}`];
	const wholeFilter = joinFilters(
		parts.filter((part) => part !== ''),
		'and',
	);
	const query = {
		$select: [...new Set([primaryKey, ...columns])].join(','),
		...(wholeFilter === '' ? {} : { $filter: wholeFilter }),
		$orderBy: withTieBreaker(orderBy, primaryKey),
		$top: String(top),
		...(skip === undefined || skip === 0 ? {} : { $skip: String(skip) }),
	};
	return await readRows(session, provider, query);
}

async function readRows(
	session: CrmSession,
	provider: string,
	query: Record<string, string>,
): Promise<ArchiveRow[]> {
	const path = `/v1/Archive/${encodeURIComponent(provider)}`;
	const encoded = new URLSearchParams(query).toString();
	if (encoded.length <= longestQuery) return await session.callForList({ path, query });
	return await session.callForList({
		method: 'POST',
		path,
		body: encoded,
		headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
		isIdempotent: true,
	});
}

/** Rows that are equal by the order asked for would come in any order, and then twice or not at all. */
function withTieBreaker(orderBy: string, primaryKey: string): string {
	if (orderBy.trim() === '') return primaryKey;
	const columns = orderBy.split(',').map((part) => part.trim().split(/\s+/)[0]!.toLowerCase());
	return columns.includes(primaryKey.toLowerCase()) ? orderBy : `${orderBy},${primaryKey}`;
}
