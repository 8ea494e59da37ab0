import { repeatCall, SuperOfficeError } from '../../superoffice';

interface TestAnswer {
	status: number;
	headers: Record<string, unknown>;
}

const answer = (status: number, headers: Record<string, unknown> = {}): TestAnswer => ({
	status,
	headers,
});
const noAnswer = (code: 'UNREACHABLE' | 'TIMEOUT', outcomeUnknown: boolean) =>
	new SuperOfficeError(code, 'No answer.', 'Try again.', { outcomeUnknown });
const cutOff = noAnswer('UNREACHABLE', true);
const neverConnected = noAnswer('UNREACHABLE', false);

/** Makes a call that comes to these outcomes, one after the other, and then to success. */
async function repeat(
	outcomes: Array<TestAnswer | Error>,
	{ isIdempotent = true, signal }: { isIdempotent?: boolean; signal?: AbortSignal } = {},
) {
	const waits: number[] = [];
	const pauses: number[] = [];
	let tries = 0;
	let underWay = 0;
	const queue = {
		enter: async () => await Promise.resolve(((underWay += 1), () => void (underWay -= 1))),
		pause: (milliseconds: number) => void pauses.push(milliseconds),
	};
	const send = async () => {
		const outcome = outcomes[tries++] ?? answer(200);
		await Promise.resolve();
		if (outcome instanceof Error) throw outcome;
		return outcome;
	};
	const sleep = async (milliseconds: number) =>
		await Promise.resolve(void waits.push(milliseconds));
	const result = await repeatCall(send, { queue, sleep, isIdempotent, signal }).then(
		({ status }) => status,
		(error: unknown) => error,
	);
	expect(underWay).toBe(0);
	return { result, tries, waits, pauses };
}

describe('a call that may be done twice', () => {
	test.each([
		['status 500', answer(500)],
		['status 502', answer(502)],
		['status 503', answer(503)],
		['status 504', answer(504)],
		['an answer that was cut off', cutOff],
		['no answer in time', noAnswer('TIMEOUT', true)],
		['no connection', neverConnected],
	])('is made again after %s, three times at most', async (_, failure) => {
		expect(await repeat([failure])).toMatchObject({ result: 200, tries: 2 });
		expect(await repeat([failure, failure])).toMatchObject({ result: 200, tries: 3 });
		expect(await repeat(Array<typeof failure>(9).fill(failure))).toMatchObject({
			result: failure instanceof Error ? failure : failure.status,
			tries: 3,
		});
	});

	test.each([200, 204, 301, 400, 401, 403, 404, 405, 409, 412, 421, 501])(
		'is made once where SuperOffice answers with status %d',
		async (status) => {
			expect(await repeat([answer(status)])).toMatchObject({ result: status, tries: 1 });
		},
	);

	test('waits longer after each failure', async () => {
		const { waits } = await repeat([answer(500), answer(500)]);
		expect(waits).toHaveLength(2);
		expect(waits[1]).toBeGreaterThan(waits[0]!);
	});

	test('has its tries after failures whether or not SuperOffice was busy before', async () => {
		const outcomes = [answer(429), answer(429), answer(429), answer(503), cutOff];
		expect(await repeat(outcomes)).toMatchObject({ result: 200, tries: 6 });
	});

	test('is not made again after an error that is no failure of the call', async () => {
		const error = new Error('Not allowed by the operator');
		expect(await repeat([error])).toMatchObject({ result: error, tries: 1 });
	});
});

describe('a call that must not be done twice', () => {
	const once = { isIdempotent: false };

	test.each([
		['status 500', answer(500)],
		['status 503', answer(503)],
		['status 503 with Retry-After', answer(503, { 'retry-after': '1' })],
		['an answer that was cut off', cutOff],
		['no answer in time', noAnswer('TIMEOUT', true)],
	])('is made once where it ended in %s', async (_, failure) => {
		expect(await repeat([failure], once)).toMatchObject({
			result: failure instanceof Error ? failure : failure.status,
			tries: 1,
		});
	});

	test('is made again where there was no connection, or SuperOffice was too busy to do it', async () => {
		const outcomes = [neverConnected, answer(429)];
		expect(await repeat(outcomes, once)).toMatchObject({ result: 200, tries: 3 });
	});
});

describe('status 429', () => {
	test.each([
		['seconds', '7', 7000, 7000],
		['a date', new Date(Date.now() + 60_000).toUTCString(), 50_000, 60_000],
		['a date that has passed', new Date(Date.now() - 60_000).toUTCString(), 0, 0],
		['no time at all', 'soon', 500, 500],
	])('is waited for as long as Retry-After says in %s', async (_, value, least, most) => {
		const { result, waits, pauses } = await repeat([answer(429, { 'retry-after': value })]);
		expect(result).toBe(200);
		expect(waits[0]).toBeGreaterThanOrEqual(least);
		expect(pauses).toHaveLength(1);
		expect(pauses[0]).toBeGreaterThanOrEqual(least);
		expect(pauses[0]).toBeLessThanOrEqual(most);
	});

	test('reads a date by SuperOffice’s own clock', async () => {
		const hour = 60 * 60 * 1000;
		for (const skew of [-hour, hour]) {
			const date = Date.now() + skew;
			const { result, pauses } = await repeat([
				answer(429, {
					date: new Date(date).toUTCString(),
					'retry-after': new Date(date + 20_000).toUTCString(),
				}),
			]);
			expect(result).toBe(200);
			expect(pauses).toEqual([20_000]);
		}
	});

	test('is given up after some tries, or where the wait would be too long', async () => {
		const busy = Array<TestAnswer>(20).fill(answer(429, { 'retry-after': '0' }));
		expect(await repeat(busy)).toMatchObject({ result: 429, tries: 8 });
		const tomorrow = answer(429, { 'retry-after': '86400' });
		expect(await repeat([tomorrow])).toMatchObject({ result: 429, tries: 1, waits: [] });
	});
});

describe('a call that is canceled', () => {
	test('is not made again', async () => {
		const canceling = new AbortController();
		const failing = { ...answer(500) };
		Object.defineProperty(failing, 'status', {
			get() {
				canceling.abort();
				return 500;
			},
		});
		expect(await repeat([failing], { signal: canceling.signal })).toMatchObject({
			result: 500,
			tries: 1,
		});
	});

	test('is not begun', async () => {
		expect(await repeat([], { signal: AbortSignal.abort() })).toMatchObject({ tries: 0 });
	});
});
