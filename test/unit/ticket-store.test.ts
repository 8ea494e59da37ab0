import { setTimeout } from 'node:timers/promises';

import { cacheKey, AuthState, TicketStore, type SystemUserTicket } from '../../superoffice';
import { superOfficeErrorOf } from './support/errors';
import { useSuperOfficeOnline } from './support/library';
import { useMachineClock } from './support/machine-clock';
import { keyVectors, named } from './support/vectors';

const service = useSuperOfficeOnline();
const { http, application } = service;
const machine = useMachineClock(service);
const { clock, later } = machine;

let store: TicketStore;
const clientOptions = { clock };
const ofTenant = (contextIdentifier: string) => application(contextIdentifier);

beforeEach(() => {
	store = new TicketStore(new AuthState());
});

describe('a ticket from the store', () => {
	const take = async (contextIdentifier: string, options = {}) =>
		await store.getTicket(ofTenant(contextIdentifier), http, { ...clientOptions, ...options });

	test('is requested once per tenant for all concurrent callers', async () => {
		const tenants = ['Cust12345', 'Cust54321', 'Cust30001'];
		const answers = await Promise.all(
			[...tenants, ...tenants, ...tenants].map((tenant) => take(tenant)),
		);
		expect(service.online.counts.exchangesByTenant).toEqual(
			Object.fromEntries(tenants.map((tenant) => [tenant, 1])),
		);
		answers.forEach(({ ticket }, index) =>
			expect(service.online.isLive(ticket.ticket, tenants[index % 3])).toBe(true),
		);
	});

	test('is new for the caller that requested it, and reused for those that waited', async () => {
		const answers = await Promise.all([1, 2, 3].map(() => take('Cust12345')));
		expect(answers.map(({ reused }) => reused)).toEqual([false, true, true]);
	});

	test('is always new with alwaysRequestNew, even while another exchange is in flight', async () => {
		const real = { sleep: setTimeout, clock: () => service.online.now() };
		const answers = await Promise.all([
			take('Cust12345', real),
			...[1, 2].map(() => take('Cust12345', { ...real, alwaysRequestNew: true })),
		]);
		expect(new Set(answers.map(({ ticket }) => ticket.ticket)).size).toBe(3);
		expect(answers.map(({ reused }) => reused)).toEqual([false, false, false]);
		expect(service.online.counts.exchanges).toBe(3);
	});

	test('is new with alwaysRequestNew even if the exchange in flight fails', async () => {
		service.online.misbehave({ at: 'exchange', kind: 'refuse', reason: 'Denied', times: 1 });
		const failing = superOfficeErrorOf(() => take('Cust12345'));
		const answer = await take('Cust12345', { alwaysRequestNew: true });
		expect((await failing).code).toBe('REFUSED');
		expect(service.online.isLive(answer.ticket.ticket)).toBe(true);
	});

	test('is a new one if the one kept elsewhere is found dead, which is checked once', async () => {
		const { ticket: known } = await new TicketStore().getTicket(
			ofTenant('Cust12345'),
			http,
			clientOptions,
		);
		service.online.expireAllTickets();
		const { ticket, reused } = await take('Cust12345', { known });
		expect([service.online.isLive(ticket.ticket), reused]).toEqual([true, false]);
		expect(service.online.counts).toMatchObject({ exchanges: 2, currentPrincipal: 1 });
	});

	test('is checked again after the clock is set back, which makes its age unknown', async () => {
		await take('Cust12345');
		machine.shift(-60 * 60 * 1000);
		expect((await take('Cust12345')).reused).toBe(true);
		expect(service.online.counts.currentPrincipal).toBe(1);
	});

	test('is the newer of two known ones', async () => {
		const { ticket: known } = await take('Cust12345', { alwaysRequestNew: true });
		later(1000);
		const { ticket: held } = await take('Cust12345', { alwaysRequestNew: true });
		later(61_000);
		expect((await take('Cust12345', { known })).ticket.ticket).toBe(held.ticket);
		const other = new TicketStore(new AuthState());
		const takeThere = async (ticket: SystemUserTicket) =>
			(await other.getTicket(ofTenant('Cust12345'), http, { ...clientOptions, known: ticket }))
				.ticket;
		expect((await takeThere(known)).ticket).toBe(known.ticket);
		later(61_000);
		expect((await takeThere(held)).ticket).toBe(held.ticket);
		expect(service.online.counts).toMatchObject({ exchanges: 2, currentPrincipal: 3 });
	});

	test('is the newest one, even after an older one has proved to be alive', async () => {
		const { ticket: older } = await take('Cust12345');
		later(1000);
		const { ticket: newest } = await take('Cust12345', { alwaysRequestNew: true });
		const failed = { ...clientOptions, failed: older };
		const kept = await store.renewTicket(ofTenant('Cust12345'), http, failed);
		expect(kept.ticket).toBe(older.ticket);
		expect((await take('Cust12345')).ticket.ticket).toBe(newest.ticket);
	});

	test('is cached for a limited number of tenants, the least recently used evicted first', async () => {
		store = new TicketStore(new AuthState(2));
		for (const tenant of ['Cust12345', 'Cust54321', 'Cust12345', 'Cust30001']) await take(tenant);
		service.online.resetCounts();
		expect((await take('Cust12345')).reused).toBe(true);
		expect((await take('Cust30001')).reused).toBe(true);
		expect(service.online.counts.exchanges).toBe(0);
		expect((await take('Cust54321')).reused).toBe(false);
	});

	test('is trusted for a minute after a successful check, then checked again', async () => {
		const { ticket, reused } = await take('Cust12345');
		expect(reused).toBe(false);
		later(59_000);
		expect(await take('Cust12345')).toEqual({ ticket, reused: true });
		expect(service.online.counts.currentPrincipal).toBe(0);
		later(2_000);
		const again = await take('Cust12345');
		expect(again).toMatchObject({ ticket: { ticket: ticket.ticket }, reused: true });
		expect(service.online.counts).toMatchObject({ currentPrincipal: 1, exchanges: 1 });
		expect(Date.parse(again.ticket.expiresAt)).toBe(clock().getTime() + 6 * 60 * 60 * 1000);
	});

	test('is new after 6 hours without use', async () => {
		const { ticket } = await take('Cust12345');
		later(6 * 60 * 60 * 1000);
		const answer = await take('Cust12345');
		expect(answer.reused).toBe(false);
		expect(answer.ticket.ticket).not.toBe(ticket.ticket);
		expect(service.online.isLive(answer.ticket.ticket)).toBe(true);
	});

	test('is the one the caller knows, if that is alive', async () => {
		const { ticket: known } = await new TicketStore().getTicket(
			ofTenant('Cust12345'),
			http,
			clientOptions,
		);
		expect(await take('Cust12345', { known })).toMatchObject({ ticket: { ticket: known.ticket } });
		expect(service.online.counts.exchanges).toBe(1);
	});

	test('sends no secret outside SuperOffice, whatever address a stored ticket has', async () => {
		const { ticket } = await new TicketStore().getTicket(
			ofTenant('Cust12345'),
			http,
			clientOptions,
		);
		service.online.misbehave({ at: 'state', kind: 'status', status: 500 });
		const urls: string[] = [];
		const known = { ...ticket, webApiUrl: 'https://evil.example/Cust12345/api' };
		const error = await superOfficeErrorOf(() =>
			store.getTicket(
				ofTenant('Cust12345'),
				async (request) => {
					urls.push(request.url);
					return await http(request);
				},
				{ ...clientOptions, known },
			),
		);
		expect(error.message).toBe(
			'evil.example does not belong to SuperOffice, so nothing was sent there.',
		);
		expect(urls.filter((url) => !url.includes('.superoffice.com/'))).toEqual([]);
	});

	test('is not returned if it cannot be checked', async () => {
		await take('Cust12345');
		later(61_000);
		service.online.misbehave({ at: 'api', kind: 'status', status: 503 });
		const error = await superOfficeErrorOf(() => take('Cust12345'));
		expect(error.code).toBe('UNAVAILABLE');
		expect(service.online.counts.exchanges).toBe(1);
	});

	test.each([403, 404])(
		'is not replaced because the tenant answers %s to everything',
		async (status) => {
			await take('Cust12345');
			later(61_000);
			service.online.misbehave({ at: 'api', kind: 'status', status });
			const error = await superOfficeErrorOf(() => take('Cust12345'));
			expect(error).toMatchObject({ code: 'UNEXPECTED_ANSWER', httpStatus: status });
			expect(service.online.counts.exchanges).toBe(1);
		},
	);

	test('is awaited only until the caller’s own timeout, and still reaches the others', async () => {
		service.online.misbehave({ at: 'exchange', kind: 'slow', milliseconds: 1000 });
		const { online } = service;
		const real = { sleep: setTimeout, clock: () => online.now() };
		const patient = take('Cust12345', real);
		const hasty = take('Cust12345', { ...real, timeout: 100 });
		expect((await superOfficeErrorOf(async () => await hasty)).code).toBe('TIMEOUT');
		expect(service.online.counts.exchanges).toBe(0);
		expect(service.online.isLive((await patient).ticket.ticket)).toBe(true);
		expect(service.online.counts).toMatchObject({ exchanges: 1, restExchanges: 1 });
	});

	test('reaches a caller that joined one with a shorter timeout, from one exchange', async () => {
		service.online.misbehave({ at: 'exchange', kind: 'slow', milliseconds: 1000, times: 1 });
		const hasty = superOfficeErrorOf(() => take('Cust12345', { timeout: 300 }));
		const patient = take('Cust12345');
		expect((await hasty).code).toBe('TIMEOUT');
		expect(service.online.isLive((await patient).ticket.ticket)).toBe(true);
		expect(service.online.counts.restExchanges).toBe(1);
	});

	test('is kept if it arrives after all callers have timed out', async () => {
		service.online.misbehave({ at: 'exchange', kind: 'slow', milliseconds: 1000, times: 1 });
		await superOfficeErrorOf(() => take('Cust12345', { timeout: 300 }));
		expect((await take('Cust12345')).reused).toBe(true);
		expect(await take('Cust12345')).toMatchObject({ reused: true });
		expect(service.online.counts.restExchanges).toBe(1);
	});

	test('times out on schedule even if the response trickles in', async () => {
		service.online.misbehave({ at: 'exchange', kind: 'trickle', milliseconds: 50 });
		const error = await superOfficeErrorOf(() => take('Cust12345', { timeout: 600 }));
		expect(error).toMatchObject({
			code: 'TIMEOUT',
			message: 'sod.superoffice.com did not answer in time.',
		});
	});

	test('times out for all concurrent callers, without another exchange', async () => {
		service.online.misbehave({ at: 'exchange', kind: 'hang' });
		const real = { clock: () => service.online.now(), timeout: 400 };
		const failures = await Promise.all(
			[1, 2, 3].map(() => superOfficeErrorOf(() => take('Cust12345', real))),
		);
		expect(failures.map(({ code }) => code)).toEqual(['TIMEOUT', 'TIMEOUT', 'TIMEOUT']);
		expect(service.online.counts.restExchanges).toBe(1);
	});

	test('fails for all waiting callers, and is requested again by the next', async () => {
		service.online.misbehave({ at: 'exchange', kind: 'refuse', reason: 'Denied', times: 1 });
		const failures = await Promise.all(
			[1, 2, 3].map(() => superOfficeErrorOf(() => take('Cust12345'))),
		);
		expect(failures.map(({ code }) => code)).toEqual(['REFUSED', 'REFUSED', 'REFUSED']);
		expect((await take('Cust12345')).reused).toBe(false);
	});
});

describe('the cache key of a ticket', () => {
	test.each([
		['environment', { environment: 'online' }],
		['tenant', { contextIdentifier: 'Cust54321' }],
		['client secret', { clientSecret: 'another' }],
		['system user token', { systemUserToken: 'Another-1234567890' }],
		['passphrase', { privateKeyPassphrase: 'another' }],
		['public key', { publicKey: 'pinned' }],
		['exchange protocol', { exchangeProtocol: 'soap' }],
		['private key', { privateKey: named(keyVectors.good, 'pkcs8-pem').text }],
	])('changes with the %s', (_, changes) => {
		expect(cacheKey(application('Cust12345', changes))).not.toBe(
			cacheKey(application('Cust12345')),
		);
	});

	test('ignores surrounding spaces and the case of the tenant', () => {
		expect(cacheKey(application('Cust12345', { contextIdentifier: ' CUST12345 ' }))).toBe(
			cacheKey(application('Cust12345')),
		);
	});
});
