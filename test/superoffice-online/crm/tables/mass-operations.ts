import { json, type Call, type Reply } from '../../messages';
import { ApiError, illegal } from '../errors';
import { readObject } from '../lists/read-object';
import type { Tenant } from '../tenants';
import { emptyCell, numberIn, plain, readCell, type Cells, type TableColumn } from './cells';
import { columnNamed, type Table } from './table';
import { tablesOf } from './tables';

interface RowStatus {
	PrimaryKey: number;
	Action: 'Inserted' | 'Updated' | 'NoUpdateNeeded';
	RowKeys: string[];
}

const ARGUMENTS: Record<string, string[]> = {
	upsert: ['TableName', 'Columns', 'Keys', 'Data', 'NomatchAction', 'ReturnRowStatus'],
	insert: ['TableName', 'Columns', 'Data'],
};

/** Answers the agent DatabaseTable: rows in, and what became of them. */
export function answerMassOperation(call: Call, tenant: Tenant, operation: string): Reply {
	const known = ARGUMENTS[operation];
	const body = readObject(call.body);
	const unknown = Object.keys(body).find((name) => !known?.includes(name));
	if (!known || unknown !== undefined) return invalid(unknown ?? operation);
	const missing = known.find((name) => body[name] === undefined);
	if (missing !== undefined) return invalid(missing);
	const tableName = String(body.TableName);
	const tables = tablesOf(tenant.data);
	if (tables.isProtected(tableName)) {
		throw new ApiError(403, 'SoDbAccessException', `The table ${tableName} is protected`);
	}
	const table = tables.find(tableName);
	if (!table) throw massError(`There is no table '${tableName}'`);
	const operationOn = new MassOperation(table, body.Columns, body.Data);
	return json(200, operation === 'insert' ? operationOn.insert() : operationOn.upsert(body));
}

/** Agents answer 200 where an argument is wrong. */
function invalid(name: string): Reply {
	const MessageDetail = `The argument ${name} is missing or unknown.`;
	return json(200, { Message: 'The request is invalid.', MessageDetail });
}

function massError(text: string): ApiError {
	return new ApiError(400, 'SoMassOperationException', text);
}

class MassOperation {
	private readonly columns: TableColumn[];
	private readonly data: string[][];
	private inserts = 0;
	private updates = 0;

	constructor(
		private readonly table: Table,
		columns: unknown,
		data: unknown,
	) {
		if (!isTexts(columns) || !Array.isArray(data) || !data.every(isTexts)) {
			throw illegal('Columns must be texts, and Data rows of texts');
		}
		this.columns = columns.map((name) => {
			const column = columnNamed(table, name);
			if (!column) throw massError(`The table ${table.name} has no column '${name}'`);
			if (column.isReadOnly && name !== table.primaryKey) {
				throw massError(`The column '${name}' is filled in by the database`);
			}
			return column;
		});
		if (new Set(this.columns).size < columns.length) throw massError('A column is given twice');
		if (this.columns.findIndex(({ name }) => name === table.primaryKey) > 0) {
			throw massError('The primary key must be the first column');
		}
		const odd = data.find((row) => row.length !== columns.length);
		if (odd) throw massError(`${odd.length} values were given for ${columns.length} columns`);
		this.data = data;
	}

	insert() {
		const hasKey = this.columns.some(({ name }) => name === this.table.primaryKey);
		if (hasKey && this.table.isExtra) throw noKeyForInsert();
		for (const row of this.data) this.insertRow(this.cellsOf(row));
		return this.result(null);
	}

	/** Row after row: when one of them fails, those before it are written. */
	upsert({ Keys, NomatchAction, ReturnRowStatus }: Record<string, unknown>) {
		if (!isTexts(Keys) || Keys.length === 0) throw massError('There are no keys');
		if (NomatchAction !== 'NoChange') throw illegal(`NomatchAction: ${String(NomatchAction)}`);
		const keys = Keys.map((name) => {
			const key = this.columns.find((column) => column.name === name);
			return key ?? fail(massError(`The key '${name}' is not among the columns`));
		});
		const before = this.index(keys);
		const statuses = this.data.map((row) => this.upsertRow(this.cellsOf(row), keys, before));
		return this.result(ReturnRowStatus === true ? statuses : null);
	}

	private upsertRow(cells: Cells, keys: TableColumn[], before: Map<string, number[]>): RowStatus {
		const { table } = this;
		const isByPrimaryKey = keys.length === 1 && keys[0]!.name === table.primaryKey;
		const matches = before.get(identity(cells, keys)) ?? [];
		if (matches.length > 1) throw massError('The keys of a row match more than one row');
		const RowKeys = keys.map(({ name }) => plain(cells[name]!));
		const [id] = matches;
		if (id === undefined) {
			if (isByPrimaryKey && table.isExtra) throw noKeyForInsert();
			return { PrimaryKey: this.insertRow(cells), Action: 'Inserted', RowKeys };
		}
		const current = table.read(id)!;
		const isSame = Object.entries(cells).every(([name, cell]) => current[name] === cell);
		if (isSame) return { PrimaryKey: id, Action: 'NoUpdateNeeded', RowKeys };
		table.update(id, cells);
		this.updates += 1;
		return { PrimaryKey: id, Action: 'Updated', RowKeys };
	}

	private insertRow(cells: Cells): number {
		const { table } = this;
		const missing = table.columns.find(
			(column) =>
				column.isRequired && (cells[column.name] ?? emptyCell(column)) === emptyCell(column),
		);
		if (missing) throw massError(`The column '${missing.name}' must not be empty`);
		const given = numberIn(cells[table.primaryKey]);
		if (given > 0 && table.read(given)) throw massError(`There is a row ${given} already`);
		this.inserts += 1;
		return table.insert(cells, given > 0 ? given : undefined);
	}

	/** The rows there are, by their keys. Rows that this operation adds are not among them. */
	private index(keys: TableColumn[]): Map<string, number[]> {
		const index = new Map<string, number[]>();
		for (const id of this.table.ids()) {
			const own = identity(this.table.read(id)!, keys);
			index.set(own, [...(index.get(own) ?? []), id]);
		}
		return index;
	}

	private cellsOf(row: string[]): Cells {
		return Object.fromEntries(
			this.columns.map((column, index) => {
				try {
					return [column.name, readCell(column, row[index])];
				} catch (error) {
					throw massError((error as Error).message);
				}
			}),
		);
	}

	private result(RowStatus: RowStatus[] | null) {
		return {
			Success: true,
			Message: 'Time used: 12 ms',
			Inserts: this.inserts,
			Updates: this.updates,
			Deletes: 0,
			RowStatus,
			TableRight: null,
			FieldProperties: {},
		};
	}
}

/** Texts are compared without case. */
function identity(cells: Cells, keys: TableColumn[]): string {
	return JSON.stringify(keys.map(({ name }) => cells[name]!.toLowerCase()));
}

function noKeyForInsert(): ApiError {
	return massError(
		'extra tables use database-assigned primary keys, therefore the primary key column cannot be specified for Insert',
	);
}

function isTexts(value: unknown): value is string[] {
	return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function fail(error: Error): never {
	throw error;
}
