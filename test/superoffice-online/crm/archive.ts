import { json, type Call, type Reply } from '../messages';

/** A row in an archive: its key, and its columns by name. */
export interface ArchiveRow {
	primaryKey: string;
	columns: Record<string, string | number>;
}

/**
 * Answers an OData query on an archive, with no more options than workflows use: $select, $filter by `afterTime`,
 * $orderBy, $top and $skip.
 * @returns what is wrong with the query, if it cannot be answered
 */
export function answerArchive(entity: string, rows: ArchiveRow[], call: Call): Reply | string {
	const { query } = call;
	const known = ['$select', '$filter', '$orderBy', '$orderby', '$top', '$skip'];
	const unknown = [...query.keys()].find((name) => !known.includes(name));
	if (unknown !== undefined) return `Unknown option: ${unknown}`;
	const select = query.get('$select')?.split(',') ?? Object.keys(rows[0]?.columns ?? {});
	const [orderBy, direction] = (query.get('$orderBy') ?? query.get('$orderby'))?.split(' ') ?? [];
	const filter = readFilter(query.get('$filter'));
	if (filter === undefined) return `Illegal filter: ${query.get('$filter')}`;
	const columns = [
		...select,
		...(orderBy === undefined ? [] : [orderBy]),
		...(filter.column ?? []),
	];
	const missing = columns.find((column) => rows.some((row) => !(column in row.columns)));
	if (missing !== undefined) return `Unknown column: ${missing}`;

	const found = rows.filter((row) => filter.matches(row));
	if (orderBy !== undefined) {
		const later = direction === 'desc' ? -1 : 1;
		found.sort(({ columns: { [orderBy]: one } }, { columns: { [orderBy]: other } }) =>
			one === other ? 0 : one! > other! ? later : -later,
		);
	}
	const skip = Number(query.get('$skip') ?? 0);
	const end = skip + Number(query.get('$top') ?? Infinity);
	return json(200, {
		'odata.metadata': `https://${call.host}${call.path}/$metadata`,
		'odata.nextLink': found.length > end ? nextLink(call, end) : null,
		value: found.slice(skip, end).map(({ primaryKey, columns: all }) => ({
			PrimaryKey: primaryKey,
			EntityName: entity,
			...Object.fromEntries(select.map((column) => [column, all[column]])),
		})),
	});
}

interface Filter {
	column?: [string];
	matches(row: ArchiveRow): boolean;
}

/** `column afterTime '2026-01-31T23:59:59'`, meaning that time or later. Undefined for any other filter. */
function readFilter(text: string | null): Filter | undefined {
	if (text === null) return { matches: () => true };
	const form = /^(\w+) afterTime '(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)'$/;
	const [, column, from] = form.exec(text) ?? [];
	if (column === undefined || from === undefined) return undefined;
	return { column: [column], matches: ({ columns }) => String(columns[column]) >= from };
}

function nextLink({ host, path, query }: Call, skip: number): string {
	const next = new URLSearchParams(query);
	next.set('$skip', String(skip));
	return `https://${host}${path}?${next}`;
}
