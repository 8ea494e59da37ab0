/** Times of the day, by SuperOffice's clock, in minutes since midnight; the next day goes on from there. */

/** Of a text like `06:30`; `31:00` is 07:00 on the next day. */
export function minuteOf(text: string): number {
	const [hours, minutes] = text.split(':').map(Number) as [number, number];
	return hours * 60 + minutes;
}

export function textOf(minute: number): string {
	const [hours, minutes] = [Math.floor(minute / 60) % 24, minute % 60];
	const text = [hours, minutes].map((part) => String(part).padStart(2, '0')).join(':');
	return minute < 24 * 60 ? text : `${text} (next day)`;
}
