import { operatorsFor } from './operators';
export interface Column {
	name: string;
	type: string;
	label?: string;
}
const quote = (value: unknown) => `'${String(value).replace(/'/g, "\\'")}'`;
function literal(type: string, value: unknown): string {
	return /^(int|decimal|listAny|associate|listInterest)$/.test(type)
		? String(Number(value))
		: type === 'bool'
			? String(value)
			: quote(value);
}
export function archiveFilter(
	conditions: ReadonlyArray<{ column: Column; operator: string; value: unknown }>,
	combine: 'and' | 'or',
	_options: { timeZone: string },
): string {
	return joinFilters(
		conditions.map(({ column, operator, value }) => {
			const many = operatorsFor(column.type).find(({ name }) => name === operator)?.values;
			const values = (
				Array.isArray(value) ? value : many === 'many' ? String(value).split(',') : [value]
			) as unknown[];
			if (many === 0) return `${column.name} ${operator}`;
			const texts = values.map((each) => literal(column.type, each));
			return `${column.name} ${operator} ${many === 'many' ? `(${texts.join(',')})` : texts[0]}`;
		}),
		combine,
	);
}
export function joinFilters(parts: readonly string[], combine: 'and' | 'or'): string {
	return parts.length > 1
		? parts.map((part) => `(${part})`).join(` ${combine} `)
		: (parts[0] ?? '');
}
export function equalsAny(column: Column, values: readonly unknown[]): string {
	return `${column.name} in (${values.map((value) => literal(column.type, value)).join(',')})`;
}
export function equalsAll(
	columns: readonly Column[],
	rows: ReadonlyArray<readonly unknown[]>,
): string {
	const one = (column: Column, value: unknown) =>
		`${column.name} ${/^(string|stringorPK|positiveString)$/.test(column.type) ? 'is' : 'equals'} ${literal(column.type, value)}`;
	return joinFilters(
		rows.map((values) =>
			joinFilters(
				columns.map((column, index) => one(column, values[index])),
				'and',
			),
		),
		'or',
	);
}
