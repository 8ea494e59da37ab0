import { setTimeout as sleep } from 'node:timers/promises';

import { TakenEvents } from '../../../superoffice/webhooks/taken-events';

let events: TakenEvents;
beforeEach(() => (events = new TakenEvents()));

const take = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, index) => events.take(`id ${from + index}`));

test('an event is taken once', () => {
	expect([events.take('a'), events.take('b'), events.take('a'), events.take('b')]).toEqual([
		true,
		true,
		false,
		false,
	]);
});

test('of each trigger by itself', () => {
	expect(events.take('a')).toBe(true);
	expect(new TakenEvents().take('a')).toBe(true);
});

test('the newest 2,000 are remembered, and no more', () => {
	expect(take(1, 2001).every(Boolean)).toBe(true);
	expect(take(2, 2001).some(Boolean)).toBe(false);
	expect(events.newest(1_000_000)).toHaveLength(2000);
	expect(events.take('id 1')).toBe(true);
});

test('the newest come oldest first, as many as there are', () => {
	expect(events.newest(3)).toEqual([]);
	take(1, 5);
	expect(events.newest(3)).toEqual(['id 3', 'id 4', 'id 5']);
	expect(events.newest(9)).toEqual(['id 1', 'id 2', 'id 3', 'id 4', 'id 5']);
});

test('an event has an age, from when it was first taken', async () => {
	events.take('a');
	expect(events.ageOf('a')).toBeLessThan(20);
	await sleep(50);
	events.take('a');
	events.take('b');
	const [a, b] = [events.ageOf('a')!, events.ageOf('b')!];
	// Timers may fire a millisecond early.
	expect(a - b).toBeGreaterThanOrEqual(48);
});

test('an event that another process took has none', () => {
	expect(events.ageOf('a')).toBeUndefined();
});
