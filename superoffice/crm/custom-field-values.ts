import type { Field } from './entity';
import { toBoolean, toNumber, toText } from './field-values';
import { toDay } from './dates';
export function encodeCustomField(
	field: Field,
	value: unknown,
	{ timeZone }: { timeZone: string },
): string {
	switch (field.type) {
		case 'integer':
			return `[I:${value === '' ? 0 : toNumber(field, value)}]`;
		case 'number':
			return `[F:${value === '' ? 0 : toNumber(field, value)}]`;
		case 'boolean':
			return `[I:${value !== '' && toBoolean(field, value) ? 1 : 0}]`;
		case 'date': {
			const [y, m, d] =
				value === '' ? ['0001', '01', '01'] : toDay(field.label, value, timeZone).split('-');
			return `[DT:${m}/${d}/${y} 00:00:00.0000000]`;
		}
		default:
			return toText(field, value);
	}
}
export function decodeCustomField(field: Field, text: string): string | number | boolean {
	const [, inner] = /^\[\w+:(.*)\]$/.exec(text) ?? [, text];
	const own = inner ?? text;
	switch (field.type) {
		case 'integer':
		case 'number':
		case 'list':
		case 'record':
			return Number(own);
		case 'boolean':
			return own === '1' || own === 'True';
		case 'date': {
			const [m, d, y] = own.slice(0, 10).split('/');
			return y === '0001' ? '' : `${y}-${m}-${d}`;
		}
		default:
			return text;
	}
}
