import {
	changesSince,
	firstMark,
	type ChangeMark,
	type TriggerOn,
} from '../../../superoffice/crm/changes-since';
import { ChangingRecords, secondOf } from './support/changing-records';

const start = Date.parse('2026-11-25T10:00:00Z');
const second = 1000;
const at = (seconds: number) => start + seconds * second;

interface Setting {
	triggerOn?: TriggerOn;
	most?: number;
}

/** Polls records from the tenth second on, and tells what each poll found. */
function usePolls({ triggerOn = 'createdOrUpdated', most = 10_000 }: Setting = {}) {
	const world = new ChangingRecords();
	let mark: ChangeMark | undefined;
	const options = (time: number) => ({ triggerOn, most, now: () => secondOf(time) });
	return {
		world,
		get mark() {
			return mark!;
		},
		async first(time: number) {
			world.pass(time);
			mark = await firstMark(world.reader(), options(time));
		},
		async poll(time: number, during?: (id: number) => void) {
			world.pass(time);
			const found = await changesSince(world.reader(during), mark!, options(time));
			// As it is kept by n8n.
			mark = JSON.parse(JSON.stringify(found.mark)) as ChangeMark;
			return found.changes.map(({ record, triggeredBy }) => `${record.id} ${triggeredBy}`);
		},
	};
}

describe('the first time', () => {
	test('passes on nothing that was there before, and then all that comes', async () => {
		const polls = usePolls();
		[1, 2, 3].forEach((id) => polls.world.create(id, at(id)));
		await polls.first(at(4));
		expect(await polls.poll(at(10))).toEqual([]);
		polls.world.update(2, at(11));
		polls.world.create(4, at(12));
		expect(await polls.poll(at(20))).toEqual(['2 updated', '4 created']);
		expect(await polls.poll(at(80))).toEqual([]);
	});

	test('starts where there are no records', async () => {
		const polls = usePolls();
		await polls.first(at(0));
		polls.world.create(1, at(1));
		expect(await polls.poll(at(60))).toEqual(['1 created']);
	});

	test('starts in the middle of an import of more records than are looked at', async () => {
		const polls = usePolls({ most: 3 });
		for (let id = 1; id <= 9; id++) polls.world.create(id, at(0));
		await polls.first(at(1));
		polls.world.create(10, at(5));
		expect(await polls.poll(at(60))).toEqual(['10 created']);
	});
});

test('what does not match a filter when it changes is not found once it begins to', async () => {
	const polls = usePolls();
	await polls.first(at(0));
	polls.world.create(1, at(10), 600_000);
	expect(await polls.poll(at(300))).toEqual([]);
	expect(await polls.poll(at(900))).toEqual([]);
});

test('what was changed long ago is not kept, also if nothing has changed since', async () => {
	const polls = usePolls();
	await polls.first(at(0));
	for (let id = 1; id <= 100; id++) polls.world.create(id, at(10));
	expect(await polls.poll(at(60))).toHaveLength(100);
	expect(await polls.poll(at(600))).toEqual([]);
	expect(polls.mark.seen).toEqual({});
});

test('a record that is changed twice between two polls comes once', async () => {
	const polls = usePolls();
	await polls.first(at(0));
	polls.world.create(1, at(1));
	polls.world.update(1, at(3));
	polls.world.update(1, at(5));
	expect(await polls.poll(at(60))).toEqual(['1 created']);
	polls.world.update(1, at(61));
	polls.world.update(1, at(62));
	expect(await polls.poll(at(120))).toEqual(['1 updated']);
});

test('a record that was passed on as created is updated from then on', async () => {
	const polls = usePolls();
	await polls.first(at(0));
	polls.world.create(1, at(1));
	expect(await polls.poll(at(10))).toEqual(['1 created']);
	polls.world.update(1, at(11));
	expect(await polls.poll(at(20))).toEqual(['1 updated']);
});

test('a second change in the same second is not lost', async () => {
	const polls = usePolls();
	await polls.first(at(0));
	polls.world.create(1, at(10.1));
	const early = await polls.poll(at(10.5));
	polls.world.update(1, at(10.8));
	expect([early, await polls.poll(at(60))]).toEqual([[], ['1 created']]);
	expect(polls.world.records.get(1)!.version).toBe(2);
});

test('a change that comes to light 50 seconds late is passed on', async () => {
	const polls = usePolls();
	await polls.first(at(0));
	polls.world.create(1, at(100), 50_000);
	polls.world.create(2, at(120));
	expect(await polls.poll(at(130))).toEqual(['2 created']);
	expect(await polls.poll(at(190))).toEqual(['1 created']);
	expect(await polls.poll(at(250))).toEqual([]);
});

test('a record from the future neither comes twice nor hides others', async () => {
	const polls = usePolls();
	await polls.first(at(0));
	polls.world.create(1, at(1_000_000));
	polls.world.pass(at(2_000_000));
	expect(await polls.poll(at(10))).toEqual(['1 created']);
	polls.world.create(2, at(500));
	expect(await polls.poll(at(600))).toEqual(['2 created']);
	expect(await polls.poll(at(700))).toEqual([]);
});

test.each<[TriggerOn, string[]]>([
	['created', ['2 created', '3 created']],
	['updated', ['1 updated', '3 updated']],
	['createdOrUpdated', ['2 created', '1 updated', '3 created']],
])('%s: passes on what it is about', async (triggerOn, expected) => {
	const polls = usePolls({ triggerOn });
	polls.world.create(1, at(0));
	await polls.first(at(10));
	polls.world.create(2, at(11));
	polls.world.create(3, at(12));
	polls.world.update(1, at(13));
	polls.world.update(3, at(14));
	const found = await polls.poll(at(60));
	expect(found.sort()).toEqual([...expected].sort());
	expect(await polls.poll(at(120))).toEqual([]);
});

test('changes come oldest first, and those of one second by ID', async () => {
	const polls = usePolls();
	[1, 2, 3, 4].forEach((id) => polls.world.create(id, at(0)));
	await polls.first(at(5));
	polls.world.update(4, at(10));
	polls.world.update(3, at(12.2));
	polls.world.update(1, at(12.7));
	polls.world.update(2, at(11));
	expect(await polls.poll(at(60))).toEqual(['4', '2', '1', '3'].map((id) => `${id} updated`));
});

test('a record that is changed while others are read is not lost', async () => {
	const polls = usePolls();
	[1, 2, 3].forEach((id) => polls.world.create(id, at(0)));
	await polls.first(at(5));
	polls.world.update(2, at(10));
	polls.world.update(3, at(11));
	const change = (id: number) => {
		if (id !== 2) return;
		polls.world.update(1, at(100));
		polls.world.update(3, at(190));
		polls.world.pass(at(190));
	};
	// Reading takes three minutes.
	expect(await polls.poll(at(60), change)).toEqual(['2 updated', '3 updated']);
	expect(await polls.poll(at(300))).toEqual(['1 updated']);
	expect(await polls.poll(at(360))).toEqual([]);
});

describe('more changes than a poll looks at', () => {
	/** Polls until nothing comes, and returns how many came each time. */
	async function drain(polls: ReturnType<typeof usePolls>, from: number, ids: string[]) {
		const counts: number[] = [];
		for (let time = from, idle = 0; idle < 3; time += 60) {
			const found = await polls.poll(at(time));
			ids.push(...found.map((text) => text.split(' ')[0]!));
			counts.push(found.length);
			idle = found.length === 0 ? idle + 1 : 0;
			expect(counts.length).toBeLessThan(200);
		}
		return counts;
	}

	const upTo = (last: number) => Array.from({ length: last }, (_, index) => String(index + 1));

	test.each([
		['over a day', (id: number) => id * 60],
		['over a day, in no order', (id: number) => ((id * 7919) % 500) * 60],
		['in one second', () => 100],
		['in two seconds', (id: number) => 100 + (id % 2)],
		['at once but for a few', (id: number) => (id % 100 === 0 ? id : 2000)],
	])('come bit by bit, each once, if they were made %s', async (_, timeOf) => {
		const polls = usePolls({ most: 20 });
		await polls.first(at(0));
		upTo(500).forEach((id) => polls.world.create(Number(id), at(timeOf(Number(id)))));
		const ids: string[] = [];
		const counts = await drain(polls, 40_000, ids);
		expect(Math.max(...counts)).toBeLessThanOrEqual(20);
		expect([...ids].sort()).toEqual(upTo(500).sort());
		expect(JSON.stringify(polls.mark).length).toBeLessThan(1000);
	});

	test('come once each, as they are by then, if they are changed meanwhile', async () => {
		const polls = usePolls({ most: 20 });
		await polls.first(at(0));
		for (let id = 1; id <= 50; id++) {
			polls.world.create(id, at(id * 10));
			polls.world.update(id, at(id * 10 + 5000));
		}
		const ids: string[] = [];
		await drain(polls, 10_000, ids);
		expect(ids.sort()).toEqual(upTo(50).sort());
	});

	test('in one second are new only once, also if some are deleted and changed meanwhile', async () => {
		const polls = usePolls({ most: 3 });
		await polls.first(at(0));
		for (let id = 1; id <= 4; id++) polls.world.create(id, at(100));
		expect(await polls.poll(at(200))).toEqual(['1 created', '2 created', '3 created']);
		polls.world.records.delete(2);
		polls.world.update(1, at(210));
		expect(await polls.poll(at(260))).toEqual(['4 created', '1 updated']);
	});

	test('in the second that is not over yet wait for its end', async () => {
		const polls = usePolls({ most: 3 });
		await polls.first(at(0));
		for (let id = 1; id <= 8; id++) polls.world.create(id, at(100));
		const early = [await polls.poll(at(100.9)), await polls.poll(at(100.9))].flat();
		expect(early).toEqual([]);
		const ids: string[] = [];
		await drain(polls, 160, ids);
		expect(ids.sort()).toEqual(upTo(8));
	});
});
