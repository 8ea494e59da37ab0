import { setTimeout as sleep } from 'node:timers/promises';

import { getSystemUserTicket, AuthState, TicketStore, type Http } from '../../superoffice';
import { mostInASecond } from '../superoffice-online';
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

	test('share the limit with its ticket checks', async () => {
		const tenants = newTenants(8);
		const store = new TicketStore(state);
		const known = await Promise.all(
			tenants.map((tenant) => ask(tenant, { state: new AuthState() })),
		);
		service.online.resetCounts();
		await Promise.all([
			...tenants.map((tenant, index) =>
				store.getTicket(application(tenant), service.http, { sleep, known: known[index] }),
			),
			...newTenants(8).map((tenant) => ask(tenant)),
		]);
		expect(service.online.counts).toMatchObject({ currentPrincipal: 8, exchanges: 8 });
		const calls = service.online.requests.filter(({ headers, body }) =>
			[headers['so-apptoken'], body].join().includes(service.online.application.clientSecret),
		);
		expect(calls).toHaveLength(16);
		expect(mostInASecond(calls)).toBeLessThanOrEqual(10);
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
