import { SuperOfficeError } from '../errors';
import { archiveFilter, joinFilters, type FilterColumn } from './archive-filter';
import type { CrmSession } from './crm-session';
import { fromWire } from './dates';
import type { Field } from './entity';
import { readOption } from './field-values';
import { choicesOf, findChoice, unknownChoice } from './list-items';
import { nearestNames } from './nearest';
import { operatorsFor } from './operators';
import { isEmpty } from './read-values';

/** A column of an archive. */
export interface ArchiveColumn extends FilterColumn {
	label: string;
	canFilter: boolean;
	canSort: boolean;
	/** MDO list of its values. */
	list?: string;
}

/** A filter on one column, as it is filled in. */
export interface FilterCondition {
	column: string;
	operator: string;
	/** Several by comma, or a list; items of lists by name or id. */
	value?: unknown;
}

export const combining = {
	label: 'Combine Filters',
	values: [
		{ value: 'and', label: 'And' },
		{ value: 'or', label: 'Or' },
	],
};

/** Columns that are no columns, but ways to ask for all rows or none. */
const notColumns = ['getAllRows', 'getNoRows'];

/** The columns that an archive has in this tenant, those of custom fields included; asked for once in a run. */
export async function archiveColumns(
	session: CrmSession,
	provider: string,
): Promise<ArchiveColumn[]> {
	const columns = await listedColumns(session, provider);
	return columns.filter(({ name }) => !notColumns.includes(name));
}

/** Whether an archive can be asked for all rows in so many words; some give none unless they are. */
export async function takesAllRows(session: CrmSession, provider: string): Promise<boolean> {
	const columns = await listedColumns(session, provider);
	return columns.some(({ name, canFilter }) => name === 'getAllRows' && canFilter);
}

async function listedColumns(session: CrmSession, provider: string): Promise<ArchiveColumn[]> {
	return await session.once(`columns ${provider}`, async () => {
		const columns = await session.callForList({
			method: 'POST',
			path: '/v1/Agents/Archive/GetAvailableColumns',
			body: { ProviderName: provider, Context: '' },
			isIdempotent: true,
		});
		return columns.map(readColumn);
	});
}

function readColumn(info: Record<string, unknown>): ArchiveColumn {
	const { Name, DisplayName, RestrictionType, RestrictionListName, CanRestrictBy, CanOrderBy } =
		info;
	const name = String(Name ?? '');
	return {
		name,
		label: typeof DisplayName === 'string' && DisplayName !== '' ? DisplayName : name,
		type: String(RestrictionType ?? ''),
		canFilter: CanRestrictBy === true,
		canSort: CanOrderBy === true,
		...(typeof RestrictionListName === 'string' && RestrictionListName !== ''
			? { list: RestrictionListName }
			: {}),
	};
}

/** Whether it is more than added; what an expression leaves empty is not `''`, and without the filter all would be found. */
export function isFilledIn(condition: FilterCondition): boolean {
	return Object.values(condition).some((value) => value !== '');
}

/**
 * OData text of filters as they are filled in.
 *
 * @param filters.text a filter in OData already, which must match as well
 * @throws SuperOfficeError `INVALID_INPUT`
 */
export async function filterText(
	session: CrmSession,
	provider: string,
	filters: { conditions: readonly FilterCondition[]; combine: 'and' | 'or'; text?: string },
): Promise<string> {
	const { conditions, combine, text = '' } = filters;
	const filled = conditions.filter(isFilledIn);
	const parts = [text.trim()].filter((part) => part !== '');
	if (filled.length > 0) {
		const columns = await archiveColumns(session, provider);
		const resolved = await Promise.all(
			filled.map(async (condition) => {
				const column = findColumn(columns, condition.column);
				const value = await resolveValue(session, column, condition.value);
				return { column, operator: condition.operator, value };
			}),
		);
		const how = filled.length === 1 ? 'and' : (readOption(combining, combine) as 'and' | 'or');
		parts.push(archiveFilter(resolved, how, { timeZone: session.timeZone }));
	}
	return joinFilters(parts, 'and');
}

function findColumn(columns: readonly ArchiveColumn[], wanted: string): ArchiveColumn {
	if (isEmpty(wanted)) {
		// Without it the filter would let everything through.
		throw new SuperOfficeError(
			'INVALID_INPUT',
			'Filters: no column is chosen.',
			'Choose a column from the list, or remove the filter.',
		);
	}
	const lower = String(wanted).trim().toLowerCase();
	const found =
		columns.find(({ name }) => name.toLowerCase() === lower) ??
		columns.find(({ label }) => label.toLowerCase() === lower);
	if (found?.canFilter) return found;
	const near = nearestNames(
		String(wanted),
		columns.flatMap(({ name, canFilter }) => (canFilter ? name : [])),
	);
	throw new SuperOfficeError(
		'INVALID_INPUT',
		found === undefined
			? `Filters: there is no column “${wanted}”.`
			: `Filters: SuperOffice cannot filter by the column “${wanted}”.`,
		`Choose a column from the list${near.length > 0 ? `, such as ${near.join(', ')}` : ''}.`,
	);
}

/** Whether it is compared by the ids of items of a list. */
function takesItems({ type }: ArchiveColumn): boolean {
	return operatorsFor(type).some(({ name }) => /^(oneOf|intArrayOneOf)$/.test(name));
}

/** Names of list items become their ids, which is what archives compare. */
async function resolveValue(
	session: CrmSession,
	column: ArchiveColumn,
	value: unknown,
): Promise<unknown> {
	const isUser = column.type === 'associate' || column.list === 'associate';
	if (!isUser && (column.list === undefined || !takesItems(column))) return value;
	const parts = Array.isArray(value) ? value : String(value ?? '').split(',');
	const given = parts.map((part) => String(part).trim()).filter((part) => part !== '');
	if (given.length === 0 || given.every((part) => /^\d+$/.test(part))) return value;
	const field: Field = {
		id: column.name,
		label: column.label,
		type: isUser ? 'user' : 'list',
		list: column.list,
	};
	const choices = await choicesOf(session, field);
	// A name with a comma in it is a name all the same.
	const whole = Array.isArray(value) ? undefined : findChoice(field, choices, value);
	if (whole) return [whole.id];
	return given.map((part) => {
		const found = findChoice(field, choices, part);
		if (found === undefined) throw unknownChoice(field, choices, part);
		return found.id;
	});
}

/** From the first digit to the last: a text may begin with a date. */
const date = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/;

/** A row as it is handed on: the record's id as a number, dates in ISO 8601. */
export function simplifyRow(
	row: Record<string, unknown>,
	primaryKey: string,
): Record<string, unknown> {
	const id = Number(row[primaryKey] ?? row.PrimaryKey);
	const simplified: Record<string, unknown> = { [primaryKey]: id };
	for (const [name, value] of Object.entries(row)) {
		if ([primaryKey, 'PrimaryKey', 'EntityName'].includes(name)) continue;
		simplified[name] = typeof value === 'string' && date.test(value) ? fromWire(value) : value;
	}
	return simplified;
}
