import { illegal } from '../errors';
import { tableNamed, type Table, type TableRow } from './dynamic-tables';
import type { Reading } from './reading';

/** A step from one table to the next. */
interface Join {
	/** The whole path up to it, which is its name, and that without it */
	path: string;
	from: string;
	kind: 'outer' | 'inner' | 'right';
	/** The column that refers, of this table or, for a right join, of the other */
	key: string;
	table: Table;
}

/** A column by its path, like `contact.category_idx.name`. */
interface Path {
	text: string;
	base: string;
	joins: Join[];
	column: string;
}

/** The rows of all tables that a row consists of, by the path to each. */
type Joined = Map<string, TableRow | undefined>;

const STEP = /\.\((\w+)->(\w+)\)|([.:])(\w+)(?:\[(\w+)\])?/y;

/** Reads a query of the provider `dynamic`: GET and POST of `v1/Archive/dynamic`. */
export function readDynamic(query: URLSearchParams, reading: Reading): object[] {
	const known = ['$select', '$filter', '$orderBy', '$orderby', '$top', '$skip', '$format'];
	const unknown = [...query.keys()].find((name) => !known.includes(name));
	if (unknown !== undefined) throw illegal(`Unknown option: ${unknown}`);
	const select = (query.get('$select') ?? '').split(',').map((text) => pathOf(text.trim()));
	const order = (query.get('$orderBy') ?? query.get('$orderby') ?? '')
		.split(',')
		.filter((text) => text.trim() !== '')
		.map(orderOf);
	const filter = conditionsOf(query.get('$filter') ?? '');
	const paths = [...select, ...order.map(({ path }) => path), ...filter.map(({ path }) => path)];
	const { base } = select[0]!;
	if (paths.some((path) => path.base !== base)) {
		throw illegal('All columns must start on the same table');
	}
	const table = tableNamed(base)!;
	const joins = [
		...new Map(paths.flatMap((path) => path.joins).map((one) => [one.path, one])).values(),
	];
	const found = table
		.rows(reading)
		.flatMap((row) => joined(new Map([[base, row]]), joins, reading))
		.filter((row) => filter.every(({ path, passes }) => passes(valueOf(row, path))));
	const size = Math.min(Number(query.get('$top') ?? Infinity), reading.tenant.settings.pageCap);
	const skip = Number(query.get('$skip') ?? 0);
	const hidden = base === 'contact' ? (reading.tenant.settings.hiddenRecords.Contact ?? []) : [];
	return inOrder(found, order, skip)
		.slice(skip, skip + size)
		.filter((row) => !hidden.includes(Number(row.get(base)![table.primaryKey])))
		.map((row) => ({
			PrimaryKey: String(row.get(base)![table.primaryKey]),
			EntityName: base,
			...Object.fromEntries(select.map((path) => [path.text, valueOf(row, path)])),
		}));
}

function pathOf(text: string): Path {
	const wrong = illegal(`Illegal column: '${text}'`);
	const base = /^\w+/.exec(text)?.[0] ?? '';
	let table = tableNamed(base);
	if (!table) throw wrong;
	const steps: Array<{ end: number; match: RegExpExecArray }> = [];
	STEP.lastIndex = base.length;
	for (let match = STEP.exec(text); match; match = STEP.exec(text)) {
		steps.push({ end: STEP.lastIndex, match });
	}
	const last = steps.pop();
	if (last?.end !== text.length || last.match[3] !== '.' || last.match[5]) throw wrong;
	const joins: Join[] = [];
	let from = base;
	for (const { end, match } of steps) {
		const [, other, otherKey, sign, key, named] = match;
		const next: Table | undefined = tableNamed(other ?? named ?? table.foreignKeys[key!] ?? '');
		if (!next || (other && !next.columns.includes(otherKey!))) throw wrong;
		const kind = other ? 'right' : sign === ':' ? 'inner' : 'outer';
		joins.push({
			path: text.slice(0, end),
			from,
			kind,
			key: other ? otherKey! : key!,
			table: next,
		});
		from = text.slice(0, end);
		table = next;
	}
	const column = last.match[4]!;
	if (!table.columns.includes(column)) throw wrong;
	return { text, base, joins, column };
}

function joined(row: Joined, joins: Join[], reading: Reading): Joined[] {
	const [join, ...others] = joins;
	if (!join) return [row];
	const from = row.get(join.from);
	const { primaryKey, rows } = join.table;
	const all = from ? rows(reading) : [];
	const matching =
		join.kind === 'right'
			? all.filter((other) => other[join.key] === Object.values(from!)[0])
			: all.filter((other) => other[primaryKey] === from![join.key]);
	if (matching.length === 0 && join.kind === 'inner') return [];
	return (matching.length === 0 ? [undefined] : matching).flatMap((other) =>
		joined(new Map([...row, [join.path, other]]), others, reading),
	);
}

const valueOf = (row: Joined, { text, column }: Path) =>
	row.get(text.slice(0, -column.length - 1))?.[column] ?? null;

function orderOf(text: string) {
	const [path = '', direction = 'asc', ...more] = text.trim().split(/\s+/);
	if (!['asc', 'desc'].includes(direction) || more.length > 0)
		throw illegal(`Illegal order: ${text}`);
	return { path: pathOf(path), sign: direction === 'desc' ? -1 : 1 };
}

/** In the order asked for. What it leaves open comes differently on each page. */
function inOrder(rows: Joined[], order: Array<ReturnType<typeof orderOf>>, skip: number): Joined[] {
	const open = skip === 0 ? rows : [...rows].reverse();
	return open.sort((one, other) => {
		for (const { path, sign } of order) {
			const [a, b] = [valueOf(one, path), valueOf(other, path)];
			const isNumber = typeof a === 'number' && typeof b === 'number';
			const difference = isNumber ? a - b : String(a ?? '').localeCompare(String(b ?? ''));
			if (difference !== 0) return difference * sign;
		}
		return 0;
	});
}

const CONDITION = /^\s*(\S+)\s+(\w+|=)\s+('(?:[^'\\]|\\.)*'|-?\d+)\s*(?:$|and\s+)/;

/** Conditions with `and` in between. */
function conditionsOf(filter: string) {
	const conditions = [];
	for (let rest = filter; rest.trim() !== ''; ) {
		const [whole, path, operator, literal] = CONDITION.exec(rest) ?? [];
		if (whole === undefined) throw illegal(`Illegal filter: ${filter}`);
		conditions.push({ path: pathOf(path!), passes: testOf(operator!, literal!) });
		rest = rest.slice(whole.length);
	}
	return conditions;
}

function testOf(operator: string, literal: string): (value: string | number | null) => boolean {
	const text = literal.startsWith("'") ? literal.slice(1, -1).replace(/\\(['\\])/g, '$1') : literal;
	const lower = text.toLowerCase();
	const asText = (value: string | number | null) => String(value ?? '').toLowerCase();
	switch (operator) {
		case 'eq':
		case 'is':
		case '=':
			return (value) => asText(value) === lower;
		case 'contains':
			return (value) => asText(value).includes(lower);
		case 'begins':
			return (value) => asText(value).startsWith(lower);
		case 'gt':
		case 'greater':
			return (value) => Number(value) > Number(text);
		default:
			throw illegal(`There is no operator '${operator}'`);
	}
}
