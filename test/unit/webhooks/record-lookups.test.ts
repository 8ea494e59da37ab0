import { setTimeout } from 'node:timers/promises';

import { RecordLookups } from '../../../superoffice/webhooks/record-lookups';

const sleep = async (milliseconds: number) => await setTimeout(milliseconds);

let lookups: RecordLookups<string>;
/** What is at SuperOffice. */
let current: string;
let loads: string[];
beforeEach(() => {
	lookups = new RecordLookups();
	current = 'first';
	loads = [];
});

async function load(): Promise<string> {
	const found = current;
	loads.push(found);
	await setTimeout(20);
	return found;
}

/** @param age since the change was told; all but the burst, so that a test does not wait long */
const get = async (key = 'contact 5', age = 450) => await lookups.get(key, age, sleep, load);

test('a burst of changes shares one look-up, which comes after the last of it', async () => {
	const early = [get('contact 5', 0), get('contact 5', 0)];
	await setTimeout(20);
	current = 'last of the burst';
	const late = [get('contact 5', 0), get('contact 5', 0)];
	expect(await Promise.all([...early, ...late])).toEqual(Array(4).fill('last of the burst'));
	expect(loads).toEqual(['last of the burst']);
});

test('nothing waits once the change was told long enough ago', async () => {
	const slept: number[] = [];
	const found = lookups.get('contact 5', 500, async (time) => void slept.push(time), load);
	expect(loads).toEqual(['first']);
	expect(await found).toBe('first');
	expect(slept).toEqual([]);
});

test('a change waits for what is left of the burst', async () => {
	const slept: number[] = [];
	await lookups.get('contact 5', 120, async (time) => void slept.push(time), load);
	expect(slept).toEqual([380]);
});

test('a change that was told after a look-up began gets one of its own, even while that is under way', async () => {
	const first = get('contact 5', 500);
	await setTimeout(5);
	current = 'second';
	const second = get('contact 5', 0);
	expect(await Promise.all([first, second])).toEqual(['first', 'second']);
});

test('a change that was told before a look-up began is served by it, even when that is over', async () => {
	expect(await get('contact 5', 500)).toBe('first');
	current = 'not asked for again';
	expect(await get('contact 5', 2000)).toBe('first');
	expect(loads).toHaveLength(1);
});

test('after half a minute a look-up is too old, even for changes from before it', async () => {
	await get('contact 5', 500);
	const now = performance.now();
	const clock = jest.spyOn(performance, 'now');
	try {
		current = 'read again';
		clock.mockReturnValue(now + 29_000);
		expect(await get('contact 5', 60_000)).toBe('first');
		clock.mockReturnValue(now + 31_000);
		expect(await get('contact 5', 60_000)).toBe('read again');
	} finally {
		clock.mockRestore();
	}
});

test('records do not share', async () => {
	const found = Promise.all([get('contact 5'), get('contact 6'), get('sale 5')]);
	expect(await found).toHaveLength(3);
	expect(loads).toHaveLength(3);
});

test('a failure reaches all that wait for it, and is not kept', async () => {
	const failing = async () => {
		loads.push('failure');
		await setTimeout(5);
		throw new Error('Away.');
	};
	const waiting = [1, 2, 3].map(
		async () => await lookups.get('contact 5', 450, sleep, failing as () => Promise<string>),
	);
	const outcomes = await Promise.allSettled(waiting);
	expect(outcomes.map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
	expect(loads).toEqual(['failure']);
	expect(await get('contact 5', 5000)).toBe('first');
});

test('a failure that comes late does not undo a look-up that came after it', async () => {
	let fail: (error: Error) => void;
	const old = lookups.get('contact 5', 500, sleep, async () => {
		return await new Promise((_, reject) => (fail = reject));
	});
	await setTimeout(5);
	expect(await get('contact 5', 1)).toBe('first');
	fail!(new Error('Late.'));
	await expect(old).rejects.toThrow('Late.');
	await get('contact 5', 2000);
	expect(loads).toHaveLength(1);
});
