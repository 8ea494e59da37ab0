import { json, type Call, type Reply } from '../../messages';
import { readJson, NO_CONTENT } from '../entities/verbs';
import { answerOrRefuse, ApiError, illegal } from '../errors';
import type { TenantDatabase } from '../store';
import type { Tenant } from '../tenants';
import { translator } from '../wire-texts';
import { numberIn, readCell, type Cells, type TableColumn } from './cells';
import { answerMassOperation } from './mass-operations';
import { columnNamed, type Table } from './table';
import { tablesOf } from './tables';

/** Answers what is about the tables of the database. Undefined for all else. */
export function answerTables(call: Call, tenant: Tenant, resource: string): Reply | undefined {
	const [, operation] = /^v1\/agents\/databasetable\/(\w+)$/.exec(resource) ?? [];
	if (operation !== undefined && call.method === 'POST') {
		return answerOrRefuse(() => answerMassOperation(call, tenant, operation));
	}
	const [, schema] = /^v1\/schema\/([^/]+)$/.exec(resource) ?? [];
	if (schema !== undefined && call.method === 'GET') {
		return answerOrRefuse(() => schemaOf(call, tenant.data, schema));
	}
	const [, name, id] = /^v1\/table\/([^/]+)(?:\/(\d+))?$/.exec(resource) ?? [];
	if (name === undefined) return undefined;
	const verbs: Record<string, (table: Table) => Reply> =
		id === undefined
			? { POST: (table) => insert(table, call) }
			: {
					GET: (table) => read(table, Number(id), tenant.data, call),
					PUT: (table) => update(table, Number(id), call),
					DELETE: (table) => remove(table, Number(id)),
				};
	const verb = verbs[call.method];
	return verb && answerOrRefuse(() => verb(find(tenant.data, name)));
}

function find(database: TenantDatabase, name: string): Table {
	const table = tablesOf(database).find(name);
	if (table) return table;
	throw new ApiError(404, 'SoNotFoundException', `There is no table '${name}'`);
}

/** GET Schema/{table}: its custom fields, and its other columns if they are asked for. */
function schemaOf({ query, headers }: Call, database: TenantDatabase, name: string): Reply {
	const unknown = [...query.keys()].find((option) => option !== 'includeStandard');
	if (unknown !== undefined) throw illegal(`Unknown option: ${unknown}`);
	const withStandard = query.get('includeStandard')?.toLowerCase() === 'true';
	const table = find(database, name);
	const custom = table.isExtra ? [] : (tablesOf(database).find(`ud${name}small`)?.columns ?? []);
	const own = table.columns.filter(
		({ isStandard }) => withStandard || (table.isExtra && !isStandard),
	);
	const translate = translator(headers);
	return json(
		200,
		[...own, ...custom.slice(1)].map((column, index) => fieldInfo(column, index, translate)),
	);
}

function fieldInfo(
	{ name, label, kind, isRequired = false, isReadOnly = false }: TableColumn,
	index: number,
	translate: (text: string) => string,
) {
	return {
		FieldType: kind,
		FieldName: name,
		DisplayName: translate(label),
		Description: '',
		ShortLabel: '',
		HideLabel: false,
		HideField: false,
		IsIndexed: false,
		IsMandatory: isRequired,
		IsReadOnly: isReadOnly,
		IsExternal: false,
		IsDisplayField: false,
		Rank: index + 1,
		TemplateVariableName: null,
	};
}

function read(table: Table, id: number, database: TenantDatabase, { query }: Call): Reply {
	if (query.size > 0) throw illegal(`Unknown option: ${[...query.keys()][0]}`);
	const cells = row(table, id);
	const values: Cells = {};
	for (const column of table.columns) {
		values[column.name] = cells[column.name]!;
		if (column.to === 'contact') {
			const company = database.find('Contact', numberIn(cells[column.name]));
			values[`${column.name}:DisplayText`] = String(company?.values.Name ?? '');
		}
	}
	return json(200, { Values: values, TableRight: null, FieldProperties: {} });
}

function insert(table: Table, call: Call): Reply {
	const cells = readCells(table, call);
	const missing = table.columns.find(({ name, isRequired }) => isRequired && !cells[name]);
	if (missing) throw illegal(`${missing.name}: is mandatory`);
	return json(200, table.insert(cells));
}

function update(table: Table, id: number, call: Call): Reply {
	row(table, id);
	table.update(id, readCells(table, call));
	return NO_CONTENT;
}

function remove(table: Table, id: number): Reply {
	row(table, id);
	table.remove(id);
	return NO_CONTENT;
}

function row(table: Table, id: number): Cells {
	const cells = table.read(id);
	if (cells) return cells;
	throw new ApiError(404, 'SoNotFoundException', `${table.name} id ${id} not found`);
}

/** The body, a dictionary of texts; numbers may stand as they are. */
function readCells(table: Table, call: Call): Cells {
	const body = readJson(call);
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		throw illegal('The body must be a dictionary');
	}
	return Object.fromEntries(
		Object.entries(body).map(([name, value]) => {
			const column = columnNamed(table, name);
			if (!column) throw illegal(`Unknown column '${name}'`);
			if (column.isReadOnly) throw illegal(`${name}: is read-only`);
			return [column.name, readCell(column, value)];
		}),
	);
}
