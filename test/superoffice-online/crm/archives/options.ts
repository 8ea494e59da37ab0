import type { Column, Provider } from './providers';
import { illegal } from '../errors';
import type { Reading } from './reading';

/** A query's options, read and checked. */
export interface Options {
	columns: Column[];
	filter: string | undefined;
	order: Array<{ column: Column; descending: boolean }>;
	/** Undefined if not given */
	top: number | undefined;
	skip: number;
	/** The kinds of rows; undefined for all */
	entities: string[] | undefined;
	mode: 'Slim' | 'Wide' | 'Full';
	output: 'Logical' | 'Display';
	/** Whether the answer says how many rows there are */
	counted: boolean;
}

const CHOICES: Record<string, string[]> = {
	$mode: ['Slim', 'Wide', 'Full'],
	$output: ['Logical', 'Display'],
	$format: ['json'],
	$jsonSafe: ['true', 'false'],
	$inlineCount: ['False', 'Estimate', 'True', 'AllPages'],
};
const KNOWN = [
	'$select',
	'$filter',
	'$orderBy',
	'$orderby',
	'$top',
	'$skip',
	'$entities',
	'$options',
	'$context',
	...Object.keys(CHOICES),
];

/** @throws ApiError 400 naming the option or the column that is wrong */
export function readOptions(query: URLSearchParams, provider: Provider, reading: Reading): Options {
	for (const name of query.keys()) {
		if (!KNOWN.includes(name)) throw illegal(`Unknown option: ${name}`);
		if (query.getAll(name).length > 1) throw illegal(`Given twice: ${name}`);
	}
	const choice = <Choice extends string>(name: string, otherwise: Choice): Choice => {
		const value = query.get(name);
		if (value === null) return otherwise;
		const known = CHOICES[name]!.find((one) => one.toLowerCase() === value.toLowerCase());
		if (known === undefined) throw illegal(`Illegal ${name}: ${value}`);
		return known as Choice;
	};
	choice('$format', 'json');
	choice('$jsonSafe', 'false');
	return {
		columns: (list(query, '$select') ?? provider.defaultColumns).map((name) =>
			columnNamed(name, provider, reading),
		),
		filter: query.get('$filter') ?? undefined,
		order: (list(query, query.has('$orderby') ? '$orderby' : '$orderBy') ?? []).map((text) =>
			orderOf(text, provider, reading),
		),
		top: count(query, '$top'),
		skip: count(query, '$skip') ?? 0,
		entities: entitiesOf(list(query, '$entities'), provider),
		mode: choice('$mode', 'Slim'),
		output: choice('$output', 'Logical'),
		counted: choice('$inlineCount', 'False') !== 'False',
	};
}

function columnNamed(name: string, provider: Provider, { database }: Reading): Column {
	const column = provider.column(name, database);
	if (column) return column;
	throw illegal(`Unknown column: '${name}'`);
}

function orderOf(text: string, provider: Provider, reading: Reading) {
	const [name = '', direction = 'asc', ...more] = text.split(/\s+/);
	if (!['asc', 'desc'].includes(direction) || more.length > 0) {
		throw illegal(`Illegal order: ${text}`);
	}
	const column = columnNamed(name, provider, reading);
	if (!column.orderable) throw illegal(`The column '${name}' cannot be ordered by`);
	return { column, descending: direction === 'desc' };
}

function entitiesOf(names: string[] | undefined, provider: Provider): string[] | undefined {
	const unknown = names?.find((name) => !provider.entities.includes(name));
	if (unknown !== undefined) throw illegal(`Unknown entity: ${unknown}`);
	return names;
}

function list(query: URLSearchParams, name: string): string[] | undefined {
	const value = query.get(name);
	if (value === null) return undefined;
	const parts = value.split(',').map((part) => part.trim());
	if (parts.includes('')) throw illegal(`Illegal ${name}: ${value}`);
	return parts;
}

function count(query: URLSearchParams, name: string): number | undefined {
	const value = query.get(name);
	if (value === null) return undefined;
	if (!/^\d{1,9}$/.test(value)) throw illegal(`Illegal ${name}: ${value}`);
	return Number(value);
}
