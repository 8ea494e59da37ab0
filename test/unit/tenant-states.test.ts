import {
	getSystemUserTicket,
	AuthState,
	TicketStore,
	type SystemUserTicket,
} from '../../superoffice';
import type { TenantState } from '../superoffice-online';
import { superOfficeErrorOf } from './support/errors';
import { useSuperOfficeOnline } from './support/library';
import { useMachineClock } from './support/machine-clock';

const service = useSuperOfficeOnline();
const { http, application } = service;
const machine = useMachineClock(service);
const { clock, later } = machine;

const minute = 60_000;
let state: AuthState;
let tenant: string;
beforeEach(() => {
	state = new AuthState();
	tenant = service.online.addTenant({ apiHost: 'online2.superoffice.com' }).contextIdentifier;
});

const get = async () => await getSystemUserTicket(application(tenant), http, { state, clock });
const urlAt = (host: string) => `https://${host}.superoffice.com/${tenant}/api`;
/** The state's usual response, except for these fields. */
const answer = (changes: object) =>
	service.online.misbehave({
		at: 'state',
		kind: 'body',
		contentType: 'application/json',
		body: JSON.stringify({
			ContextIdentifier: tenant,
			State: 'Running',
			IsRunning: true,
			ValidUntil: new Date(clock().getTime() + 15 * minute).toISOString(),
			Api: urlAt('online3'),
			...changes,
		}),
	});

describe('the address of a tenant', () => {
	test('comes from its state rather than from the JWT', async () => {
		answer({ Api: `${urlAt('online7')}/` });
		expect((await get()).webApiUrl).toBe(urlAt('online7'));
	});

	test('is cached until ValidUntil, and fetched once for all concurrent callers', async () => {
		await Promise.all([get(), get(), get()]);
		later(14 * minute);
		await get();
		expect(service.online.counts.state).toBe(1);
		service.online.moveTenant(tenant, 'online3.superoffice.com');
		later(2 * minute);
		expect((await get()).webApiUrl).toBe(urlAt('online3'));
		expect(service.online.counts.state).toBe(2);
	});

	test('is cached for a limited number of tenants', async () => {
		state = new AuthState(2);
		const others = [1, 2].map(() => service.online.addTenant().contextIdentifier);
		await get();
		for (const other of others) await getSystemUserTicket(application(other), http, { state });
		expect(service.online.counts.state).toBe(3);
		await getSystemUserTicket(application(others[1]!), http, { state });
		expect(service.online.counts.state).toBe(3);
		await get();
		expect(service.online.counts.state).toBe(4);
	});

	test.each<[string, (validUntil: string) => unknown, number]>([
		['without a time zone, which is UTC', (text) => text.replace('Z', ''), 1],
		['not given', () => undefined, 2],
		['in the past', () => '2020-01-01T00:00:00Z', 2],
	])('is fetched again only if needed when ValidUntil is %s', async (_, change, requests) => {
		answer({ ValidUntil: change(new Date(clock().getTime() + 15 * minute).toISOString()) });
		await get();
		await get();
		expect(service.online.counts.state).toBe(requests);
	});

	test('expires by SuperOffice’s clock when the local clock is wrong', async () => {
		machine.shift(-3 * minute);
		await get();
		later(14 * minute);
		await get();
		expect(service.online.counts.state).toBe(1);
		later(2 * minute);
		await get();
		expect(service.online.counts.state).toBe(2);
	});

	test.each<[string, Parameters<typeof service.online.misbehave>[0]]>([
		['fails', { at: 'state', kind: 'status', status: 500 }],
		['is not found', { at: 'state', kind: 'status', status: 404 }],
		['resets the connection', { at: 'state', kind: 'reset' }],
		['is a web page', { at: 'state', kind: 'body', body: '<html></html>' }],
		['is empty', { at: 'state', kind: 'body', body: '{}' }],
		['redirects elsewhere', { at: 'state', kind: 'redirect', location: 'https://evil.example/' }],
	])('falls back to the JWT’s if the state %s', async (_, misbehaviour) => {
		service.online.misbehave(misbehaviour);
		expect((await get()).webApiUrl).toBe(urlAt('online2'));
		expect(service.online.counts).toMatchObject({ state: 1, exchanges: 1, strayConnects: 0 });
	});

	test('must be in the state or in the JWT', async () => {
		service.online.misbehave({ at: 'state', kind: 'status', status: 500 });
		service.online.misbehave({
			at: 'exchange',
			kind: 'jwt',
			change: (parts) => {
				const claims = { ...parts.claims };
				delete claims['http://schemes.superoffice.net/identity/webapi_url'];
				return { ...parts, claims };
			},
		});
		const { message } = await superOfficeErrorOf(() => get());
		expect(message).toContain('it gives no web API address on superoffice.com');
	});

	test('falls back to the JWT’s if the state hangs, with time left for the exchange', async () => {
		service.online.misbehave({ at: 'state', kind: 'hang' });
		const { webApiUrl } = await getSystemUserTicket(application(tenant), http, {
			state,
			timeout: 1000,
		});
		expect(webApiUrl).toBe(urlAt('online2'));
	});

	test.each([
		'https://superoffice.com.evil.example/Cust1/api',
		'http://online2.superoffice.com/Cust1/api',
		'https://online2.superoffice.com:8443/Cust1/api',
	])('is rejected if it is %s, and no exchange is made', async (Api) => {
		answer({ Api });
		const error = await superOfficeErrorOf(() => get());
		expect(error.code).toBe('UNEXPECTED_ANSWER');
		expect(service.online.counts).toMatchObject({ exchanges: 0, strayConnects: 0 });
	});
});

describe('a tenant that is not running', () => {
	const cases: Array<[TenantState, number, string, RegExp]> = [
		['Unknown', 0, 'is not known in Production.', /Context Identifier and Environment/],
		['Provisioning', 1, 'is still being set up.', /later/],
		['Deleted', 3, 'has been deleted.', /administrator/],
		['Suspended', 4, 'is suspended.', /administrator/],
		['OfflineMaintenance', 6, 'is under maintenance.', /status\.superoffice\.com/],
		['ProvisioningFailed', 8, 'could not be set up.', /support/],
		['Deleting', 10, 'is being deleted.', /administrator/],
		['DeleteFailed', 11, 'is being deleted.', /administrator/],
		['MigrationPending', 12, 'is being moved.', /later/],
	];

	test.each(cases)(
		'gets no ticket, and an error that says so: %s',
		async (state, _, what, hint) => {
			service.online.setState(tenant, state);
			const error = await superOfficeErrorOf(() => get());
			expect(error).toMatchObject({
				code: 'TENANT_NOT_RUNNING',
				message: `The tenant ${tenant} ${what}`,
			});
			expect(error.hint).toMatch(hint);
			expect(service.online.counts).toMatchObject({ exchanges: 0, refusals: 0, restExchanges: 0 });
		},
	);

	test.each(cases)('is also recognized by the number of its state: %s', async (_, number, what) => {
		answer({ State: number, IsRunning: false, Api: null });
		const { message } = await superOfficeErrorOf(() => get());
		expect(message).toBe(`The tenant ${tenant} ${what}`);
	});

	test('is also recognized by an unknown state', async () => {
		answer({ State: 'Hibernating', IsRunning: false, Api: null });
		const { message } = await superOfficeErrorOf(() => get());
		expect(message).toBe(`The tenant ${tenant} is not running.`);
	});

	test.each([
		{ State: 'OnlineMaintenance', IsRunning: true },
		{ State: 5, IsRunning: false },
		{ State: 2 },
		{ State: 'Hibernating', IsRunning: true },
	])('is not a tenant whose web API works: %j', async (changes) => {
		answer(changes);
		expect((await get()).ticket).toMatch(/^7T:/);
	});

	test('gets a ticket as soon as it runs again', async () => {
		service.online.setState(tenant, 'Suspended');
		await superOfficeErrorOf(() => get());
		service.online.setState(tenant, 'Running');
		expect((await get()).ticket).toMatch(/^7T:/);
	});
});

describe('a ticket of a tenant that has moved', () => {
	let store: TicketStore;
	beforeEach(() => (store = new TicketStore(state)));
	const take = async (known?: SystemUserTicket) =>
		await store.getTicket(application(tenant), http, { clock, known });

	test('stays in use, at the new address', async () => {
		const { ticket } = await take();
		later(2 * minute);
		service.online.moveTenant(tenant, 'online3.superoffice.com');
		const { ticket: moved, reused } = await take();
		expect(reused).toBe(true);
		expect(moved).toMatchObject({ ticket: ticket.ticket, webApiUrl: urlAt('online3') });
		expect(service.online.counts).toMatchObject({ exchanges: 1, state: 2 });
	});

	test('is given the new address for a caller that holds the old one', async () => {
		const failed = await store.renewTicket(application(tenant), http, {
			clock,
		});
		service.online.moveTenant(tenant, 'online3.superoffice.com');
		const moved = await store.renewTicket(application(tenant), http, {
			clock,
			failed,
		});
		expect(moved).toMatchObject({ ticket: failed.ticket, webApiUrl: urlAt('online3') });
		expect(service.online.counts.exchanges).toBe(1);
	});

	test('fails with an explanation while no host serves the tenant', async () => {
		await take();
		later(2 * minute);
		service.online.misbehave({ at: 'api', kind: 'status', status: 421 });
		const error = await superOfficeErrorOf(() => take());
		expect(error.code).toBe('TENANT_NOT_RUNNING');
		expect(error.message).toContain('It is probably being moved');
		expect(service.online.counts.exchanges).toBe(1);
	});

	test('is not checked while the tenant is suspended', async () => {
		await take();
		later(20 * minute);
		service.online.setState(tenant, 'Suspended');
		const { message } = await superOfficeErrorOf(() => take());
		expect(message).toBe(`The tenant ${tenant} is suspended.`);
		expect(service.online.counts.currentPrincipal).toBe(0);
	});
});
