import { AuthState, TicketStore, type SystemUserTicket } from '../../superoffice';
import { useSuperOfficeOnline } from './support/library';

const service = useSuperOfficeOnline();
const { http, application } = service;

let now: number;
let store: TicketStore;
const clientOptions = { clock: () => new Date(now) };
const ofTenant = (contextIdentifier: string) => application(contextIdentifier);

beforeEach(() => {
	now = service.online.now().getTime();
	store = new TicketStore(new AuthState());
});

const later = (milliseconds: number) => {
	now += milliseconds;
	service.online.advance(milliseconds);
};

describe('a ticket in place of one that failed', () => {
	const replace = async (options = {}) =>
		await store.renewTicket(ofTenant('Cust12345'), http, { ...clientOptions, ...options });

	test('is the same one if it is alive after all', async () => {
		const failed = await replace();
		expect((await replace({ failed })).ticket).toBe(failed.ticket);
		expect(service.online.counts).toMatchObject({ currentPrincipal: 1, exchanges: 1 });
	});

	test('is the same one without another look, if that was found alive within the last minute', async () => {
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

	test('is a new one if it is dead, even if it was alive a moment ago, and one for all', async () => {
		const failed = await replace();
		service.online.expireAllTickets();
		const replaced = await Promise.all([1, 2, 3].map(() => replace({ failed })));
		expect(new Set(replaced.map(({ ticket }) => ticket)).size).toBe(1);
		expect(replaced[0]!.ticket).not.toBe(failed.ticket);
		// One who learns late that his ticket is dead gets what the others got.
		expect((await replace({ failed })).ticket).toBe(replaced[0]!.ticket);
		expect(service.online.counts).toMatchObject({ exchanges: 2, currentPrincipal: 1 });
	});

	test('is the one that is held, for a caller without, if nobody can say whether it lives', async () => {
		const held = await replace();
		later(61_000);
		service.online.misbehave({ at: 'api', kind: 'status', status: 500 });
		expect((await replace()).ticket).toBe(held.ticket);
		expect(service.online.counts.exchanges).toBe(1);
	});

	test('is the same one where the tenant takes not even a new one, for a minute', async () => {
		service.online.misbehave({ at: 'api', kind: 'status', status: 401 });
		let failed: SystemUserTicket | undefined;
		for (let failure = 0; failure < 10; failure++) {
			failed = await replace({ failed });
			later(1000);
		}
		// The first one, and the one in its place.
		expect(service.online.counts.exchanges).toBe(2);
		later(60_000);
		await replace({ failed });
		expect(service.online.counts.exchanges).toBe(3);
	});

	test('is the one that failed, if that is alive, although there is a later one', async () => {
		const failed = await replace();
		later(1000);
		await store.getTicket(ofTenant('Cust12345'), http, {
			...clientOptions,
			alwaysRequestNew: true,
		});
		expect((await replace({ failed })).ticket).toBe(failed.ticket);
	});

	test('is a new one where all that are known are dead, each looked at once', async () => {
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

	test('is the same one if nobody can say whether it lives', async () => {
		const failed = await replace();
		service.online.misbehave({ at: 'api', kind: 'status', status: 500 });
		expect((await replace({ failed })).ticket).toBe(failed.ticket);
		expect(service.online.counts.exchanges).toBe(1);
	});
});
