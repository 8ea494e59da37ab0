import { Deadline, getSystemUserTicket } from '../../superoffice';
import { byStatus, HttpSession } from '../../superoffice/http/http-session';
import { superOfficeErrorOf } from './support/errors';
import { useSuperOfficeOnline } from './support/library';

const service = useSuperOfficeOnline();
const { http, application, noWait } = service;

/** A sleep that returns at once, and records the requested milliseconds. */
const recordWaits = () => {
	const waits: number[] = [];
	return { waits, sleep: async (milliseconds: number) => void waits.push(milliseconds) };
};

describe('retries, timeouts and limits', () => {
	test('an exchange that hangs times out, and is not made twice', async () => {
		service.online.misbehave({ at: 'exchange', kind: 'hang' });
		const error = await superOfficeErrorOf(() =>
			getSystemUserTicket(application('Cust12345'), http, { ...noWait(), timeout: 2000 }),
		);
		expect(service.online.counts.restExchanges).toBe(1);
		expect(error).toMatchObject({
			code: 'TIMEOUT',
			message: 'sod.superoffice.com did not answer in time.',
		});
	});

	test('the error says which host could not be reached, and why', async () => {
		const refuse = () =>
			Promise.reject(Object.assign(new Error('secret'), { code: 'ECONNREFUSED' }));
		const error = await superOfficeErrorOf(() =>
			getSystemUserTicket(application('Cust12345'), refuse),
		);
		expect(error).toMatchObject({
			code: 'UNREACHABLE',
			message: 'sod.superoffice.com could not be reached: the connection was refused.',
		});
		expect(error.hint).toContain('proxy');
		expect(JSON.stringify(error) + error.stack).not.toContain('secret');
	});

	test('a service that stays down gets three attempts, all within the timeout', async () => {
		service.online.misbehave({ at: 'exchange', kind: 'status', status: 503 });
		const { waits, sleep } = recordWaits();
		const error = await superOfficeErrorOf(() =>
			getSystemUserTicket(application('Cust12345'), http, { ...noWait(), sleep }),
		);
		expect(error).toMatchObject({ code: 'UNAVAILABLE', httpStatus: 503 });
		expect(service.online.counts.restExchanges).toBe(3);
		expect(waits).toHaveLength(2);
		service.online.resetCounts();
		const headers = { 'Retry-After': '60' };
		service.online.stopMisbehaving();
		service.online.misbehave({ at: 'exchange', kind: 'status', status: 429, headers });
		await superOfficeErrorOf(() =>
			getSystemUserTicket(application('Cust12345'), http, { ...noWait(), sleep, timeout: 5000 }),
		);
		expect(service.online.counts.restExchanges).toBe(1);
	});

	test('Retry-After in seconds is honored', async () => {
		const headers = { 'Retry-After': '7' };
		service.online.misbehave({ at: 'exchange', kind: 'status', status: 429, headers, times: 1 });
		const { waits, sleep } = recordWaits();
		await getSystemUserTicket(application('Cust12345'), http, { ...noWait(), sleep });
		expect(waits).toEqual([expect.any(Number)]);
		expect(waits[0]).toBeGreaterThanOrEqual(7000);
		expect(waits[0]).toBeLessThan(7500);
	});

	test('Retry-After as a date is honored, by the service’s clock', async () => {
		const until = new Date(service.online.now().getTime() + 9000).toUTCString();
		const headers = { 'Retry-After': until };
		service.online.misbehave({ at: 'jwks', kind: 'status', status: 503, headers, times: 1 });
		const { waits, sleep } = recordWaits();
		const clock = () => new Date(service.online.now().getTime() - 4 * 60_000);
		await getSystemUserTicket(application('Cust12345'), http, { ...noWait(), sleep, clock });
		expect(waits[0]).toBeGreaterThan(6000);
		expect(waits[0]).toBeLessThan(10_000);
	});

	test('an exchange may use all the remaining time, and is made once', async () => {
		service.online.misbehave({ at: 'exchange', kind: 'slow', milliseconds: 1500 });
		const { ticket } = await getSystemUserTicket(application('Cust12345'), http, {
			...noWait(),
			timeout: 2500,
		});
		expect(service.online.isLive(ticket)).toBe(true);
		expect(service.online.counts.restExchanges).toBe(1);
	});

	test('calls that share a deadline do no harm to one another', async () => {
		const options = { ...noWait(), timeout: new Deadline(20_000) };
		const get = async (tenant: string) =>
			(await getSystemUserTicket(application(tenant), http, options)).ticket;
		const tickets = await Promise.all(['Cust12345', 'Cust54321', 'Cust20001'].map(get));
		expect(tickets.map((ticket) => service.online.isLive(ticket))).toEqual([true, true, true]);
		expect(options.timeout.remaining()).toBeGreaterThan(0);
	});

	test('there may be no limit to the time', async () => {
		const options = { ...noWait(), timeout: Infinity };
		const { ticket } = await getSystemUserTicket(application('Cust12345'), http, options);
		expect(service.online.isLive(ticket)).toBe(true);
	});

	test.each(['exchange', 'jwks', 'state'] as const)(
		'a response that trickles in does not outlast the timeout: %s',
		async (at) => {
			service.online.misbehave({ at, kind: 'trickle', milliseconds: 100 });
			const work = () =>
				getSystemUserTicket(application('Cust12345'), http, { ...noWait(), timeout: 800 });
			// The state is optional, so its deadline leaves time for the exchange.
			if (at === 'state') expect((await work()).ticket).toMatch(/^7T:/);
			else expect((await superOfficeErrorOf(work)).code).toBe('TIMEOUT');
		},
	);

	test.each(['exchange', 'jwks'] as const)('a response over 1 MB is rejected: %s', async (at) => {
		service.online.misbehave({ at, kind: 'flood', bytes: 3 * 1024 ** 2 });
		const error = await superOfficeErrorOf(() =>
			getSystemUserTicket(application('Cust12345'), http, noWait()),
		);
		expect(error).toMatchObject({
			code: 'UNEXPECTED_ANSWER',
			message: 'sod.superoffice.com sent more than 1 MB (status 200) instead of its usual answer.',
		});
		expect(error.hint).toContain('proxy');
	});

	test('an idempotent request is retried at once after a timeout, any other is not', async () => {
		const hangsOnce = () => {
			let tries = 0;
			return async () =>
				++tries === 1
					? await new Promise<never>(() => undefined)
					: { status: 200, headers: {}, body: `${tries}` };
		};
		const send = async (method: 'GET' | 'POST') => {
			const { waits, sleep } = recordWaits();
			const session = new HttpSession(hangsOnce(), { timeout: 1000, sleep });
			const request = { method, url: 'https://sod.superoffice.com/', headers: {} };
			const { body } = await session.send(() => request, { classify: byStatus });
			return { body, waits };
		};
		const { body, waits } = await send('GET');
		expect(body).toBe('2');
		expect(waits).toHaveLength(1);
		expect(waits[0]).toBeLessThan(400);
		expect((await superOfficeErrorOf(() => send('POST'))).code).toBe('TIMEOUT');
	});

	test('no exchange is made if the public keys cannot be fetched', async () => {
		service.online.misbehave({ at: 'jwks', kind: 'body', body: '<html></html>' });
		const error = await superOfficeErrorOf(() =>
			getSystemUserTicket(application('Cust12345'), http, noWait()),
		);
		expect(error).toMatchObject({ code: 'UNEXPECTED_ANSWER' });
		expect(error.message).toContain('instead of its public keys');
		expect(service.online.counts.restExchanges).toBe(0);
	});
});
