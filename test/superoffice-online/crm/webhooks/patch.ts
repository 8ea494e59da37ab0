import { ApiError, illegal } from '../errors';

type Entity = Record<string, unknown>;

/** One change: of a property, or of what is inside it. */
interface Change {
	op: string;
	path: string[];
	value?: unknown;
}

/**
 * What an entity is after a JSON Patch (a list) or a merge patch (an object). Throws at the first change that cannot be.
 */
export function patched(entity: Entity, patch: unknown): Entity {
	if (typeof patch !== 'object' || patch === null) {
		throw illegal('The body must be a list of changes, or an object');
	}
	const changes = Array.isArray(patch)
		? patch.map(readChange)
		: Object.entries(patch).flatMap(([name, value]) => mergeChanges(entity, name, value));
	return changes.reduce((result, change) => applied(result, change), entity);
}

function readChange(change: unknown): Change {
	const { op, path, value } = (change ?? {}) as Entity;
	if (!['add', 'replace', 'remove', 'test'].includes(String(op))) {
		throw illegal(`The operation '${String(op)}' is not supported`);
	}
	if (typeof path !== 'string' || path.replace(/^\//, '') === '') {
		throw illegal(`${String(op)}: no path`);
	}
	if (value === undefined && op !== 'remove') throw illegal(`${String(op)} ${path}: no value`);
	const parts = path.replace(/^\//, '').split('/');
	const unescaped = parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
	return { op: String(op), path: unescaped, value };
}

/** SuperOffice turns a merge patch into a JSON Patch. */
function mergeChanges(entity: Entity, name: string, value: unknown): Change[] {
	if (value === null) return [{ op: 'remove', path: [name] }];
	const isObject = typeof value === 'object' && !Array.isArray(value);
	if (!isObject) return [{ op: 'replace', path: [name], value }];
	if (Array.isArray(entity[named(entity, name)])) return [{ op: 'add', path: [name, '-'], value }];
	return Object.entries(value).map(([key, part]: [string, unknown]) =>
		part === null
			? { op: 'remove', path: [name, key] }
			: { op: 'replace', path: [name, key], value: part },
	);
}

function applied(entity: Entity, { op, path, value }: Change): Entity {
	const name = named(entity, path[0]!);
	const where = path.join('/');
	const current = entity[name];
	if (path.length > 2) throw illegal(`${where}: no such path`);
	const [, part] = path;
	if (op === 'test') {
		const there = (part === undefined ? current : (current as Entity | null)?.[part]) ?? null;
		if (JSON.stringify(there) === JSON.stringify(value)) return entity;
		const text = `${where} is ${JSON.stringify(there)}, not ${JSON.stringify(value)}`;
		throw new ApiError(409, 'SoTestFailedException', text);
	}
	const given = op === 'remove' ? null : value;
	if (part === undefined) return { ...entity, [name]: given };
	if (Array.isArray(current)) return { ...entity, [name]: changedList(current, op, part, given) };
	const isMap = ['Headers', 'Properties'].includes(name);
	if (!isMap) throw illegal(`${where}: no such path`);
	const map = { ...(current as Entity | null), [part]: given };
	if (op === 'remove') delete map[part];
	return { ...entity, [name]: map };
}

function changedList(list: unknown[], op: string, part: string, value: unknown): unknown[] {
	if (part === '-' && op === 'add') return [...list, value];
	const index = /^\d+$/.test(part) ? Number(part) : NaN;
	if (!(index <= (op === 'add' ? list.length : list.length - 1))) {
		throw illegal(`${part}: no such path`);
	}
	const copy = [...list];
	copy.splice(index, op === 'add' ? 0 : 1, ...(op === 'remove' ? [] : [value]));
	return copy;
}

/** A property in any case. */
function named(entity: Entity, name: string): string {
	const found = Object.keys(entity).find((known) => known.toLowerCase() === name.toLowerCase());
	if (found === undefined) throw illegal(`'${name}' is unknown, or read-only`);
	return found;
}
