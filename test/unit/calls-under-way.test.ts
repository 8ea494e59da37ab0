import { setImmediate as settle, setTimeout as sleep } from 'node:timers/promises';

import { type Http, type HttpResponse } from '../../superoffice';
import { byStatus, HttpSession } from '../../superoffice/http/http-session';
import { RateLimiter, type RateLimitQueue } from '../../superoffice/http/rate-limiter';
import { superOfficeErrorOf } from './support/errors';

const application = { environment: 'online', clientSecret: 'secret' };

let limiter: RateLimiter;
beforeEach(() => (limiter = new RateLimiter()));

const tenants = (count: number, first = 1) =>
	Array.from({ length: count }, (_, index) => `Cust${first + index}`);
const queueOf = (contextIdentifier: string) =>
	limiter.tenantQueue({ ...application, contextIdentifier });
const makeRequest = () => ({
	method: 'POST' as const,
	url: 'https://online2.superoffice.com/Cust1/api',
	headers: {},
});

/** Calls that wait for an answer until they are given one. */
class Calls {
	private readonly answers: Array<() => void> = [];

	/** What became of all calls. */
	readonly outcomes: Array<Promise<unknown>> = [];

	readonly started: string[] = [];

	private underWay = 0;

	most = 0;

	/** @param name what it is listed under in `started` */
	send(name: string, queue: RateLimitQueue): void {
		const http: Http = async () => {
			this.started.push(name);
			this.most = Math.max(this.most, ++this.underWay);
			await new Promise<void>((resolve) => this.answers.push(resolve));
			this.underWay -= 1;
			return { status: 200, headers: {}, body: '' };
		};
		const session = new HttpSession(http, { sleep });
		this.outcomes.push(session.send(makeRequest, { classify: byStatus, queue }));
	}

	/** Answers those that have waited longest, and lets others start. */
	async answer(count: number): Promise<void> {
		for (const answer of this.answers.splice(0, count)) {
			answer();
			await settle();
		}
	}

	async answerAll(): Promise<void> {
		while (this.answers.length > 0) await this.answer(this.answers.length);
	}
}

describe('calls under way', () => {
	test('are 20 at most, of all tenants and the login host together', async () => {
		const calls = new Calls();
		for (const tenant of tenants(50)) calls.send(tenant, queueOf(tenant));
		for (let call = 0; call < 5; call++) calls.send('login', limiter.loginQueue(application));
		await settle();
		expect(calls.started).toHaveLength(20);
		await calls.answerAll();
		await Promise.all(calls.outcomes);
		expect(calls.started).toHaveLength(55);
		expect(calls.most).toBe(20);
	});

	test('make room for others in the order in which these came, however many one tenant has', async () => {
		const calls = new Calls();
		for (const tenant of tenants(20)) calls.send(tenant, queueOf(tenant));
		for (let call = 0; call < 5; call++) calls.send('Cust100', queueOf('Cust100'));
		for (const tenant of tenants(3, 101)) calls.send(tenant, queueOf(tenant));
		await settle();
		await calls.answer(5);
		expect(calls.started.slice(20)).toEqual([
			'Cust100',
			'Cust101',
			'Cust102',
			'Cust103',
			'Cust100',
		]);
		await calls.answerAll();
		await Promise.all(calls.outcomes);
	});

	test('are 15 at most to the login host, so that one that hangs leaves room for the tenants', async () => {
		const calls = new Calls();
		for (let call = 0; call < 30; call++) {
			const clientSecret = `secret ${call % 3}`;
			calls.send('login', limiter.loginQueue({ ...application, clientSecret }));
		}
		await settle();
		expect(calls.started).toHaveLength(15);
		for (const tenant of tenants(30)) calls.send(tenant, queueOf(tenant));
		await settle();
		expect(calls.started.slice(15)).toEqual(tenants(5));
		await calls.answerAll();
		await Promise.all(calls.outcomes);
		expect(calls.most).toBe(20);
	});

	test('do not include those that wait for their turn under the rate limit', async () => {
		const calls = new Calls();
		const login = limiter.loginQueue(application);
		for (let call = 0; call < 10; call++) calls.send('login', login);
		await settle();
		await calls.answerAll();
		for (let call = 0; call < 10; call++) calls.send('login', login);
		for (const tenant of tenants(30)) calls.send(tenant, queueOf(tenant));
		await settle();
		expect(calls.started.slice(10)).toEqual(tenants(20));
		for (let round = 0; round < 500 && calls.started.length < 50; round++) {
			await calls.answerAll();
			await sleep(10);
		}
		await calls.answerAll();
		await Promise.all(calls.outcomes);
		expect(calls.started.slice(20)).toContain('login');
	});

	const never = async () => await new Promise<HttpResponse>(() => undefined);
	const throwing = () => {
		throw new Error('It cannot be signed.');
	};
	test.each<[string, Http, () => ReturnType<typeof makeRequest>, string]>([
		['are not answered', never, makeRequest, 'TIMEOUT'],
		['fail', async () => await Promise.reject(new Error('reset')), makeRequest, 'UNREACHABLE'],
		['are answered with an error', answering(503), makeRequest, 'UNAVAILABLE'],
		['cannot be made', answering(200), throwing, 'It cannot be signed.'],
	])('are over when they %s', async (_, http, make, expected) => {
		const failures = tenants(45).map(async (tenant) => {
			const options = { sleep: async () => undefined, timeout: 100 };
			const session = new HttpSession(http, options);
			const sent = session.send(make, { classify: byStatus, queue: queueOf(tenant) });
			return await sent.catch((error) => error.code ?? error.message);
		});
		expect(await Promise.all(failures)).toEqual(Array(45).fill(expected));
		const calls = new Calls();
		for (const tenant of tenants(20, 101)) calls.send(tenant, queueOf(tenant));
		await settle();
		expect(calls.started).toHaveLength(20);
		await calls.answerAll();
	});

	test('leave time to those that wait for them', async () => {
		const send = async (tenant: string) => {
			const session = new HttpSession(never, { sleep, timeout: 300 });
			await session.send(makeRequest, { classify: byStatus, queue: queueOf(tenant) });
		};
		const hanging = tenants(20).map((tenant) => superOfficeErrorOf(() => send(tenant)));
		await settle();
		const session = new HttpSession(answering(200), { sleep, timeout: 100 });
		const options = { classify: byStatus, queue: queueOf('Cust100') };
		expect((await session.send(makeRequest, options)).status).toBe(200);
		await Promise.all(hanging);
	});
});

describe('the rate limit of a tenant', () => {
	test('holds however many other tenants are called meanwhile', async () => {
		const enter = async (queue: RateLimitQueue) => await queue.enter(sleep);
		const kept = queueOf('Cust1');
		const answered = [];
		for (let call = 0; call < 5; call++) answered.push(await enter(kept));
		for (const tenant of tenants(3000, 2)) (await enter(queueOf(tenant)))();
		for (let call = 0; call < 5; call++) answered.push(await enter(queueOf('Cust1')));
		let hasEntered = false;
		const entering = enter(kept).then(() => (hasEntered = true));
		await settle();
		expect(hasEntered).toBe(false);
		for (const setAnswered of answered) setAnswered();
		await entering;
	});
});

function answering(status: number): Http {
	return async () => await Promise.resolve({ status, headers: {}, body: '' });
}
