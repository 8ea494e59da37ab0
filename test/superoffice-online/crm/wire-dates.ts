/** What SuperOffice writes where there is no date. */
const NO_DATE = '0001-01-01T00:00:00';
const ISO_DATE = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d{1,7})?)?))?(Z|[+-]\d\d:?\d\d)?$/;

/** The time zone of an answer, and whether dates in it say so. */
export interface TimeZone {
	/** IANA name */
	zone: string;
	/** Whether dates end in Z or an offset */
	suffix: boolean;
}

const ZONES: Record<string, string> = {
	UTC: 'UTC',
	NO: 'Europe/Oslo',
	261: 'Europe/Oslo',
	DK: 'Europe/Copenhagen',
	SE: 'Europe/Stockholm',
	GB: 'Europe/London',
};

/**
 * Reads the header SO-TimeZone: a zone as SuperOffice calls it, then perhaps `, includeTZOffset`.
 * @returns undefined if it is none that this service knows
 */
export function readTimeZone(header: string | undefined, base: string): TimeZone | undefined {
	if (header === undefined) return { zone: base, suffix: false };
	const [name = '', ...options] = header.split(',').map((part) => part.trim());
	const zone = ZONES[name.toUpperCase()];
	if (zone === undefined || options.some((option) => !/^includeTZOffset$/i.test(option))) {
		return undefined;
	}
	return { zone, suffix: options.length > 0 };
}

/** A date and time as SuperOffice writes it, like 2026-11-25T10:00:00 or, with a suffix, 2026-11-25T10:00:00+01:00. */
export function writeDate(date: Date | null, { zone, suffix }: TimeZone): string {
	if (date === null) return suffix ? `${NO_DATE}Z` : NO_DATE;
	const minutes = offsetAt(date, zone);
	const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, 19);
	return suffix ? `${local}${zone === 'UTC' ? 'Z' : offsetText(minutes)}` : local;
}

/**
 * Reads a date as callers send it: ISO 8601, in the given zone where it has no offset. Null for none, which is year 1.
 * @returns undefined if it is no such date
 */
export function readDate(text: string, { zone }: TimeZone): Date | null | undefined {
	const [, day, time = '00:00', offset] = ISO_DATE.exec(text) ?? [];
	if (day === undefined) return undefined;
	const asUtc = new Date(`${day}T${time.replace(/(\.\d{3})\d+$/, '$1')}Z`);
	if (Number.isNaN(asUtc.getTime()) || asUtc.toISOString().slice(0, 10) !== day) return undefined;
	if (day.startsWith('0001-')) return null;
	if (offset === undefined) return fromZone(asUtc, zone);
	if (offset === 'Z') return asUtc;
	const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(offset)!;
	const ahead = (Number(hours) * 60 + Number(minutes)) * (sign === '+' ? 1 : -1);
	return new Date(asUtc.getTime() - ahead * 60_000);
}

// Twice, as the offset may be another by then: near the two nights when the clocks change.
function fromZone(local: Date, zone: string): Date {
	const guess = local.getTime() - offsetAt(local, zone) * 60_000;
	return new Date(local.getTime() - offsetAt(new Date(guess), zone) * 60_000);
}

/** Minutes that the zone is ahead of UTC then. */
function offsetAt(date: Date, zone: string): number {
	if (zone === 'UTC') return 0;
	const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
	const name = parts.formatToParts(date).find(({ type }) => type === 'timeZoneName')?.value ?? '';
	const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
	return (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === '-' ? -1 : 1);
}

function offsetText(minutes: number): string {
	const two = (number: number) => String(number).padStart(2, '0');
	const size = Math.abs(minutes);
	return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
