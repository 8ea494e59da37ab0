import { readJson } from '../entities/verbs';
import { illegal } from '../errors';
import { enums } from '../reference';
import type { Call } from '../../messages';

/** What a property takes: a kind of value, the names of an enum, or an object with an id under that key. */
export type Kind = 'text' | 'number' | 'flag' | 'about' | { enum: string } | { key: string };

/**
 * The entity in a body: its properties, each with a value of its kind. An id is taken out of its object. Throws for
 * anything else. What an entity says about itself (`about`) may be sent back, and is not taken.
 */
export function readBody(call: Call, kinds: Record<string, Kind>): Record<string, unknown> {
	const body = readJson(call);
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		throw illegal('The body must be an entity');
	}
	const read: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(body)) {
		const kind = kinds[name];
		if (kind === undefined) throw illegal(`Unknown property '${name}'`);
		if (kind !== 'about' && value !== null) read[name] = readValue(name, kind, value);
	}
	return read;
}

function readValue(name: string, kind: Exclude<Kind, 'about'>, value: unknown): unknown {
	if (typeof kind === 'object') {
		if ('enum' in kind) {
			if (enums[kind.enum]!.includes(value as string)) return value;
			throw illegal(`${name}: ${JSON.stringify(value)} is no ${kind.enum}`);
		}
		const id = (value as Record<string, unknown>)[kind.key];
		if (Number.isInteger(id)) return id;
		throw illegal(`${name}/${kind.key}: a whole number is expected`);
	}
	const type = { text: 'string', number: 'number', flag: 'boolean' }[kind];
	if (typeof value !== type) throw illegal(`${name}: a ${kind} is expected`);
	return value;
}

/** Throws for an option that the call does not have. */
export function checkQuery({ query }: Call, ...known: string[]): void {
	const unknown = [...query.keys()].find((name) => !known.includes(name));
	if (unknown !== undefined) throw illegal(`Unknown option: ${unknown}`);
}

/** `?notify=true|false` */
export function readNotify(call: Call): boolean {
	checkQuery(call, 'notify');
	const value = call.query.get('notify');
	if (value !== null && value !== 'true' && value !== 'false') {
		throw illegal(`notify: '${value}' is neither true nor false`);
	}
	return value === 'true';
}
