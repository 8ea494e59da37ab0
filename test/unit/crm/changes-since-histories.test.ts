import fc from 'fast-check';

import {
	changesSince,
	firstMark,
	type ChangeMark,
	type TriggerOn,
} from '../../../superoffice/crm/changes-since';
import { ChangingRecords, secondOf } from './support/changing-records';

const start = Date.parse('2026-11-25T10:00:00Z');

interface Step {
	what: 'create' | 'update' | 'poll' | 'restart';
	/** Milliseconds since the step before */
	gap: number;
	record: number;
	late: number;
}

const gap = fc.oneof(fc.nat(900), fc.nat(5000), fc.nat(100_000));

function steps(late: fc.Arbitrary<number>): fc.Arbitrary<Step[]> {
	const what = fc.constantFrom<Step['what'][]>('create', 'update', 'update', 'poll', 'restart');
	return fc.array(fc.record({ what, gap, record: fc.nat(8), late }), {
		minLength: 5,
		maxLength: 60,
		size: 'max',
	});
}

/**
 * Plays a history, polls in it and until nothing comes. Of each record that was changed after the first poll, its newest
 * version must have come, and none twice.
 */
async function play(history: Step[], triggerOn: TriggerOn, most = 10_000): Promise<void> {
	const world = new ChangingRecords();
	const came: Array<{ id: number; version: number; triggeredBy: string }> = [];
	const lastChange = new Map<number, { second: number; late: number }>();
	let time = start;
	let lastId = 3;
	for (let id = 1; id <= lastId; id++) world.create(id, time - id * 40_000);
	world.pass(time);
	const options = () => ({ triggerOn, most, now: () => secondOf(time) });
	let mark = await firstMark(world.reader(), options());
	const before = new Map([...world.records].map(([id, { version }]) => [id, version]));
	const poll = async () => {
		world.pass(time);
		const found = await changesSince(world.reader(), mark, options());
		mark = JSON.parse(JSON.stringify(found.mark)) as ChangeMark;
		for (const { record, triggeredBy } of found.changes) {
			came.push({ id: record.id, version: record.version, triggeredBy });
		}
		return found.changes.length;
	};
	for (const { what, gap: milliseconds, record, late } of history) {
		time += milliseconds;
		world.pass(time);
		if (what === 'create') world.create((lastId += 1), time, late);
		if (what === 'update') {
			const id = 1 + (record % lastId);
			// Two changes in a second, the second of which comes late, cannot be told from one.
			const last = lastChange.get(id) ?? { second: 0, late: 0 };
			const isLate = late > 0 || last.late > 0;
			if (isLate && time - last.second < 1000 + last.late) continue;
			const known = world.records.get(id);
			if (known === undefined || (isLate && time - known.updated < 1000)) continue;
			lastChange.set(id, { second: secondOf(time), late });
			world.update(id, time, late);
		}
		if (what === 'poll') await poll();
		// n8n was not there for a while.
		if (what === 'restart') time += 100_000;
	}
	time += 120_000;
	for (let idle = 0, polls = 0; idle < 3; polls++, time += 61_000) {
		idle = (await poll()) === 0 ? idle + 1 : 0;
		expect(polls).toBeLessThan(500);
	}

	const texts = came.map(({ id, version }) => `${id} version ${version}`);
	expect(texts).toEqual([...new Set(texts)]);
	for (const { id, version, created, updated } of world.records.values()) {
		const own = came.filter((one) => one.id === id);
		if (triggerOn === 'created') {
			expect([id, own.length]).toEqual([id, before.has(id) ? 0 : 1]);
		} else if (triggerOn === 'createdOrUpdated') {
			const isNews = version !== before.get(id);
			expect([id, own.at(-1)?.version]).toEqual([id, isNews ? version : undefined]);
			const kinds = own.map(({ triggeredBy }) => triggeredBy);
			const first = before.has(id) ? 'updated' : 'created';
			if (isNews && most === 10_000) {
				expect(kinds).toEqual([first, ...kinds.slice(1).map(() => 'updated')]);
			}
		} else {
			const isNews = version !== before.get(id) && updated !== created;
			expect([id, own.at(-1)?.version]).toEqual([id, isNews ? version : undefined]);
		}
	}
}

const ways: TriggerOn[] = ['created', 'updated', 'createdOrUpdated'];

describe.each(ways)('%s', (triggerOn) => {
	test('each change comes once in any history, also if it comes to light late', async () => {
		const late = fc.oneof(fc.constant(0), fc.nat(57_000));
		const history = fc.asyncProperty(steps(late), async (all) => await play(all, triggerOn));
		await fc.assert(history, { numRuns: 150 });
	});

	test.each([1, 2, 5])('each change comes once, with %i looked at in a poll', async (most) => {
		const history = fc.asyncProperty(
			steps(fc.constant(0)),
			async (all) => await play(all, triggerOn, most),
		);
		await fc.assert(history, { numRuns: 100 });
	});
});
