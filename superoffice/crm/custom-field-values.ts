import { SuperOfficeError } from '../errors';
import { isNoDate, toDay, toLocal } from './dates';
import type { Field } from './entity';
import { isDateless } from './field-values';
import { isEmpty, readBoolean, readDecimal, readInteger, readText } from './read-values';

/** Years count from 0001, which stands for no date. */
const noDate = '[DT:01/01/0001 00:00:00.0000000]';

/** The day that SuperOffice keeps times of day on. */
const dayOfTimes = '1760-01-01';

/**
 * The text that stands for a value in an entity's `CustomFields`: `[I:3]`, `[F:4.43]`, `[DT:05/05/1999
 * 00:00:00.0000000]`, or the text itself. Empty text and `null` give what SuperOffice has for nothing.
 *
 * SuperOffice reads dates in there by no time zone: the digits are sent as they are. For a `date`, that is the day. For
 * a `dateTime`, it is what a clock in the given time zone shows; nothing says what time zone SuperOffice's own user
 * interface takes it for.
 *
 * @param value as its type wants it; of a list, a user or another record, the id; of a time span, its seconds or
 * `hh:mm:ss`
 * @throws SuperOfficeError `INVALID_INPUT`
 */
export function encodeCustomField(
	{ label, type }: Field,
	value: unknown,
	{ timeZone }: { timeZone: string },
): string {
	switch (type) {
		case 'number':
			return `[F:${isEmpty(value) ? 0 : readDecimal(label, value)}]`;
		case 'boolean':
			return !isEmpty(value) && readBoolean(label, value) ? '[I:1]' : '[I:0]';
		case 'date':
			return isDateless(value) ? noDate : encodeDate(`${toDay(value, timeZone, label)}T00:00:00`);
		case 'dateTime':
			return isDateless(value) ? noDate : encodeDate(toLocal(value, timeZone, label));
		case 'time':
			return isEmpty(value) ? noDate : encodeDate(`${dayOfTimes}T${readTime(label, value)}`);
		case 'timeSpan':
			return `[I:${isEmpty(value) ? 0 : readSeconds(label, value)}]`;
		case 'integer':
		case 'list':
		case 'user':
		case 'record':
			return `[I:${isEmpty(value) ? 0 : readInteger(label, value)}]`;
		default:
			return value === undefined || value === null ? '' : readText(label, value);
	}
}

/**
 * The value that a text in an entity's `CustomFields` stands for, also in the forms of `UserDefinedFields` and without
 * any encoding. Numbers, ids and time spans (in seconds) are numbers, of which 0 is an id of nothing; dates are
 * `1999-05-05`, times `09:34:44`, both together `1999-05-05T09:30:00` without an offset, and no date is empty text.
 * What is none of these is given as it came.
 */
export function decodeCustomField({ type }: Field, text: string): string | number | boolean {
	const [, content = text.trim()] = /^\s*\[[A-Z]+:(.*)\]\s*$/s.exec(text) ?? [];
	switch (type) {
		case 'integer':
		case 'number':
		case 'list':
		case 'user':
		case 'record':
		case 'timeSpan':
			return isEmpty(content) || Number.isNaN(Number(content)) ? text : Number(content);
		case 'boolean':
			if (/^(1|true)$/i.test(content)) return true;
			return /^(0|false|)$/i.test(content) ? false : text;
		case 'date':
			return decodeDate(content)?.slice(0, 10) ?? text;
		case 'dateTime':
			return decodeDate(content) ?? text;
		case 'time':
			if (/^\d\d:\d\d:\d\d/.test(content)) return content.slice(0, 8);
			return decodeDate(content)?.slice(11) ?? text;
		default:
			return text;
	}
}

/** Month first, from `1999-05-05T00:00:00`. */
function encodeDate(local: string): string {
	const [year, month, day] = local.slice(0, 10).split('-');
	return `[DT:${month}/${day}/${year} ${local.slice(11)}.0000000]`;
}

/** `1999-05-05T00:00:00`; empty for none, `undefined` for what is no date. */
function decodeDate(content: string): string | undefined {
	if (content === '' || isNoDate(content)) return '';
	const monthFirst = /^(\d\d?)\/(\d\d?)\/(\d{4})(?: (\d\d:\d\d:\d\d))?/.exec(content);
	if (monthFirst !== null) {
		const [, month = '', day = '', year = '', time = '00:00:00'] = monthFirst;
		return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${time}`;
	}
	const iso = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d))?/.exec(content);
	return iso === null ? undefined : `${iso[1]}T${iso[2] ?? '00:00:00'}`;
}

/** `09:34:44`, also from a whole date, whose time is meant as it is written. */
function readTime(label: string, value: unknown): string {
	const time = timeIn(value);
	if (time !== undefined && /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(time)) return time;
	throw new SuperOfficeError(
		'INVALID_INPUT',
		`${label} is not a time.`,
		'Enter hours and minutes, and seconds if you like: 09:30 or 09:30:00.',
	);
}

function timeIn(value: unknown): string | undefined {
	const date = value as { toISO?: () => unknown };
	const text = typeof date.toISO === 'function' ? date.toISO() : value;
	const parts = /^(?:\d{4}-\d\d-\d\d[T ])?(\d\d?):(\d\d)(?::(\d\d))?(?:[.Z+-].*)?$/.exec(
		String(text).trim(),
	);
	if (parts === null) return undefined;
	return `${parts[1]!.padStart(2, '0')}:${parts[2]}:${parts[3] ?? '00'}`;
}

/** Seconds, given as a number or as `hh:mm:ss`. */
function readSeconds(label: string, value: unknown): string {
	const parts = /^\s*(\d+):([0-5]\d):([0-5]\d)\s*$/.exec(String(value));
	if (parts === null) return readInteger(label, value);
	return String(Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3]));
}
