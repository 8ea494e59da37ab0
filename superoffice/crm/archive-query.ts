import { SuperOfficeError } from '../errors';
import {
	archiveColumns,
	filterText,
	takesAllRows,
	type ArchiveColumn,
	type FilterCondition,
} from './archive-columns';
import { archiveRows, farAway, pageSize, readRows, type ArchiveRow } from './archive-rows';
import type { CrmSession } from './crm-session';
import { nearestNames } from './nearest';

/** A query of any archive that the tenant has. */
export interface AnyArchiveQuery {
	/** SuperOffice's name of it: `FindSale`, `dynamic`, `CustomObject:y_rental`. */
	provider: string;
	/** Column with the rows' ids, where it is known that each row has its own. */
	primaryKey?: string;
	/** The first few by default; of `dynamic` there are none by default. */
	columns: readonly string[];
	filters: { conditions: readonly FilterCondition[]; combine: 'and' | 'or'; text: string };
	/** Like `name desc, contactId`. */
	orderBy: string;
	/** Kinds of rows; the usual ones by default. */
	entities?: readonly string[];
	/** Rows to stop after. */
	limit?: number;
}

/** How many columns a row has unless they are chosen. */
const mostDefaultColumns = 10;

/** The names of the archives that the tenant has, in alphabetical order; asked for once in a run. */
export async function archiveProviders(session: CrmSession): Promise<string[]> {
	return await session.once('archive providers', async () => {
		const names = await session.callForTexts({
			method: 'POST',
			path: '/v1/Agents/Archive/GetProviderNames',
			body: {},
			isIdempotent: true,
		});
		return [...new Set(names)].sort((one, other) => one.localeCompare(other));
	});
}

/** Whether its columns are paths from table to table, `contact.category_idx.name`, which nothing lists. */
export function isDynamic(provider: string): boolean {
	return provider.trim().toLowerCase() === 'dynamic';
}

/**
 * The rows of an archive, page after page, until one is empty.
 *
 * @throws SuperOfficeError `INVALID_INPUT` also for an archive that the tenant does not have
 */
export async function* queryArchive(
	session: CrmSession,
	query: AnyArchiveQuery,
): AsyncGenerator<ArchiveRow> {
	const { provider, primaryKey, limit, entities = [] } = query;
	const known = isDynamic(provider) ? undefined : await columnsIn(session, provider);
	const columns = known === undefined ? query.columns : columnsOrFirst(known, query.columns);
	if (columns.length === 0) {
		throw new SuperOfficeError(
			'INVALID_INPUT',
			`No columns of the archive ${provider} are chosen.`,
			'In the options, add More Columns, and enter them with commas in between, such as contact.contact_id, contact.name.',
		);
	}
	const filter = await filterFor(session, query);
	const { orderBy } = query;
	const kinds = entities.length > 0 ? entities : undefined;
	const shared = { provider, columns, filter, entities: kinds, limit };
	if (primaryKey !== undefined) {
		yield* archiveRows(session, { ...shared, primaryKey, orderBy });
		return;
	}
	const isAll = filter === '' && known !== undefined && (await takesAllRows(session, provider));
	yield* rowsByPlace(session, {
		...shared,
		filter: isAll ? 'getAllRows set true' : filter,
		orderBy: orderFor(orderBy, columns, known),
	});
}

async function columnsIn(session: CrmSession, provider: string): Promise<ArchiveColumn[]> {
	return await archiveColumns(session, provider).catch(async (error: unknown) => {
		throw (await unknownProvider(session, provider)) ?? error;
	});
}

/** What to say of an archive that is not among those that the tenant has, as far as that can be told. */
async function unknownProvider(
	session: CrmSession,
	provider: string,
): Promise<SuperOfficeError | undefined> {
	const names = await archiveProviders(session).catch(() => []);
	const isNamed = names.some((name) => name.toLowerCase() === provider.toLowerCase());
	// Behind a colon stands what an archive is about, such as an extra table.
	if (names.length === 0 || isNamed || provider.includes(':')) return undefined;
	return new SuperOfficeError(
		'INVALID_INPUT',
		`Archive: SuperOffice has none called “${provider}”.`,
		`Choose one from the list, or enter its name, such as ${nearestNames(provider, names).join(', ')}.`,
	);
}

function columnsOrFirst(
	known: readonly ArchiveColumn[],
	chosen: readonly string[],
): readonly string[] {
	if (chosen.length > 0) return chosen;
	const own = known.map(({ name }) => name).filter((name) => !name.includes('/'));
	return own.slice(0, mostDefaultColumns);
}

async function filterFor(
	session: CrmSession,
	{ provider, filters }: AnyArchiveQuery,
): Promise<string> {
	if (isDynamic(provider) && filters.conditions.length > 0) {
		throw new SuperOfficeError(
			'INVALID_INPUT',
			`Filters cannot be used with the archive ${provider}, whose columns SuperOffice does not list.`,
			"Use the option Filter (OData) instead, for example contact.name begins 'A'.",
		);
	}
	return await filterText(session, provider, filters);
}

/**
 * Pages must not depend on an order that SuperOffice makes up for each. By all columns that are shown and can be sorted
 * by, only such rows can change places as look alike.
 */
function orderFor(
	orderBy: string,
	columns: readonly string[],
	known: readonly ArchiveColumn[] | undefined,
): string {
	const sorted = orderBy.split(',').filter((part) => part.trim() !== '');
	if (known === undefined) return (sorted.length > 0 ? sorted : columns).join(',');
	const names = sorted.map((part) => part.trim().split(/\s+/)[0]!.toLowerCase());
	const others = known.filter(
		({ name, canSort }) => canSort && columns.includes(name) && !names.includes(name.toLowerCase()),
	);
	return [...sorted, ...others.map(({ name }) => name)].join(',');
}

/**
 * Rows that have no key of their own: several can have the same `PrimaryKey`, where tables are joined, and all of them
 * count. As SuperOffice skips rows that the user may not see as well, what follows a short page can begin with its end.
 */
async function* rowsByPlace(
	session: CrmSession,
	query: Omit<AnyArchiveQuery, 'filters'> & { filter: string },
): AsyncGenerator<ArchiveRow> {
	const { provider, columns, filter, orderBy, entities, limit = Infinity } = query;
	const top = Math.min(pageSize, limit);
	const readPage = async (skip: number) =>
		await readRows(session, provider, {
			$select: columns.join(','),
			...(filter === '' ? {} : { $filter: filter }),
			...(entities === undefined ? {} : { $entities: entities.join(',') }),
			...(orderBy === '' ? {} : { $orderBy: orderBy }),
			$top: String(top),
			...(skip === 0 ? {} : { $skip: String(skip) }),
		});
	let before: string[] = [];
	let heedsSkip: boolean | undefined;
	for (let given = 0, skip = 0; given < limit; ) {
		const rows = await readPage(skip);
		if (rows.length === 0) return;
		const texts = rows.map((row) => JSON.stringify(row));
		if (texts.join() === before.join()) {
			// Where $skip is not heeded, the same rows would come for ever.
			heedsSkip ??= (await readPage(farAway)).length === 0;
			if (!heedsSkip) return;
		}
		const isShort = before.length < top;
		const more = rows.slice(isShort ? overlap(before, texts) : 0).slice(0, limit - given);
		yield* more;
		given += more.length;
		skip += rows.length;
		before = texts;
	}
}

/** How many rows at the end of one page are those at the beginning of the next. */
function overlap(before: readonly string[], after: readonly string[]): number {
	for (let count = Math.min(before.length, after.length); count > 0; count--) {
		const start = before.length - count;
		if (after.slice(0, count).every((text, index) => text === before[start + index])) return count;
	}
	return 0;
}
