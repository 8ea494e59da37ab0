import { setTimeout as sleep } from 'node:timers/promises';

import {
	getSystemUserTicket,
	AuthState,
	TicketStore,
	type Http,
	type SystemUserTicket,
} from '../../superoffice';
import { mostAtOnce, mostInASecond } from '../superoffice-online';
import { superOfficeErrorOf } from './support/errors';
import { useSuperOfficeOnline } from './support/library';

const service = useSuperOfficeOnline();
const { application } = service;

let state: AuthState;
beforeEach(() => (state = new AuthState()));

const newTenants = (count: number) =>
	Array.from({ length: count }, () => service.online.addTenant().contextIdentifier);
const ask = async (tenant: string, options = {}, http = service.http) =>
	await getSystemUserTicket(application(tenant), http, { state, sleep, ...options });
const exchanges = () => service.online.requests.filter(({ method }) => method === 'POST');
const rate = () => mostInASecond(exchanges());
const checks = () =>
	service.online.requests.filter(({ path }) => path.endsWith('/currentPrincipal'));

/** A living ticket for each of these tenants, as other processes have made them. */
const ticketsFor = async (tenants: string[]) => {
	const { publicKeyPem: publicKey } = service.online.login('online');
	const tickets = await Promise.all(
		tenants.map((tenant) => getSystemUserTicket(application(tenant, { publicKey }), service.http)),
	);
	service.online.resetCounts();
	return tickets;
};
const check = async (tickets: SystemUserTicket[], http = service.http) => {
	const store = new TicketStore(state);
	const checkOne = async (failed: SystemUserTicket) =>
		await store.renewTicket(application(failed.contextIdentifier), http, { sleep, failed });
	return await Promise.all(tickets.map(checkOne));
};

/** A network on which some requests take longer to arrive than others. */
const unevenly: Http = async (request) => {
	await sleep(Math.random() * 500);
	return await service.http(request);
};

describe('exchanges of one application', () => {
	test('never exceed 10 in any second, whatever the network latency', async () => {
		// Connects first: the time that takes would distort the rate.
		await Promise.all(newTenants(3).map((tenant) => ask(tenant)));
		service.online.resetCounts();
		const tenants = newTenants(40);
		const tickets = await Promise.all(tenants.map((tenant) => ask(tenant, {}, unevenly)));
		tickets.forEach(({ ticket }, index) =>
			expect(service.online.isLive(ticket, tenants[index])).toBe(true),
		);
		expect(exchanges()).toHaveLength(40);
		expect(rate()).toBeLessThanOrEqual(10);
	});

	test('are rate-limited when retried, too', async () => {
		service.online.misbehave({ at: 'exchange', kind: 'status', status: 503, times: 10 });
		await Promise.all(newTenants(12).map((tenant) => ask(tenant)));
		expect(exchanges()).toHaveLength(22);
		expect(rate()).toBeLessThanOrEqual(10);
	});

	test('do not time out while queued, and neither do callers that joined them', async () => {
		const tenants = newTenants(21);
		const store = new TicketStore(state);
		const take = async (tenant: string) =>
			await store.getTicket(application(tenant), service.http, { sleep, timeout: 1500 });
		await Promise.all([...tenants, ...tenants].map(take));
		expect(service.online.counts.exchanges).toBe(21);
	});

	test('do not hold up those of another application', async () => {
		const many = newTenants(15).map((tenant) => ask(tenant));
		const [tenant] = newTenants(1);
		const other = application(tenant!, { clientSecret: 'another' });
		const options = { state, sleep };
		await superOfficeErrorOf(() => getSystemUserTicket(other, service.http, options));
		expect(exchanges().length).toBeLessThan(15);
		await Promise.all(many);
	});

	test('do not wait for others that hang', async () => {
		service.online.misbehave({ at: 'exchange', kind: 'hang', milliseconds: 4000, times: 10 });
		let waiting = 0;
		const counting: Http = async (request) => {
			waiting += 1;
			return await service.http(request).finally(() => (waiting -= 1));
		};
		const hung = newTenants(10).map((tenant) => ask(tenant, {}, counting));
		while (exchanges().length < 10) await sleep(10);
		await Promise.all(newTenants(5).map((tenant) => ask(tenant)));
		// All ten are still on their first attempt.
		expect(waiting).toBe(10);
		await Promise.all(hung);
	});

	test.each([-1, 1])('keep to the limit when the clock is moved by %d hour', async (hours) => {
		let offset = 0;
		const clock = () => new Date(Date.now() + offset);
		await Promise.all(newTenants(10).map((tenant) => ask(tenant, { clock })));
		offset = hours * 60 * 60 * 1000;
		service.online.advance(offset);
		await Promise.all(newTenants(10).map((tenant) => ask(tenant, { clock })));
		service.online.advance(-offset);
		expect(exchanges()).toHaveLength(20);
		expect(rate()).toBeLessThanOrEqual(10);
	});
});

describe('ticket checks', () => {
	test('never exceed 10 in any second at one tenant, whatever the network latency', async () => {
		const [tenant] = newTenants(1);
		const tickets = await ticketsFor(Array<string>(25).fill(tenant!));
		// The same tenant, as another user may write it.
		tickets.slice(12).forEach((ticket) => (ticket.contextIdentifier = tenant!.toUpperCase()));
		await check(tickets, unevenly);
		expect(service.online.counts).toMatchObject({ currentPrincipal: 25, exchanges: 0 });
		expect(mostInASecond(checks())).toBeLessThanOrEqual(10);
	});

	test('at many tenants do not wait for each other, and at most 20 are under way at once', async () => {
		const tickets = await ticketsFor(newTenants(40));
		service.online.misbehave({ at: 'api', kind: 'slow', milliseconds: 1000 });
		await check(tickets);
		expect(service.online.counts).toMatchObject({ currentPrincipal: 40, exchanges: 0 });
		// With one limit for all tenants, ten would be the most.
		expect(mostAtOnce(checks())).toBeGreaterThan(10);
		expect(mostAtOnce(checks())).toBeLessThanOrEqual(20);
	});

	test('do not wait for exchanges', async () => {
		const tickets = await ticketsFor(newTenants(15));
		const exchanging = newTenants(30).map((tenant) => ask(tenant));
		while (exchanges().length < 10) await sleep(10);
		await check(tickets);
		expect(checks()).toHaveLength(15);
		expect(exchanges().length).toBeLessThan(30);
		await Promise.all(exchanging);
		expect(rate()).toBeLessThanOrEqual(10);
	});

	test('do not hold up exchanges, not even at the same tenant', async () => {
		const [tenant] = newTenants(1);
		const tickets = await ticketsFor(Array<string>(25).fill(tenant!));
		const checking = check(tickets);
		await Promise.all([tenant!, ...newTenants(5)].map((one) => ask(one)));
		expect(checks().length).toBeLessThan(25);
		await checking;
	});
});
