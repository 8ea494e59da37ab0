import { ApiError, illegal } from '../errors';
import { structs, type Property } from '../reference';
import { findProperty, type Context } from './context';
import { findCustomField } from './custom-fields';
import type { Draft } from './draft';

/** One change: the path is in its parts, the first being a property. */
interface Change {
	op: 'add' | 'replace' | 'remove' | 'test';
	path: string[];
	value?: unknown;
}

/** Carries out a JSON Patch (a list) or a merge patch (an object). Throws at the first change that cannot be. */
export function applyPatch(context: Context, draft: Draft, patch: unknown): void {
	if (typeof patch !== 'object' || patch === null) {
		throw illegal('The body must be a list of changes, or an object');
	}
	const changes = Array.isArray(patch) ? patch.map(readChange) : mergeChanges(context, patch);
	for (const change of changes) applyChange(context, draft, change);
}

function readChange(change: unknown): Change {
	const { op, path, value } = (change ?? {}) as Record<string, unknown>;
	if (op !== 'add' && op !== 'replace' && op !== 'remove' && op !== 'test') {
		throw illegal(`The operation '${String(op)}' is not supported`);
	}
	if (typeof path !== 'string' || path.replace(/^\//, '') === '') throw illegal(`${op}: no path`);
	if (value === undefined && op !== 'remove') throw illegal(`${op} ${path}: no value`);
	const parts = path.replace(/^\//, '').split('/');
	return { op, path: parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')), value };
}

/** SuperOffice turns a merge patch into a JSON Patch. */
function mergeChanges(context: Context, patch: object): Change[] {
	return Object.entries(patch).flatMap(([name, value]): Change[] => {
		const { property } = findProperty(context, name) ?? {};
		if (value === null) return [{ op: 'remove', path: [name] }];
		const isObject = typeof value === 'object' && !Array.isArray(value);
		if (!isObject || !property) return [{ op: 'replace', path: [name], value }];
		if (property.type === 'list') return [{ op: 'add', path: [name, '-'], value }];
		// Addresses have two levels, and only their parts are replaced.
		const deep = property.type === 'map' || property.type === 'ref' || property.of === 'Address';
		if (!deep) return [{ op: 'replace', path: [name], value }];
		return Object.entries(value as object).map(([key, part]) =>
			part === null
				? { op: 'remove', path: [name, key] }
				: { op: 'replace', path: [name, key], value: part as unknown },
		);
	});
}

function applyChange(context: Context, draft: Draft, { op, path, value }: Change): void {
	const found = findProperty(context, path[0]!);
	if (!found) throw illegal(`Unknown property '${path[0]}'`);
	const { name, property } = found;
	const parts = path.slice(1);
	if (name === 'CustomFields' && parts.length > 0) {
		return changeCustomField(context, draft, { op, path: parts, value });
	}
	if (property.of === 'Address' && parts.length > 1) {
		throw illegal(`${path.join('/')}: one line of an address cannot be addressed`);
	}
	const current = draft.get(name);
	if (op === 'test') return test(path, at(current, parts, path.join('/')), value);
	const change = { op, path: parts, value: op === 'remove' ? null : value };
	draft.change(name, parts.length === 0 ? change.value : changed(current, property, change, name));
}

function changeCustomField(context: Context, draft: Draft, { op, path, value }: Change): void {
	if (path.length > 1) throw illegal(`CustomFields/${path.join('/')}: no such path`);
	const { key } = findCustomField(context, path[0]!);
	if (op === 'test') {
		const current = (draft.get('CustomFields') as Record<string, string>)[key];
		return test(['CustomFields', key], current, value);
	}
	draft.setCustomField(key, op === 'remove' ? null : value);
}

/** The JSON of a property after a change inside it. */
function changed(
	json: unknown,
	property: Property,
	{ op, path, value }: Change,
	where: string,
): unknown {
	const [part = '', ...rest] = path;
	const here = `${where}/${part}`;
	if (Array.isArray(json) || property.type === 'list') {
		return changedList((json ?? []) as unknown[], property, { op, path, value }, here);
	}
	const known = structs[property.of ?? ''];
	const name =
		known && Object.keys(known).find((field) => field.toLowerCase() === part.toLowerCase());
	if (name === undefined) throw illegal(`${here}: no such path`);
	const object = (json ?? {}) as Record<string, unknown>;
	const inner =
		rest.length === 0
			? value
			: changed(object[name], known![name]!, { op, path: rest, value }, here);
	return { ...object, [name]: inner };
}

function changedList(
	list: unknown[],
	property: Property,
	{ op, path, value }: Change,
	here: string,
): unknown[] {
	const [part, ...rest] = path;
	if (part === '-' && op === 'add' && rest.length === 0) return [...list, value];
	const index = /^\d+$/.test(part!) ? Number(part) : NaN;
	const end = op === 'add' && rest.length === 0 ? list.length : list.length - 1;
	if (!(index <= end)) throw illegal(`${here}: no such path`);
	if (rest.length > 0) {
		const inner = changed(
			list[index],
			{ ...property, type: 'struct' },
			{ op, path: rest, value },
			here,
		);
		return list.map((element, place) => (place === index ? inner : element));
	}
	const copy = [...list];
	copy.splice(index, op === 'add' ? 0 : 1, ...(op === 'remove' ? [] : [value]));
	return copy;
}

/** What is at a path. */
function at(json: unknown, path: string[], where: string): unknown {
	const [part, ...rest] = path;
	if (part === undefined) return json;
	const entries = Object.entries((json ?? {}) as object);
	const found = entries.find(([name]) => name.toLowerCase() === part.toLowerCase());
	if (found === undefined) throw illegal(`${where}: no such path`);
	return at(found[1], rest, where);
}

function test(path: string[], current: unknown, expected: unknown): void {
	if (JSON.stringify(current) === JSON.stringify(expected)) return;
	// Ids may be text.
	if (typeof current === 'number' && String(current) === expected) return;
	throw new ApiError(
		409,
		'SoTestFailedException',
		`${path.join('/')} is ${JSON.stringify(current)}, not ${JSON.stringify(expected)}`,
	);
}
