import { illegal } from '../errors';
import { readDate } from '../wire-dates';
import type { Token } from './tokens';

/** A value in a filter, as it is written. */
export type Literal = Extract<Token, { text: string }>;

export function asText({ kind, text }: Literal): string {
	if (kind === 'text') return text;
	throw illegal(`A text must be in single quotes: ${text}`);
}

export function asNumber(literal: Literal): number {
	const { kind, text } = literal;
	const isPlain = kind === 'word' || (kind === 'encoded' && /^[IF]$/.test(literal.marker));
	if (isPlain && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
	throw illegal(`Not a number: ${kind === 'text' ? `'${text}'` : text}`);
}

/** ISO 8601 like 2026-11-25 or 2026-11-25T10:00:00, perhaps with Z or an offset, of a date that exists. */
export function asIsoDate(literal: Literal, needsTime = false): string {
	const { kind, text } = literal;
	const iso = kind === 'encoded' && /^DT?$/.test(literal.marker) ? decoded(text) : text;
	const form = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?)?$/;
	const isQuoted = kind === 'text' || kind === 'encoded';
	if (!isQuoted || !form.test(iso) || (needsTime && !iso.includes('T'))) {
		const example = needsTime ? "'2020-05-28T15:00:00'" : "'2020-05-28'";
		throw illegal(`Not a date like ${example}: ${text}`);
	}
	if (readDate(iso, { zone: 'UTC', suffix: false })) return iso;
	throw illegal(`There is no such date: ${text}`);
}

/** MM/DD/YYYY and perhaps a time, as ISO 8601. */
function decoded(text: string): string {
	return text.replace(
		/^(\d\d)\/(\d\d)\/(\d{4})(?: (\d\d:\d\d:\d\d).*)?$/,
		(_, month: string, day: string, year: string, time = '00:00:00') =>
			`${year}-${month}-${day}T${time}`,
	);
}
