import { setTimeout as sleep } from 'node:timers/promises';

import type { Gap, Sender } from '../../../superoffice';
import { WebhookState, WebhookStates } from '../../../superoffice/webhooks/webhook-states';

let state: WebhookState;
beforeEach(() => (state = new WebhookState()));

describe('in turn', () => {
	test('one thing is done after the other, and each gets its own result', async () => {
		const done: string[] = [];
		const work = (name: string, time: number) => async () => {
			done.push(`${name} begins`);
			await sleep(time);
			done.push(`${name} ends`);
			return name;
		};
		const results = await Promise.all([
			state.inTurn(work('a', 30)),
			state.inTurn(work('b', 1)),
			state.inTurn(work('c', 10)),
		]);
		expect(results).toEqual(['a', 'b', 'c']);
		expect(done).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
	});

	test('a failure is told to whoever asked for it, and the next has its turn', async () => {
		const done: string[] = [];
		const failing = state.inTurn(async () => {
			await sleep(20);
			done.push('failed');
			throw new Error('Away.');
		});
		const next = state.inTurn(async () => void done.push('next'));
		await expect(failing).rejects.toThrow('Away.');
		await next;
		expect(done).toEqual(['failed', 'next']);
		expect(await state.inTurn(async () => await Promise.resolve('later'))).toBe('later');
	});

	test('triggers do not wait for each other', async () => {
		let end = () => {};
		const held = state.inTurn(async () => await new Promise<void>((resolve) => (end = resolve)));
		expect(await new WebhookState().inTurn(async () => await Promise.resolve(1))).toBe(1);
		end();
		await held;
	});
});

describe('the time up to which nothing is missing', () => {
	test('goes forward only, and its record with it', () => {
		state.isCompleteUntil('2026-11-30T08:00:00Z', 'contact 5');
		state.isCompleteUntil('2026-11-30T07:59:59Z', 'contact 6');
		expect(state).toMatchObject({
			completeUntil: '2026-11-30T08:00:00Z',
			lastRecord: 'contact 5',
		});
		state.isCompleteUntil('2026-11-30T08:00:01Z');
		expect(state.completeUntil).toBe('2026-11-30T08:00:01Z');
		expect(state.lastRecord).toBeUndefined();
	});

	test('is compared as a time, not as text', () => {
		state.isCompleteUntil('2026-11-30T08:00:00.5000000Z');
		// Half past seven in UTC.
		state.isCompleteUntil('2026-11-30T09:30:00+02:00');
		expect(state.completeUntil).toBe('2026-11-30T08:00:00.5000000Z');
		state.isCompleteUntil('2026-11-30T07:30:00-01:00');
		expect(state.completeUntil).toBe('2026-11-30T07:30:00-01:00');
	});

	test('of two records at the same time, the first stays', () => {
		state.isCompleteUntil('2026-11-30T08:00:00Z', 'contact 5');
		state.isCompleteUntil('2026-11-30T08:00:00Z', 'contact 6');
		expect(state.lastRecord).toBe('contact 5');
	});

	test.each([undefined, '', 'yesterday', '2026-13-45T00:00:00Z'])('is not %j', (time) => {
		state.isCompleteUntil(time, 'contact 5');
		expect(state).toMatchObject({ completeUntil: undefined, lastRecord: undefined });
		state.isCompleteUntil('2026-11-30T08:00:00Z', 'contact 6');
		state.isCompleteUntil(time, 'contact 5');
		expect(state).toMatchObject({
			completeUntil: '2026-11-30T08:00:00Z',
			lastRecord: 'contact 6',
		});
	});
});

describe('what events are checked by', () => {
	let reads: number;
	beforeEach(() => (reads = 0));
	const read = async (): Promise<Sender> => {
		reads += 1;
		const secret = `secret ${reads}`;
		await sleep(5);
		return { secret, tenant: 'Cust12345', credential: 'a credential' };
	};

	test('is read once for many events at once', async () => {
		const all = Array.from({ length: 50 }, async () => await state.senderOf(read, 5000));
		const secrets = (await Promise.all(all)).map(({ secret }) => secret);
		expect(new Set(secrets)).toEqual(new Set(['secret 1']));
		expect((await state.senderOf(read, 5000)).secret).toBe('secret 1');
		expect(reads).toBe(1);
	});

	test('is read again once it is older than that, and is then as new for everybody', async () => {
		await state.senderOf(read, 5000);
		await sleep(30);
		expect((await state.senderOf(read, 20)).secret).toBe('secret 2');
		expect((await state.senderOf(read, 5000)).secret).toBe('secret 2');
	});

	test('is read again if it could not be read', async () => {
		const failing = async () => await Promise.reject<Sender>(new Error('Away.'));
		await expect(state.senderOf(failing, 5000)).rejects.toThrow('Away.');
		expect((await state.senderOf(read, 5000)).secret).toBe('secret 1');
	});

	test('stays as it was read, if an earlier read fails late', async () => {
		let fail: (error: Error) => void;
		const old = state.senderOf(async () => await new Promise((_, reject) => (fail = reject)), 5000);
		await sleep(5);
		await state.senderOf(read, 0);
		fail!(new Error('Late.'));
		await expect(old).rejects.toThrow('Late.');
		await state.senderOf(read, 5000);
		expect(reads).toBe(1);
	});
});

describe('a gap', () => {
	const gap: Gap = { from: '2026-11-30T08:00:00Z', to: '2026-11-30T09:00:00Z', reason: 'stopped' };

	test('is kept until there is somebody to report it to', () => {
		state.hasGap(gap);
		expect(state.gap).toEqual(gap);
	});

	test('is reported at once where somebody does, and is not kept', () => {
		const reported: Gap[] = [];
		state.reportGap = (found) => void reported.push(found);
		state.hasGap(gap);
		expect(reported).toEqual([gap]);
		expect(state.gap).toBeUndefined();
	});
});

test('a refusal is logged once a minute', () => {
	const now = 1000;
	const clock = jest.spyOn(performance, 'now');
	const after = (milliseconds: number) => {
		clock.mockReturnValue(now + milliseconds);
		return state.mayLogRefusal();
	};
	try {
		expect([0, 1, 59_999, 60_000, 60_001].map(after)).toEqual([true, false, false, true, false]);
	} finally {
		clock.mockRestore();
	}
});

describe('the triggers of a process', () => {
	const states = new WebhookStates();

	test('have a state each, which is there when it is first asked for', () => {
		expect(states.find('one')).toBeUndefined();
		const one = states.get('one');
		expect(states.get('one')).toBe(one);
		expect(states.find('one')).toBe(one);
		expect(states.get('two')).not.toBe(one);
	});

	test('are forgotten, and whatever holds the state still knows', () => {
		const one = states.get('one');
		expect(one.isGone).toBe(false);
		states.forget('one');
		expect(one.isGone).toBe(true);
		expect(states.find('one')).toBeUndefined();
		const again = states.get('one');
		expect(again).not.toBe(one);
		expect(again.isGone).toBe(false);
	});

	test('are forgotten also if nothing was known of them', () => {
		states.forget('three');
		expect(states.find('three')).toBeUndefined();
	});
});
