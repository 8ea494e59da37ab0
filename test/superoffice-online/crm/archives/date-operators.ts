import { asIsoDate, asNumber, type Literal } from './literals';
import type { Moment, Operator } from './operators';
import { NAMED_PERIODS, RELATIVE, type Days, type Period } from './periods';
import { illegal } from '../errors';
import { readDate, writeDate } from '../wire-dates';
import type { Value } from './values';

function instantOf(literal: Literal, zone: string): Date {
	return readDate(asIsoDate(literal, true), { zone, suffix: false })!;
}

function timeTest(passes: (time: number, wanted: number) => boolean): Operator {
	return {
		values: 'W',
		test: ([literal], { zone }) => {
			const wanted = instantOf(literal!, zone).getTime();
			// Without milliseconds, which are not on the wire either.
			const seconds = (date: Date) => Math.floor(date.getTime() / 1000) * 1000;
			return (value) => value instanceof Date && passes(seconds(value), wanted);
		},
	};
}

export const datetimeOperators: Record<string, Operator> = {
	afterTime: timeTest((time, wanted) => time >= wanted),
	beforeTime: timeTest((time, wanted) => time < wanted),
	dateTime: timeTest((time, wanted) => time === wanted),
};

const dayIn = (zone: string, date: Date) => writeDate(date, { zone, suffix: false }).slice(0, 10);

function dayOf(literal: Literal, zone: string): string {
	return dayIn(zone, readDate(asIsoDate(literal), { zone, suffix: false })!);
}

function dayTest(
	passes: (day: string, ...wanted: string[]) => boolean,
	values: 'W' | 'W;W' = 'W',
): Operator {
	return {
		values,
		test: (literals, { zone }) => {
			const wanted = literals.map((literal) => dayOf(literal, zone));
			return onDay(zone, (day) => passes(day, ...wanted));
		},
	};
}

function onDay(zone: string, passes: (day: string) => boolean) {
	return (value: Value) => value instanceof Date && passes(dayIn(zone, value));
}

/** An operator that goes by today's date and takes no value. */
function todayTest(passes: (day: string, today: string) => boolean): Operator {
	return {
		values: '',
		test: (_, { zone, now }) => onDay(zone, (day) => passes(day, dayIn(zone, now))),
	};
}

const within = (day: string, [from, to]: Days) => day >= from && day < to;

const between = dayTest((day, from, to) => day >= from! && day <= to!, 'W;W');

const relative = Object.entries(RELATIVE).map(([name, { counted, days }]): [string, Operator] => [
	name,
	{
		values: 'R',
		test: (literals, { zone, now }: Moment) => {
			const numbers = literals.map(asNumber);
			// A sample has `thisPeriod 1 4`: the period is the last, and a number before it means nothing there.
			const period = numbers.at(-1)!;
			if (![1, 2, 3, 4, 5, 6].includes(period) || numbers.length < (counted ? 2 : 1)) {
				throw illegal(`${name} takes ${counted ? 'a number and a period' : 'a period'}`);
			}
			const range = days(dayIn(zone, now), period as Period, numbers[0]!);
			return onDay(zone, (day) => within(day, range));
		},
	},
]);

export const dateOperators: Record<string, Operator> = {
	before: dayTest((day, wanted) => day < wanted!),
	beforeOrEqual: dayTest((day, wanted) => day <= wanted!),
	date: dayTest((day, wanted) => day === wanted),
	after: dayTest((day, wanted) => day > wanted!),
	dateBetween: between,
	between,
	beforeToday: todayTest((day, today) => day < today),
	today: todayTest((day, today) => day === today),
	afterToday: todayTest((day, today) => day > today),
	...Object.fromEntries(
		Object.entries(NAMED_PERIODS).map(([name, days]) => [
			name,
			todayTest((day, today) => within(day, days(today))),
		]),
	),
	...Object.fromEntries(relative),
};
