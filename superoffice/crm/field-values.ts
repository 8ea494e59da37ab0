import { SuperOfficeError } from '../errors';
import { isObject } from './crm-session';
import { fromWire, isNoDate, toDay, toUtc } from './dates';
import type { Field } from './entity';
import {
	comparable,
	isEmpty,
	readBoolean,
	readDecimal,
	readInteger,
	readText,
} from './read-values';

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
	const { label } = field;
	switch (field.type) {
		case 'boolean':
			return !isEmpty(value) && readBoolean(label, value);
		case 'integer':
			return isEmpty(value) ? 0 : Number(readInteger(label, value));
		case 'number':
			return isEmpty(value) ? 0 : Number(readDecimal(label, value));
		case 'date':
			return isDateless(value) ? noDate : dayToWire(toDay(value, timeZone, label));
		case 'dateTime':
			return isDateless(value) ? noDate : toUtc(value, timeZone, label);
		case 'strings':
			return splitTexts(label, value);
		default:
			return toText(field, value);
	}
}

/** Nothing, or what stands for no date. */
export function isDateless(value: unknown): boolean {
	return isEmpty(value) || (typeof value === 'string' && isNoDate(value));
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
	// In summer, New Zealand is 13 hours ahead.
	if (!isMidnight || Number(hour) < 11) return day;
	return new Date(Date.parse(`${day}T00:00:00Z`) + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

/** @throws SuperOfficeError `INVALID_INPUT` also for a text that is too long */
export function toText({ label, maxLength }: Field, value: unknown): string {
	const text = readText(label, value);
	if (maxLength === undefined || text.length <= maxLength) return text;
	throw new SuperOfficeError(
		'INVALID_INPUT',
		`${label} is ${text.length} characters long, and SuperOffice takes no more than ${maxLength}.`,
		'Shorten it.',
	);
}

/** SuperOffice's name of what is called so there or in its user interface. */
export function findEnumValue(
	{ values = [] }: Pick<Field, 'values'>,
	name: unknown,
): string | undefined {
	const text = comparable(String(name));
	const isIt = (each: string) => comparable(each) === text;
	return values.find(({ value, label }) => isIt(value) || isIt(label))?.value;
}

/** One of an option's values, in any case. Throws `INVALID_INPUT` for any other. */
export function readOption(field: Pick<Field, 'label' | 'values'>, given: unknown): string {
	const found = findEnumValue(field, given);
	if (found === undefined) throw unknownEnumValue(field, given);
	return found;
}

export function unknownEnumValue(
	{ label, values = [] }: Pick<Field, 'label' | 'values'>,
	name: unknown,
): SuperOfficeError {
	return new SuperOfficeError(
		'INVALID_INPUT',
		`${label} cannot be “${String(name).slice(0, 50)}”.`,
		`Enter one of: ${values.map((each) => each.label).join(', ')}.`,
	);
}

/** @throws SuperOfficeError `INVALID_INPUT` for what is neither text nor a list of texts */
export function splitTexts(label: string, value: unknown): string[] {
	const parts = Array.isArray(value)
		? value.map((item) => readText(label, item))
		: readText(label, value).split(',');
	return [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ''))];
}

/** The names of the items of a list that are selected, with commas in between. */
export function selectedNames(items: unknown): string {
	const list: unknown[] = Array.isArray(items) ? items : [];
	const selected = list.filter((item) => isObject(item) && item.Selected === true);
	return (selected as Array<{ Name?: string }>).map(({ Name }) => Name).join(', ');
}
