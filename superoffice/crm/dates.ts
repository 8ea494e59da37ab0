import { SuperOfficeError } from '../errors';

const isoForm =
	/^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/i;

/**
 * A time in UTC, like `2026-11-25T10:00:00Z`.
 *
 * @param label of the field, for the message
 * @param value ISO 8601 text, a Date, or a date object with `toISO()` such as Luxon's
 * @param timeZone IANA name of the time zone that a text without offset is in
 * @throws SuperOfficeError `INVALID_INPUT`
 */
export function toUtc(label: string, value: unknown, timeZone: string): string {
	return new Date(toInstant(label, value, timeZone)).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** A day like `2026-11-25`: of a text as it stands, of a point in time in the time zone. */
export function toDay(label: string, value: unknown, timeZone: string): string {
	const text = toIsoText(value);
	const [, year, month, day, hour] = isoForm.exec(text) ?? [];
	const instant = toInstant(label, value, timeZone);
	const isText = typeof value === 'string';
	if (isText && (hour === undefined || !hasOffset(text))) return `${year}-${month}-${day}`;
	return localText(instant, timeZone).slice(0, 10);
}

function hasOffset(text: string): boolean {
	return /(?:Z|[+-]\d\d:?\d\d|\d[+-]\d\d)$/i.test(text) && text.length > 10;
}

function toIsoText(value: unknown): string {
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
	if (typeof value === 'object' && value !== null && 'toISO' in value) {
		return String((value as { toISO(): unknown }).toISO());
	}
	return typeof value === 'string' ? value.trim() : '';
}

function toInstant(label: string, value: unknown, timeZone: string): number {
	const text = toIsoText(value);
	const match = isoForm.exec(text);
	const [, year, month, day, hour = '00', minute = '00', second = '00', offset] = match ?? [];
	const local = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
	const isReal =
		match !== null && new Date(local).toISOString().startsWith(`${year}-${month}-${day}`);
	if (Number.isNaN(local) || !isReal) throw notADate(label, value);
	if (offset === undefined) return fromLocal(local, timeZone);
	if (/^z$/i.test(offset)) return local;
	const [, sign, hours, minutes = '00'] = /^([+-])(\d\d):?(\d\d)?$/.exec(offset) ?? [];
	return local - (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** What a clock in the time zone shows, told as if it were UTC, becomes the point in time. */
function fromLocal(local: number, timeZone: string): number {
	const offsetAt = (instant: number) => Date.parse(`${localText(instant, timeZone)}Z`) - instant;
	const guess = local - offsetAt(local);
	return local - offsetAt(guess);
}

function localText(instant: number, timeZone: string): string {
	const format = new Intl.DateTimeFormat('sv-SE', {
		timeZone,
		dateStyle: 'short',
		timeStyle: 'medium',
	});
	return format.format(instant).replace(' ', 'T');
}

function notADate(label: string, value: unknown): SuperOfficeError {
	return new SuperOfficeError(
		'INVALID_INPUT',
		`${label} cannot be “${String(value).slice(0, 50)}”, which is not a date.`,
		'Enter a date like 2026-11-25, or a time like 2026-11-25T14:30:00+01:00.',
	);
}

/** A time as SuperOffice gives it, in ISO 8601; empty text for “no date”, the year 1 in whatever spelling. */
export function fromWire(text: string): string {
	if (text.startsWith('0001-')) return '';
	return text
		.replace(/(\d\d:\d\d:\d\d)\.0+(?=Z|[+-]|$)/, '$1')
		.replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
}
