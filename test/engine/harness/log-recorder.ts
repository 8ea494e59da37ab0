import { inspect } from 'node:util';

type Level = 'error' | 'warn' | 'info' | 'debug';

/**
 * Stands in for n8n's logger. Nothing is printed: lines of every level go to the listeners, with as
 * much metadata as n8n writes at its most verbose, so that a test can look for what must never be
 * logged.
 */
export class LogRecorder {
	private readonly listeners = new Set<string[]>();

	readonly error = this.writer('error');
	readonly warn = this.writer('warn');
	readonly info = this.writer('info');
	readonly debug = this.writer('debug');

	/** n8n asks for a logger per subsystem; here all of them write to the same listeners. */
	scoped(): this {
		return this;
	}

	/** Adds lines to `lines` until the returned function is called. */
	listen(lines: string[]): () => void {
		this.listeners.add(lines);
		return () => this.listeners.delete(lines);
	}

	private writer(level: Level) {
		return (message: string, metadata: object = {}) => {
			if (this.listeners.size === 0) return;
			const details = Object.keys(metadata).length > 0 ? ` ${print(metadata)}` : '';
			for (const lines of this.listeners) lines.push(`${level} ${message}${details}`);
		};
	}
}

function print(metadata: object): string {
	const fields = Object.entries(metadata).map(([name, value]) => [name, describe(value)]);
	const plain: unknown = Object.fromEntries(fields);
	try {
		return JSON.stringify(plain);
	} catch {
		return inspect(plain, { depth: 6, maxStringLength: null, maxArrayLength: null });
	}
}

/** JSON would drop the essential fields of an error. */
function describe(value: unknown): unknown {
	if (!(value instanceof Error)) return value;
	const { name, message, stack, cause } = value;
	return { name, message, stack, ...(cause === undefined ? {} : { cause: describe(cause) }) };
}
