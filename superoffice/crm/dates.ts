import { SuperOfficeError } from '../errors';

/**
 * A point in time or a day, as people and programs give it: ISO 8601 text with or without an offset, text of a day
 * alone, a `Date`, or an object with `toISO()` (Luxon, which n8n's expressions give), `toISOString()` or `toJSDate()`.
 * Numbers are refused: nothing says whether they are seconds or milliseconds.
 *
 * What has no offset is in the time zone that is passed, an IANA name such as `Europe/Oslo`. When clocks go back, the
 * first of the two times is meant; a time that is skipped when they go forward is as much later as the clocks were put.
 */
interface Given {
	/** What a clock on the wall shows, in milliseconds, as if it stood in UTC. */
	wall: number;
	/** In minutes; `undefined` where none was given. */
	offset?: number;
}

const second = 1000;
const minute = 60 * second;
const day = 24 * 60 * minute;

/**
 * The time in UTC, `2026-11-25T10:00:00Z`; fractions of a second are dropped. A day alone is the midnight it starts with.
 *
 * @param label of the form's field, for messages
 * @throws SuperOfficeError `INVALID_INPUT`
 */
export function toUtc(value: unknown, timeZone: string, label: string): string {
	return `${digits(toMillis(read(value, label), timeZone))}Z`;
}

/**
 * What a clock in the time zone shows, without an offset: `2026-11-25T11:00:00`.
 *
 * @throws SuperOfficeError `INVALID_INPUT`
 */
export function toLocal(value: unknown, timeZone: string, label: string): string {
	const given = read(value, label);
	if (given.offset === undefined) return digits(given.wall);
	const millis = toMillis(given, timeZone);
	return digits(millis + offsetsOf(timeZone)(millis));
}

/**
 * The day in the time zone, `2026-11-25`. A time that is midnight by its own offset is a day already, as most
 * programs write it, and stays the same in all time zones.
 *
 * @throws SuperOfficeError `INVALID_INPUT`
 */
export function toDay(value: unknown, timeZone: string, label: string): string {
	const { wall } = read(value, label);
	const local = wall % day === 0 ? digits(wall) : toLocal(value, timeZone, label);
	return local.slice(0, 10);
}

/**
 * A date as SuperOffice sends it, in ISO 8601 with a colon in its offset; empty for none, which is the year 0001. A
 * birth date without a year, which is in the year 0002, stays as it comes.
 */
export function fromWire(text: string | null | undefined): string {
	if (typeof text !== 'string' || isNoDate(text)) return '';
	return text.replace(/([+-]\d\d):?(\d\d)?$/, (found, hours: string, minutes = '00') =>
		text.includes('T') ? `${hours}:${minutes}` : found,
	);
}

/** Whether it is how SuperOffice, and other programs, write that there is no date: a day in the year 0001. */
export function isNoDate(text: string): boolean {
	return /^\s*(0001-|\d\d?[./]\d\d?[./]0001\b)/.test(text);
}

const form =
	/^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(?:(Z)|([+-])(\d\d)(?::?(\d\d))?)?)?$/i;

function read(value: unknown, label: string): Given {
	const parts = form.exec(textOf(value)?.trim() ?? '');
	const given = parts === null ? undefined : parse(parts);
	if (given !== undefined) return given;
	throw new SuperOfficeError(
		'INVALID_INPUT',
		`${label} is not a date.`,
		'Enter a date such as 2026-11-25, or with a time, 2026-11-25T10:00:00. An offset, such as Z or +01:00, may follow.',
	);
}

/** By what it can do: in n8n, dates can come out of another realm, where `Date` is another class. */
function textOf(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	if (typeof value !== 'object' || value === null) return undefined;
	const date = value as Partial<Record<'toISO' | 'toISOString' | 'toJSDate', () => unknown>>;
	try {
		const iso =
			date.toISO?.() ?? date.toISOString?.() ?? (date.toJSDate?.() as Date)?.toISOString();
		return typeof iso === 'string' ? iso : undefined;
	} catch {
		// That of an invalid Date.
		return undefined;
	}
}

function parse(parts: RegExpExecArray): Given | undefined {
	const [year, month, date, hours, minutes, seconds] = parts
		.slice(1, 7)
		.map((part) => Number(part ?? 0));
	const wall = new Date(0);
	// Not by Date.UTC, which takes the year 2 for 1902.
	wall.setUTCFullYear(year!, month! - 1, date);
	wall.setUTCHours(hours!, minutes, seconds);
	const [, , , , , , , isUtc, sign, offsetHours, offsetMinutes] = parts;
	const written = `${parts[1]}-${parts[2]}-${parts[3]}T${parts[4] ?? '00'}:${parts[5] ?? '00'}:${parts[6] ?? '00'}`;
	// The 31st of February would be in March.
	if (digits(wall.getTime()) !== written) return undefined;
	if (isUtc === undefined && sign === undefined) return { wall: wall.getTime() };
	const offset = Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0);
	if (offset >= 24 * 60) return undefined;
	return { wall: wall.getTime(), offset: sign === '-' ? -offset : offset };
}

function toMillis({ wall, offset }: Given, timeZone: string): number {
	if (offset !== undefined) return wall - offset * minute;
	const offsetAt = offsetsOf(timeZone);
	// Clocks are not put twice within two days.
	const [before, after] = [offsetAt(wall - day), offsetAt(wall + day)];
	const found = [before, after].map((ms) => wall - ms).find((ms) => ms + offsetAt(ms) === wall);
	return found ?? wall - before;
}

/** A function that tells how far ahead of UTC the clocks of a time zone are, in milliseconds. */
function offsetsOf(timeZone: string): (millis: number) => number {
	const format = formatOf(timeZone);
	return (millis) => {
		const parts = Object.fromEntries(
			format.formatToParts(millis).map(({ type, value }) => [type, value]),
		);
		const wall = new Date(0);
		const year = parts.era === 'BC' ? 1 - Number(parts.year) : Number(parts.year);
		wall.setUTCFullYear(year, Number(parts.month) - 1, Number(parts.day));
		wall.setUTCHours(Number(parts.hour), Number(parts.minute), Number(parts.second));
		return wall.getTime() - Math.floor(millis / second) * second;
	};
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
	const numeric = 'numeric' as const;
	const fields = {
		year: numeric,
		month: numeric,
		day: numeric,
		hour: numeric,
		minute: numeric,
	} as const;
	try {
		return new Intl.DateTimeFormat('en-US', {
			...{ calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23', timeZone },
			...{ ...fields, era: 'short', second: numeric },
		});
	} catch {
		throw new SuperOfficeError(
			'INVALID_INPUT',
			`The time zone ${timeZone} is not known.`,
			'Choose a timezone such as Europe/Oslo in the workflow’s settings.',
		);
	}
}

/** `2026-11-25T10:00:00` */
function digits(millis: number): string {
	return new Date(millis).toISOString().slice(0, 19);
}
