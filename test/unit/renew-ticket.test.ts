import { AuthState, TicketStore, type SystemUserTicket } from '../../superoffice';
import { useSuperOfficeOnline } from './support/library';
import { useMachineClock } from './support/machine-clock';

const service = useSuperOfficeOnline();
const { http, application } = service;
const { clock, later } = useMachineClock(service);

let store: TicketStore;
const clientOptions = { clock };
const ofTenant = (contextIdentifier: string) => application(contextIdentifier);

beforeEach(() => {
	store = new TicketStore(new AuthState());
});

describe('renewing a ticket after a failure', () => {
	const replace = async (options = {}) =>
		await store.renewTicket(ofTenant('Cust12345'), http, { ...clientOptions, ...options });

	test('keeps it if it is alive after all', async () => {
		const failed = await replace();
		expect((await replace({ failed })).ticket).toBe(failed.ticket);
		expect(service.online.counts).toMatchObject({ currentPrincipal: 1, exchanges: 1 });
	});

	test('keeps it without another check if it was found alive within the last minute', async () => {
		const failed = await replace();
		for (let error = 0; error < 5; error++) {
			expect((await replace({ failed })).ticket).toBe(failed.ticket);
			later(11_000);
		}
		expect(service.online.counts.currentPrincipal).toBe(1);
		later(6_000);
		await replace({ failed });
		expect(service.online.counts).toMatchObject({ currentPrincipal: 2, exchanges: 1 });
	});

	test('requests one new ticket for all callers if it is dead, even if it was just alive', async () => {
		const failed = await replace();
		service.online.expireAllTickets();
		const replaced = await Promise.all([1, 2, 3].map(() => replace({ failed })));
		expect(new Set(replaced.map(({ ticket }) => ticket)).size).toBe(1);
		expect(replaced[0]!.ticket).not.toBe(failed.ticket);
		// A caller that finds out later gets the same new ticket.
		expect((await replace({ failed })).ticket).toBe(replaced[0]!.ticket);
		expect(service.online.counts).toMatchObject({ exchanges: 2, currentPrincipal: 1 });
	});

	test('gives a caller without a ticket the cached one if that cannot be checked', async () => {
		const held = await replace();
		later(61_000);
		service.online.misbehave({ at: 'api', kind: 'status', status: 500 });
		expect((await replace()).ticket).toBe(held.ticket);
		expect(service.online.counts.exchanges).toBe(1);
	});

	test('does not request another new ticket for a minute if the tenant rejects new ones, too', async () => {
		service.online.misbehave({ at: 'api', kind: 'status', status: 401 });
		let failed: SystemUserTicket | undefined;
		for (let failure = 0; failure < 10; failure++) {
			failed = await replace({ failed });
			later(1000);
		}
		// The first one and its replacement.
		expect(service.online.counts.exchanges).toBe(2);
		later(60_000);
		await replace({ failed });
		expect(service.online.counts.exchanges).toBe(3);
	});

	test('keeps the failed one if it is alive, even if there is a newer one', async () => {
		const failed = await replace();
		later(1000);
		await store.getTicket(ofTenant('Cust12345'), http, {
			...clientOptions,
			alwaysRequestNew: true,
		});
		expect((await replace({ failed })).ticket).toBe(failed.ticket);
	});

	test('requests a new ticket if all known ones are dead, after checking each once', async () => {
		const failed = await replace();
		later(1000);
		await store.getTicket(ofTenant('Cust12345'), http, {
			...clientOptions,
			alwaysRequestNew: true,
		});
		service.online.expireAllTickets();
		later(61_000);
		expect(service.online.isLive((await replace({ failed })).ticket)).toBe(true);
		expect(service.online.counts).toMatchObject({ exchanges: 3, currentPrincipal: 2 });
	});

	test('keeps it if it cannot be checked', async () => {
		const failed = await replace();
		service.online.misbehave({ at: 'api', kind: 'status', status: 500 });
		expect((await replace({ failed })).ticket).toBe(failed.ticket);
		expect(service.online.counts.exchanges).toBe(1);
	});

	test('returns the failed one, although the store does not have it, if it cannot be checked', async () => {
		const failed = await new TicketStore().renewTicket(ofTenant('Cust12345'), http, clientOptions);
		service.online.misbehave({ at: 'api', kind: 'status', status: 500 });
		expect((await replace({ failed })).ticket).toBe(failed.ticket);
		expect(service.online.counts.exchanges).toBe(1);
	});
});
