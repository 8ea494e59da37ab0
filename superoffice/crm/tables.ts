import { SuperOfficeError } from '../errors';
import { archiveRows } from './archive-rows';
import type { CrmSession } from './crm-session';
import { customFieldTypes } from './custom-fields';
import type { Field, FieldType } from './entity';
import { isEmpty } from './read-values';

/** A table of the tenant's database. */
export interface Table {
	/** In the database: `y_equipment`, `contact`. */
	name: string;
	primaryKey: string;
	/** Whether the tenant has added it. */
	isExtra: boolean;
	/** Under their names in the database; none where SuperOffice does not say. */
	columns: readonly Field[];
}

/** The tables that the tenant has added, by name; asked for once in a run. */
export async function extraTables(
	session: CrmSession,
): Promise<Array<{ name: string; label: string }>> {
	return await session.once('extra tables', async () => {
		const [name, label] = ['extra_tables.table_name', 'extra_tables.name'] as const;
		const tables: Array<{ name: string; label: string }> = [];
		const query = {
			provider: 'dynamic',
			primaryKey: 'extra_tables.id',
			columns: [name, label],
		};
		for await (const row of archiveRows(session, query)) {
			const own = String(row[name] ?? '');
			const title = String(row[label] ?? '');
			if (own !== '') tables.push({ name: own, label: title === '' ? own : title });
		}
		return tables.sort((one, other) => one.label.localeCompare(other.label));
	});
}

/**
 * A table with its columns, which are asked for once in a run. Of SuperOffice's own tables they may not be known.
 *
 * @throws SuperOfficeError `INVALID_INPUT` for what is no name of a table
 */
export async function tableNamed(session: CrmSession, given: unknown): Promise<Table> {
	const text = typeof given === 'string' ? given.trim() : '';
	if (!/^[a-z]\w*$/i.test(text)) {
		throw new SuperOfficeError(
			'INVALID_INPUT',
			isEmpty(given) ? 'No table is chosen.' : `“${shorten(given)}” is not the name of a table.`,
			'Choose a table from the list, or enter its name in the database, such as y_equipment.',
		);
	}
	const name = text.toLowerCase();
	const isExtra = name.startsWith('y_');
	const columns = await session.once(`columns of the table ${name}`, async () => {
		const path = `/v1/Schema/${name}`;
		return await session.callForList({ path, query: { includeStandard: 'true' } }).then(
			(infos) => infos.map(readColumn),
			(error: unknown) => noColumns(error, name, isExtra),
		);
	});
	return { name, primaryKey: isExtra ? 'id' : `${name}_id`, isExtra, columns };
}

function shorten(value: unknown): string {
	return String(value).slice(0, 50);
}

/** The same, where only a table that the tenant has added will do. */
export async function extraTableNamed(session: CrmSession, given: unknown): Promise<Table> {
	const table = await tableNamed(session, given);
	if (table.isExtra) return table;
	throw new SuperOfficeError(
		'INVALID_INPUT',
		`“${table.name}” is not an extra table.`,
		'Choose one whose name begins with y_. Records of SuperOffice’s own tables have resources of their own, such as Company.',
	);
}

function noColumns(error: unknown, name: string, isExtra: boolean): Field[] {
	if (!(error instanceof SuperOfficeError) || ![400, 404].includes(error.httpStatus ?? 0)) {
		throw error;
	}
	if (!isExtra) return [];
	throw new SuperOfficeError(
		error.code,
		`${error.message} There may be no table ${name}.`,
		'Choose a table from the list, or enter its name in the database, such as y_equipment.',
		{ httpStatus: error.httpStatus },
	);
}

/** The schema names no lists, so their items are set by id, as other records are. */
function typeOf(fieldType: unknown): FieldType {
	const type = customFieldTypes[String(fieldType)] ?? (fieldType === 'MdoList' ? 'list' : 'string');
	return type === 'list' ? 'integer' : type;
}

function readColumn(info: Record<string, unknown>): Field {
	const id = String(info.FieldName ?? '');
	return {
		id,
		label: isEmpty(info.DisplayName) ? id : String(info.DisplayName),
		type: typeOf(info.FieldType),
		required: info.IsMandatory === true,
		readOnly: info.IsReadOnly === true,
	};
}
