import type { HttpResponse } from './http';

const minute = 60 * 1000;
const minutesOfDay = 24 * 60;

/** Less than this is what a Date header and the way it travelled leave open. */
const smallestDifference = minute;

/**
 * Milliseconds by which the service's clock is ahead of this machine's, by the Date header of an answer that has
 * just come; 0 if they agree, `undefined` if it does not tell.
 */
export function clockDifference({ headers }: HttpResponse, now: Date): number | undefined {
	const difference = Date.parse(headers.date ?? '') - now.getTime();
	if (Number.isNaN(difference)) return undefined;
	return Math.abs(difference) >= smallestDifference ? difference : 0;
}

/** The difference in words, as seen from this machine: `2 hours 5 minutes behind`. */
export function describeDifference(difference: number): string {
	const minutes = Math.round(Math.abs(difference) / minute);
	const parts = [
		count(Math.floor(minutes / minutesOfDay), 'day'),
		count(Math.floor((minutes % minutesOfDay) / 60), 'hour'),
		count(minutes % 60, 'minute'),
	].filter((part) => part !== '');
	return `${parts.join(' ')} ${difference > 0 ? 'behind' : 'ahead of'}`;
}

function count(number: number, unit: string): string {
	if (number === 0) return '';
	return `${number} ${unit}${number === 1 ? '' : 's'}`;
}
