/** Days, weeks, months, quarters, half-years and years, by SuperOffice's numbers 1 to 6. */
export type Period = 1 | 2 | 3 | 4 | 5 | 6;

/** From the first day up to the second, which is not part of it. Days are like 2026-11-25. */
export type Days = readonly [string, string];

const MONTHS = { 3: 1, 4: 3, 5: 6, 6: 12 };
const DAY = 24 * 60 * 60 * 1000;

/** The first day of a period: that of `today`, or so many periods later. Weeks begin on Monday. */
function startOf(period: Period, today: string, later: number): string {
	const date = new Date(`${today}T00:00:00Z`);
	const day = (time: number) => new Date(time).toISOString().slice(0, 10);
	if (period === 1) return day(date.getTime() + later * DAY);
	if (period === 2) {
		const sinceMonday = (date.getUTCDay() + 6) % 7;
		return day(date.getTime() + (later * 7 - sinceMonday) * DAY);
	}
	const months = MONTHS[period];
	const first = Math.floor(date.getUTCMonth() / months) + later;
	return day(Date.UTC(date.getUTCFullYear(), first * months, 1));
}

/** How the operators that relate to today read: with a number of periods, or without. */
export const RELATIVE: Record<
	string,
	{ counted: boolean; days(today: string, period: Period, count: number): Days }
> = {
	thisPeriod: range(false, () => [0, 1]),
	thisPreviousAndNext: range(false, () => [-1, 2]),
	thisAndNext: range(true, (count) => [0, count + 1]),
	thisAndPrevious: range(true, (count) => [-count, 1]),
	nextPeriod: range(true, (count) => [1, count + 1]),
	previousPeriod: range(true, (count) => [-count, 0]),
};

function range(counted: boolean, bounds: (count: number) => [number, number]) {
	return {
		counted,
		days: (today: string, period: Period, count: number): Days => {
			const [from, to] = bounds(count);
			return [startOf(period, today, from), startOf(period, today, to)];
		},
	};
}

const NAMES: Record<string, Period> = { Week: 2, Month: 3, Quarter: 4, Half: 5, Year: 6 };
const OFFSETS: Record<string, number> = { last: -1, this: 0, next: 1 };

/** The operators with the period in their names, which SuperOffice discourages but has: lastWeek to thisYear. */
export const NAMED_PERIODS: Record<string, (today: string) => Days> = Object.fromEntries(
	['Week', 'Month', 'Quarter', 'Half', 'Year'].flatMap((name) =>
		(['Half', 'Year'].includes(name) ? ['this'] : ['last', 'this', 'next']).map((which) => [
			`${which}${name}`,
			(today: string): Days => [
				startOf(NAMES[name]!, today, OFFSETS[which]!),
				startOf(NAMES[name]!, today, OFFSETS[which]! + 1),
			],
		]),
	),
);
