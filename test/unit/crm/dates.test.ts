import { runInNewContext } from 'node:vm';

import { DateTime } from 'luxon';

import { fromWire, toDay, toLocal, toUtc } from '../../../superoffice/crm/dates';
import { superOfficeErrorOf } from '../support/errors';

const oslo = 'Europe/Oslo';

describe('a point in time', () => {
	test.each<[string, unknown, string]>([
		['text with Z', '2026-11-25T10:00:00Z', '2026-11-25T10:00:00Z'],
		['text with an offset', '2026-11-25T10:00:00+05:30', '2026-11-25T04:30:00Z'],
		['text with an offset without a colon', '2026-11-25T10:00:00-0500', '2026-11-25T15:00:00Z'],
		['text with an offset of hours alone', '2026-11-25T10:00+02', '2026-11-25T08:00:00Z'],
		['text without an offset', '2026-11-25T10:00:00', '2026-11-25T09:00:00Z'],
		['text without an offset in summer', '2026-07-25T10:00:00', '2026-07-25T08:00:00Z'],
		['text without seconds', '2026-11-25T10:00', '2026-11-25T09:00:00Z'],
		['text with a space', ' 2026-11-25 10:00:00 ', '2026-11-25T09:00:00Z'],
		['text with fractions', '2019-12-19T11:55:14.1234567Z', '2019-12-19T11:55:14Z'],
		['a day', '2026-11-25', '2026-11-24T23:00:00Z'],
		['a Date', new Date('2026-11-25T10:00:00.999Z'), '2026-11-25T10:00:00Z'],
		[
			'a Date of another realm',
			runInNewContext('new Date("2026-11-25T10:00:00Z")'),
			'2026-11-25T10:00:00Z',
		],
		[
			'a Luxon DateTime',
			DateTime.fromISO('2026-11-25T10:00:00', { zone: 'Asia/Tokyo' }),
			'2026-11-25T01:00:00Z',
		],
		[
			'an object that gives a Date',
			{ toJSDate: () => new Date('2026-11-25T10:00:00Z') },
			'2026-11-25T10:00:00Z',
		],
		['a time that clocks show twice', '2026-10-25T02:30:00', '2026-10-25T00:30:00Z'],
		['a time that clocks skip', '2026-03-29T02:30:00', '2026-03-29T01:30:00Z'],
		['the second before clocks go forward', '2026-03-29T01:59:59', '2026-03-29T00:59:59Z'],
		['the time that clocks are put forward to', '2026-03-29T03:00:00', '2026-03-29T01:00:00Z'],
		['the time after clocks went back', '2026-10-25T03:00:00', '2026-10-25T02:00:00Z'],
	])('is taken from %s', (_, value, utc) => {
		expect(toUtc(value, oslo, 'Due Date')).toBe(utc);
	});

	test('is right in time zones far from UTC, and where clocks are put at midnight', () => {
		expect(toUtc('2026-01-01T01:00:00', 'Pacific/Kiritimati', '')).toBe('2025-12-31T11:00:00Z');
		expect(toUtc('2026-01-01T01:00:00', 'America/New_York', '')).toBe('2026-01-01T06:00:00Z');
		// In Cairo, the clocks went from midnight to one o'clock.
		expect(toUtc('2026-04-24', 'Africa/Cairo', '')).toBe('2026-04-23T22:00:00Z');
	});

	test('goes to UTC and back in all time zones', () => {
		for (const zone of ['Europe/London', 'America/St_Johns', 'Australia/Lord_Howe', 'UTC']) {
			for (let hour = 0; hour < 24 * 365; hour += 19) {
				const utc = new Date(Date.UTC(2026, 0, 1, hour)).toISOString().replace('.000', '');
				const again = toUtc(toLocal(utc, zone, ''), zone, '');
				// Only in the hour that comes twice, it is not clear which one is meant.
				if (again !== utc) expect(toLocal(again, zone, '')).toBe(toLocal(utc, zone, ''));
			}
		}
	});

	test.each<[string, unknown]>([
		['milliseconds', 1_764_064_800_000],
		['milliseconds as text', '1764064800000'],
		['words', 'tomorrow'],
		['another order', '25.11.2026'],
		['a day that is not in the calendar', '2026-02-31'],
		['an hour that is not on the clock', '2026-02-01T25:00:00'],
		['an impossible offset', '2026-02-01T10:00:00+99:00'],
		['an invalid Date', new Date(Number.NaN)],
		['an invalid DateTime', DateTime.invalid('test')],
		['nothing', null],
		['an object', {}],
	])('is not taken from %s', async (_, value) => {
		const { code, message, hint } = await superOfficeErrorOf(() => toUtc(value, oslo, 'Due Date'));
		expect([code, message]).toEqual(['INVALID_INPUT', 'Due Date is not a date.']);
		expect(hint).toContain('2026-11-25T10:00:00');
	});

	test('needs a time zone that exists', async () => {
		const { message, hint } = await superOfficeErrorOf(() =>
			toUtc('2026-11-25', 'Europe/Olso', ''),
		);
		expect(message).toBe('The time zone Europe/Olso is not known.');
		expect(hint).toContain('workflow’s settings');
	});
});

describe('a day', () => {
	test.each<[string, unknown, string]>([
		['a day', '2026-11-25', '2026-11-25'],
		['a time without an offset', '2026-11-25T23:30:00', '2026-11-25'],
		['a time by which it is the next day here', '2026-11-25T23:30:00Z', '2026-11-26'],
		['midnight here, in UTC', '2026-11-24T23:00:00Z', '2026-11-25'],
		['midnight in UTC', '2026-11-25T00:00:00.000Z', '2026-11-25'],
		['midnight elsewhere', '2026-11-25T00:00:00+09:00', '2026-11-25'],
		['a Date', new Date('2026-11-25T23:30:00Z'), '2026-11-26'],
		['a DateTime', DateTime.fromISO('2026-11-25T00:00:00', { zone: oslo }), '2026-11-25'],
		['a birthday of unknown year', '0002-05-17', '0002-05-17'],
	])('is taken from %s', (_, value, day) => {
		expect(toDay(value, oslo, 'Birthday')).toBe(day);
	});

	test('stays the same to the west of UTC', () => {
		expect(toDay('1999-05-05T00:00:00Z', 'America/New_York', 'Birthday')).toBe('1999-05-05');
	});
});

describe('a date that SuperOffice sends', () => {
	test.each([
		['', ''],
		[null, ''],
		['0001-01-01T00:00:00', ''],
		['0001-01-01T00:00:00Z', ''],
		['0001-01-01T01:00:00+01:00', ''],
		['0001-01-01', ''],
		['01/01/0001 00:00:00', ''],
		['2019-12-19T11:55:14', '2019-12-19T11:55:14'],
		['2019-12-19T11:55:14.1234567Z', '2019-12-19T11:55:14.1234567Z'],
		['2019-12-19T11:55:14-0500', '2019-12-19T11:55:14-05:00'],
		['2019-12-19T11:55:14+02', '2019-12-19T11:55:14+02:00'],
		['2019-12-19T11:55:14+02:00', '2019-12-19T11:55:14+02:00'],
		['2019-12-19', '2019-12-19'],
		['0002-05-17T00:00:00Z', '0002-05-17T00:00:00Z'],
	])('%s is read as %s', (wire, text) => {
		expect(fromWire(wire)).toBe(text);
	});
});
