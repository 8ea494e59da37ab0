import type { StoredRecord } from '../store';
import { illegal } from '../errors';
import { readFilter } from './filter';
import { linkKind } from './links';
import { readOptions, type Options } from './options';
import type { Column, Provider } from './providers';
import { type Reading } from './reading';
import { usersOf } from './source-of';
import { writeDate } from '../wire-dates';
import { compareValues, idOf, isDate, isList, isNumber, textOf, type Value } from './values';

/** A page of an archive. */
export interface Page {
	rows: object[];
	/** All rows that match, those on other pages and those the caller may not see included */
	total: number;
	/** Whether there are more rows than $top asked for, in an order that the next page can go on with */
	hasNext: boolean;
}

/**
 * @param within which rows there are at this address
 * @throws ApiError 400 if the filter is wrong
 */
export function readPage(
	provider: Provider,
	options: Options,
	reading: Reading,
	within: (record: StoredRecord) => boolean = () => true,
): Page {
	const { top, skip, entities } = options;
	const filter =
		options.filter === undefined ? undefined : readFilter(options.filter, provider, reading);
	const asked = entities ?? usualKinds(provider);
	const kinds = (record: StoredRecord) =>
		asked === undefined ||
		provider.isRecycleBin ||
		asked.includes(kindOf(provider, record, reading));
	if (provider.entity === 'SelectionMember' && !filter?.columns.includes('selectionId')) {
		throw illegal('A restriction on selectionId is needed');
	}
	// A filter on when they were deleted brings the deleted ones in.
	const withDeleted = filter?.columns.some((name) => /deletedDate$/i.test(name)) ?? false;
	const found = recordsOf(provider, reading, withDeleted).filter(
		(record) => within(record) && kinds(record) && (filter?.matches(record) ?? true),
	);
	const ordered = inOrder(found, provider, options, reading);
	const size = Math.min(top ?? Infinity, reading.tenant.settings.pageCap);
	return {
		// Rows are counted before those that the caller may not see are left out.
		rows: ordered
			.slice(skip, skip + size)
			.filter((record) => reading.sees(provider.entity, record))
			.map((record) => rowOf(record, provider, options, reading)),
		total: ordered.length,
		hasNext:
			top === size &&
			ordered.length > skip + size &&
			options.order.some(({ column }) => column.name === provider.primaryKey),
	};
}

function recordsOf(
	{ entity, isRecycleBin }: Provider,
	reading: Reading,
	withDeleted: boolean,
): StoredRecord[] {
	if (entity === 'User') return usersOf(reading);
	const { database } = reading;
	if (entity === 'TicketMessage') return [...database.requests.messages.values()];
	if (entity === 'SelectionMember') return database.selectionMembers.rows(database);
	if (isRecycleBin) return database.deleted(entity);
	return withDeleted
		? [...database.all(entity), ...database.deleted(entity)]
		: database.all(entity);
}

/** All rows of these records, which are on no page. */
export function rowsOf(
	records: StoredRecord[],
	provider: Provider,
	query: URLSearchParams,
	reading: Reading,
): object[] {
	const options = readOptions(query, provider, reading);
	return records
		.filter((record) => reading.sees(provider.entity, record))
		.map((record) => rowOf(record, provider, options, reading));
}

/** The kinds of rows that come without being asked for; undefined for all. */
function usualKinds({ entities }: Provider): string[] | undefined {
	return entities.includes('stop') ? [entities[0]!] : undefined;
}

/** What SuperOffice calls the row's kind. */
function kindOf(
	{ name, entity, entities }: Provider,
	record: StoredRecord,
	reading: Reading,
): string {
	const { values } = record;
	if (entity === 'SelectionMember') {
		const kind = values.Person ? 'Person' : 'Contact';
		if (values.SelectionType !== 'Dynamic') return `static${kind}`;
		return name === 'ContactSelection' ? `dynamic${kind}` : kind.toLowerCase();
	}
	if (entities.includes('stop')) return linkKind(record, reading) ?? entities[0]!;
	return entity === 'Person' && values.Retired ? 'retiredPerson' : entities[0]!;
}

/**
 * In the order asked for. Where that leaves it open, SuperOffice promises nothing, and here the order even
 * depends on the page: whoever goes from page to page without ordering by the key misses rows.
 */
function inOrder(
	records: StoredRecord[],
	{ entity }: Provider,
	{ order, skip }: Options,
	reading: Reading,
): StoredRecord[] {
	const first = skip === 0 ? 1 : 0;
	const keyed = records.map((record) => {
		const seen = reading.visible(entity, record);
		return { record, keys: order.map(({ column }) => column.read(seen, reading)[0]!) };
	});
	keyed.sort(({ record: one, keys: ones }, { record: other, keys: others }) => {
		for (const [index, { descending }] of order.entries()) {
			const difference = compareValues(ones[index]!, others[index]!);
			if (difference !== 0) return descending ? -difference : difference;
		}
		const late = ({ id }: StoredRecord) => Number(id % 2 !== first);
		return late(one) - late(other) || one.id - other.id;
	});
	return keyed.map(({ record }) => record);
}

function rowOf(
	record: StoredRecord,
	provider: Provider,
	{ columns, mode, output }: Options,
	reading: Reading,
) {
	const seen = reading.visible(provider.entity, record);
	const EntityName = kindOf(provider, record, reading);
	const valueOf = (column: Column) => column.read(seen, reading)[0]!;
	if (mode === 'Full') {
		return {
			PrimaryKey: record.id,
			EntityName,
			StyleHint: '',
			LinkHint: '',
			TableRight: null,
			Column: Object.fromEntries(
				columns.map((column) => {
					const value = valueOf(column);
					return [
						column.name,
						{
							RawValue: isList(column.type) ? idOf(value) : onWire(value, column, reading),
							DisplayValue: String(onWire(value, column, reading) ?? ''),
							LinkHint: '',
							TooltipHint: '',
						},
					];
				}),
			),
		};
	}
	return {
		PrimaryKey: String(record.id),
		EntityName,
		...Object.fromEntries(
			columns.map((column) => {
				const value = onWire(valueOf(column), column, reading);
				return [column.name, output === 'Display' ? String(value ?? '') : value];
			}),
		),
	};
}

/** A value as it is in the answer; what the database does not have is empty by the column's type. */
function onWire(value: Value, { name, type, isUtc }: Column, { timeZone }: Reading): unknown {
	if (value instanceof Date || (value === null && isDate(type))) {
		// With an offset, dates of making and changing are in UTC whatever zone was asked for.
		return writeDate(value, isUtc && timeZone.suffix ? { ...timeZone, zone: 'UTC' } : timeZone);
	}
	if (name === 'associateDbId') return idOf(value);
	if (Array.isArray(value)) return value.join(',');
	if (value !== null) return typeof value === 'object' ? textOf(value) : value;
	if (type === '-') return null;
	if (type === 'bool') return false;
	return isNumber(type) ? 0 : '';
}
