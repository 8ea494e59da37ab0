import { isObject } from './crm-session';

/** The property at a path, or undefined if there is none. */
export function propertyAt(record: unknown, path: readonly string[]): unknown {
	return path.reduce<unknown>(
		(object, name) => (isObject(object) && Object.hasOwn(object, name) ? object[name] : undefined),
		record,
	);
}

/** Sets the property at a path, and makes the objects on the way that are missing. */
export function setProperty(
	record: Record<string, unknown>,
	path: readonly string[],
	value: unknown,
): void {
	const [name = '', ...rest] = path;
	if (rest.length === 0) {
		define(record, name, value);
		return;
	}
	const own = Object.hasOwn(record, name) ? record[name] : undefined;
	const inner = isObject(own) ? own : {};
	define(record, name, inner);
	setProperty(inner, rest, value);
}

/** The leaves of an object, with their paths; lists and empty objects are leaves. */
export function leavesOf(
	object: Record<string, unknown>,
	above: string[] = [],
): Array<{ path: string[]; value: unknown }> {
	return Object.entries(object).flatMap(([name, value]) => {
		const path = [...above, name];
		const isEnd = !isObject(value) || Object.keys(value).length === 0;
		return isEnd ? [{ path, value }] : leavesOf(value, path);
	});
}

/** Like an assignment, also for the name `__proto__`. */
function define(record: Record<string, unknown>, name: string, value: unknown): void {
	Object.defineProperty(record, name, {
		value,
		enumerable: true,
		configurable: true,
		writable: true,
	});
}
