import { SuperOfficeError } from '../errors';
import { fromWire, toDay, toUtc } from './dates';
import type { Field } from './entity';

/** What stands for “no date”. */
export const noDate = '0001-01-01T00:00:00Z';

/**
 * A value as the entity has it, of a field that needs nothing looked up.
 *
 * @param value what was filled in; empty text for nothing
 * @param timeZone IANA name, of dates without offset
 * @throws SuperOfficeError `INVALID_INPUT`
 */
export function toWire(field: Field, value: unknown, timeZone: string): unknown {
	switch (field.type) {
		case 'boolean':
			return value === '' ? false : toBoolean(field, value);
		case 'integer':
		case 'number':
			return value === '' ? 0 : toNumber(field, value);
		case 'date':
			return value === '' ? noDate : dayToWire(toDay(field.label, value, timeZone));
		case 'dateTime':
			return value === '' ? noDate : toUtc(field.label, value, timeZone);
		case 'enum':
			return toEnum(field, value);
		case 'strings':
			return splitTexts(value);
		default:
			return toText(field, value);
	}
}

/**
 * Ten in the morning, UTC: the same day in the time zone of every tenant from Hawaii to New Zealand. A day has no time
 * zone, but SuperOffice converts it like any time.
 */
function dayToWire(day: string): string {
	return `${day}T10:00:00Z`;
}

/**
 * The day that a time stands for. What comes is midnight where the tenant is, told in UTC: on the full or half hour, and
 * east of Greenwich in the evening of the day before. Any other time, such as the one at which a record was made, is
 * taken for that day itself.
 */
export function dayFromWire(text: string): string {
	const time = fromWire(text);
	const [, day = '', hour, minute, second] =
		/^(\d{4}-\d\d-\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?(?:\.0*)?Z)?$/.exec(time) ?? [];
	if (day === '') return time.slice(0, 10);
	const isMidnight = (minute === '00' || minute === '30') && (second ?? '00') === '00';
	if (!isMidnight || Number(hour) < 12) return day;
	return new Date(Date.parse(`${day}T00:00:00Z`) + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

export function toBoolean(field: Field, value: unknown): boolean {
	const text = String(value).trim().toLowerCase();
	if (['true', '1', 'yes'].includes(text)) return true;
	if (['false', '0', 'no'].includes(text)) return false;
	throw invalid(field, value, 'true or false');
}

export function toNumber(field: Field, value: unknown): number {
	const number =
		typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')
			? Number(value)
			: NaN;
	if (!Number.isFinite(number)) throw invalid(field, value, 'a number');
	if (field.type === 'integer' && !Number.isSafeInteger(number)) {
		throw invalid(field, value, 'a whole number');
	}
	return number;
}

export function toText(field: Field, value: unknown): string {
	if (typeof value === 'object' && value !== null) {
		throw invalid(field, JSON.stringify(value), 'text');
	}
	const text = String(value);
	const { maxLength, label } = field;
	if (maxLength === undefined || text.length <= maxLength) return text;
	throw new SuperOfficeError(
		'INVALID_INPUT',
		`${label} is ${text.length} characters long, and SuperOffice takes no more than ${maxLength}.`,
		`Shorten the text in ${label}.`,
	);
}

function toEnum(field: Field, value: unknown): string {
	const { values = [] } = field;
	const text = String(value).trim().toLowerCase();
	const found = values.find(
		(each) => each.value.toLowerCase() === text || each.label.toLowerCase() === text,
	);
	if (found) return found.value;
	throw invalid(field, value, `one of: ${values.map(({ label }) => label).join(', ')}`);
}

export function splitTexts(value: unknown): string[] {
	const parts = Array.isArray(value) ? value.map(String) : String(value).split(',');
	return [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ''))];
}

export function invalid(field: Field, value: unknown, expected: string): SuperOfficeError {
	const text = String(value);
	const shown = text.length > 50 ? `${text.slice(0, 50)}…` : text;
	return new SuperOfficeError(
		'INVALID_INPUT',
		`${field.label} cannot be “${shown}”.`,
		`Enter ${expected}.`,
	);
}
