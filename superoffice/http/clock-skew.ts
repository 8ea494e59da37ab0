import type { HttpResponse } from './http';

const minute = 60 * 1000;
const minutesOfDay = 24 * 60;

/** Less than this is what a Date header and its way here leave open. */
const smallestSkew = minute;

/** More than this is hardly a clock's fault, and nothing is signed for a time that far away. */
const largestCorrection = minutesOfDay * minute;

/** The service's own time, in milliseconds since 1970, by the Date header of an answer that has just arrived. */
export function serviceTime({ headers }: { headers: Record<string, unknown> }): number | undefined {
	const time = Date.parse(String(headers.date ?? ''));
	return Number.isNaN(time) ? undefined : time;
}

/**
 * Milliseconds by which the service's clock is ahead of this machine's, by the Date header of an answer that has
 * just arrived; 0 if they agree, `undefined` if the answer does not tell.
 */
export function clockSkew(response: HttpResponse, now: Date): number | undefined {
	const time = serviceTime(response);
	if (time === undefined) return undefined;
	const skew = time - now.getTime();
	return Math.abs(skew) >= smallestSkew ? skew : 0;
}

/** Whether a skew is one to sign with: at most 24 hours either way. */
export function isCorrectable(skew: number): boolean {
	return Math.abs(skew) <= largestCorrection;
}

/** The skew in words, as seen from this machine: `2 hours 5 minutes behind`. */
export function describeSkew(skew: number): string {
	const minutes = Math.round(Math.abs(skew) / minute);
	const parts = [
		count(Math.floor(minutes / minutesOfDay), 'day'),
		count(Math.floor((minutes % minutesOfDay) / 60), 'hour'),
		count(minutes % 60, 'minute'),
	].filter((part) => part !== '');
	return `${parts.join(' ')} ${skew > 0 ? 'behind' : 'ahead of'}`;
}

function count(number: number, unit: string): string {
	if (number === 0) return '';
	return `${number} ${unit}${number === 1 ? '' : 's'}`;
}
