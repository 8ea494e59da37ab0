import { json, mediaType, type Call, type Reply } from '../../messages';
import { readFilter } from '../archives/filter';
import { readOptions } from '../archives/options';
import type { Column, Provider } from '../archives/providers';
import { Reading } from '../archives/reading';
import { compareValues, type Value } from '../archives/values';
import { answerOrRefuse } from '../errors';
import type { StoredRecord } from '../store';
import type { Tenant } from '../tenants';
import { isText, numberIn, plain, type TableColumn } from './cells';
import { ExtraTable } from './extra-table';
import { columnNamed, type Table } from './table';
import { tablesOf } from './tables';

const TYPES: Partial<Record<TableColumn['kind'], string>> = {
	Integer: 'int',
	MdoList: 'int',
	RelationTo: 'int',
	Decimal: 'decimal',
	Checkbox: 'bool',
	Date: 'date',
	DateTime: 'datetime',
	Time: '-',
	TimeSpan: '-',
};

/**
 * Answers the provider `dynamic` for the columns of one extra table: `y_equipment.x_code`. Undefined for all else.
 * @param resource the path under /api/, in lower case and without a slash at its end
 */
export function answerDynamicArchive(
	call: Call,
	tenant: Tenant,
	resource: string,
): Reply | undefined {
	if (resource !== 'v1/archive/dynamic') return undefined;
	const isForm = call.method === 'POST' && mediaType(call) === 'application/x-www-form-urlencoded';
	if (call.method !== 'GET' && !isForm) return undefined;
	const query = isForm ? new URLSearchParams(call.body) : call.query;
	const table = tablesOf(tenant.data).find(query.get('$select')?.split('.', 1)[0] ?? '');
	return table instanceof ExtraTable
		? answerOrRefuse(() => answer(call, query, tenant, table))
		: undefined;
}

function answer(call: Call, query: URLSearchParams, tenant: Tenant, table: Table): Reply {
	const reading = new Reading(tenant, call);
	const provider = providerOf(table);
	const options = readOptions(query, provider, reading);
	const filter = options.filter && readFilter(options.filter, provider, reading);
	const rows = table
		.ids()
		.map((id) => ({ id, values: table.read(id)! }) as unknown as StoredRecord)
		.filter((row) => !filter || filter.matches(row));
	const valueOf = (column: Column, row: StoredRecord) => column.read(row, reading)[0]!;
	rows.sort((one, other) => {
		for (const { column, descending } of options.order) {
			const difference = compareValues(valueOf(column, one), valueOf(column, other));
			if (difference !== 0) return descending ? -difference : difference;
		}
		return 0;
	});
	const size = Math.min(options.top ?? Infinity, tenant.settings.pageCap);
	return json(200, {
		'odata.metadata': `https://${call.host}${call.path}/$metadata`,
		'odata.nextLink': null,
		value: rows.slice(options.skip, options.skip + size).map((row) => ({
			PrimaryKey: String(row.id),
			EntityName: 'dynamic',
			...Object.fromEntries(
				options.columns.map((column) => [column.name, onWire(valueOf(column, row))]),
			),
		})),
	});
}

/** As far as a query needs it. */
function providerOf(table: Table): Provider {
	const provider: Pick<
		Provider,
		'name' | 'entity' | 'primaryKey' | 'entities' | 'defaultColumns' | 'column'
	> = {
		name: 'dynamic',
		entity: 'User',
		primaryKey: `${table.name}.${table.primaryKey}`,
		entities: ['dynamic'],
		defaultColumns: [],
		column: (name) => {
			const [tableName, columnName = ''] = name.split('.');
			const column = columnNamed(table, columnName);
			if (tableName !== table.name || !column) return undefined;
			const type = TYPES[column.kind] ?? 'string';
			const read = ({ values }: StoredRecord) => [
				valueIn(column, (values as Record<string, string>)[column.name]!),
			];
			return { name, label: column.label, type, orderable: true, isUtc: false, read };
		},
	};
	return provider as Provider;
}

function valueIn(column: TableColumn, cell: string): Value {
	if (isText(column)) return cell;
	if (column.kind === 'Checkbox') return numberIn(cell) === 1;
	if (column.kind !== 'Date' && column.kind !== 'DateTime') {
		return column.kind === 'Time' ? plain(cell) : numberIn(cell);
	}
	const [, month, day, year, time] = /^(\d\d)\/(\d\d)\/(\d{4}) (\S+?)\./.exec(plain(cell)) ?? [];
	return year === '0001' ? null : new Date(`${year}-${month}-${day}T${time}Z`);
}

/** Dates as their digits are, whatever time zone was asked for. */
function onWire(value: Value): unknown {
	if (value === null) return '0001-01-01T00:00:00Z';
	return value instanceof Date ? value.toISOString().replace('.000Z', 'Z') : value;
}
