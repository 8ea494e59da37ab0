import {
	getSystemUserTicket,
	AuthState,
	TicketStore,
	type SystemUserCredentials,
} from '../../superoffice';
import { superOfficeErrorOf } from './support/errors';
import { useSuperOfficeOnline } from './support/library';
import { withExponent } from './support/odd-keys';
import { useMachineClock } from './support/machine-clock';

const service = useSuperOfficeOnline();
const { http, application } = service;
const machine = useMachineClock(service);
const { clock, later } = machine;

const minute = 60_000;
let state: AuthState;
beforeEach(() => {
	state = new AuthState();
});

const get = async (contextIdentifier = 'Cust12345', changes: Partial<SystemUserCredentials> = {}) =>
	await getSystemUserTicket(application(contextIdentifier, changes), http, {
		state,
		clock,
	});
/** Has the JWT's header name a key this way, or not at all. */
const name = (names: Record<string, unknown>, times?: number) =>
	service.online.misbehave({
		at: 'exchange',
		kind: 'jwt',
		times,
		change: (parts) => ({ ...parts, header: { alg: 'RS256', typ: 'JWT', ...names } }),
	});
const pick = (values: object, names: string[]) =>
	Object.fromEntries(Object.entries(values).filter(([key]) => names.includes(key)));

describe('the keys that SuperOffice publishes', () => {
	test('are fetched once a day, and once for all concurrent callers', async () => {
		await Promise.all([get(), get('Cust54321'), get('Cust12345')]);
		later(23 * 60 * minute);
		await get();
		expect(service.online.counts.jwks).toBe(1);
		later(61 * minute);
		await get();
		expect(service.online.counts.jwks).toBe(2);
	});

	test('are fetched again after the local clock is set back, which makes their age unknown', async () => {
		await get();
		machine.shift(-60 * minute);
		await get();
		expect(service.online.counts.jwks).toBe(2);
	});

	test('are cached per environment', async () => {
		await Promise.all([get('Cust12345'), get('Cust20001'), get('Cust30001')]);
		expect(service.online.counts.jwks).toBe(3);
		await Promise.all([get('Cust12345'), get('Cust20001'), get('Cust30001')]);
		expect(service.online.counts.jwks).toBe(3);
	});

	test('are shared by all stores with the same state, and no others', async () => {
		const options = { clock };
		const take = async (store: TicketStore, tenant: string) =>
			await store.getTicket(application(tenant), http, options);
		await take(new TicketStore(state), 'Cust12345');
		await take(new TicketStore(state), 'Cust54321');
		expect(service.online.counts.jwks).toBe(1);
		await take(new TicketStore(), 'Cust54321');
		expect(service.online.counts.jwks).toBe(2);
	});

	test('are fetched again after a key rotation, once for all callers', async () => {
		await get();
		await service.online.rollKey('sod');
		const tickets = await Promise.all([get(), get('Cust54321'), get()]);
		expect(tickets.map(({ ticket }) => service.online.isLive(ticket))).toEqual([true, true, true]);
		expect(service.online.counts.jwks).toBe(2);
	});

	test.each([
		['by kid', (jwk: { kid: string; x5t: string }) => ({ kid: jwk.kid })],
		['by x5t', (jwk: { kid: string; x5t: string }) => ({ x5t: jwk.x5t })],
		['not at all', () => ({})],
	])('are found if the header names them %s, even after a rotation', async (_, naming) => {
		await get();
		await service.online.rollKey('sod');
		const jwk = service.online.login('sod').jwks.keys.at(-1)!;
		name(naming(jwk));
		const { ticket } = await get();
		expect(service.online.isLive(ticket)).toBe(true);
		expect(service.online.counts.jwks).toBe(2);
	});

	test.each([
		['have no names', [], ['kid', 'x5t']],
		['have only a kid, like the header', ['kid'], ['kid']],
		['have only an x5t, like the header', ['x5t'], ['x5t']],
	])('are fetched again after a rotation, even if they %s', async (_, published, named) => {
		const publish = () => {
			const { keys } = service.online.login('sod').jwks;
			const body = JSON.stringify({
				keys: keys.map((jwk) => pick(jwk, ['n', 'e', 'kty', ...published])),
			});
			service.online.misbehave({ at: 'jwks', kind: 'body', body, contentType: 'application/json' });
			name(pick(keys.at(-1)!, named));
		};
		publish();
		await get();
		service.online.stopMisbehaving();
		await service.online.rollKey('sod');
		publish();
		const { ticket } = await get();
		expect(service.online.isLive(ticket)).toBe(true);
		expect(service.online.counts.jwks).toBe(2);
	});

	test('are fetched at most every 5 minutes because of an unknown key name', async () => {
		name({ kid: 'UNKNOWN' });
		const refused = async () => (await superOfficeErrorOf(() => get())).message;
		for (let round = 0; round < 5; round++) {
			expect(await refused()).toContain('a key that SuperOffice does not publish');
		}
		expect(service.online.counts.jwks).toBe(2);
		later(5 * minute - 1000);
		await refused();
		expect(service.online.counts.jwks).toBe(2);
		later(1000);
		await Promise.all([refused(), refused()]);
		expect(service.online.counts.jwks).toBe(3);
		service.online.stopMisbehaving();
		expect((await get()).ticket).toMatch(/^7T:/);
	});

	test('are forgotten if newer ones are needed and cannot be had, so that no exchange is made in vain again', async () => {
		await get();
		await service.online.rollKey('sod');
		service.online.resetCounts();
		service.online.misbehave({ at: 'jwks', kind: 'status', status: 503 });
		for (let round = 0; round < 5; round++) {
			expect((await superOfficeErrorOf(() => get())).code).toBe('UNAVAILABLE');
		}
		expect(service.online.counts.exchanges).toBe(1);
		service.online.stopMisbehaving();
		expect((await get()).ticket).toMatch(/^7T:/);
		expect(service.online.counts.exchanges).toBe(2);
	});

	test('are not fetched again if the key is known but the signature is wrong', async () => {
		const { kid } = service.online.login('sod').jwks.keys.at(-1)!;
		const signingKeyPem = service.online.application.privateKeyPem;
		service.online.misbehave({
			at: 'exchange',
			kind: 'jwt',
			change: (parts) => ({ ...parts, header: { ...parts.header, kid }, signingKeyPem }),
		});
		const error = await superOfficeErrorOf(() => get());
		expect(error.message).toContain('its signature was not made with SuperOffice’s key');
		expect(service.online.counts.jwks).toBe(1);
	});

	test('are not fetched again if something other than the key is wrong', async () => {
		service.online.misbehave({
			at: 'exchange',
			kind: 'jwt',
			change: ({ claims, ...parts }) => ({
				...parts,
				header: { alg: 'RS256', typ: 'JWT' },
				claims: { ...claims, exp: Number(claims.exp) - 86_400 },
			}),
		});
		const error = await superOfficeErrorOf(() => get());
		expect(error.message).toContain('it has expired');
		expect(service.online.counts.jwks).toBe(1);
	});

	test('are not fetched if Public Key is filled in, whatever key the header names', async () => {
		name({ kid: 'UNKNOWN' });
		const publicKey = service.online.login('sod').certificatePem;
		expect((await get('Cust12345', { publicKey })).ticket).toMatch(/^7T:/);
		expect(service.online.counts.jwks).toBe(0);
	});

	test('never override Public Key, even if the header names no key', async () => {
		name({});
		const publicKey = service.online.login('online').certificatePem;
		const error = await superOfficeErrorOf(() => get('Cust12345', { publicKey }));
		expect(error.message).toContain('its signature was not made with SuperOffice’s key');
		expect(service.online.counts.jwks).toBe(0);
	});

	test.each([
		['is longer than 64 KB', (keys: object[]) => ({ keys, more: 'x'.repeat(64 * 1024) })],
		['has only a key with exponent 1', () => ({ keys: [withExponent(1)] })],
	])('are not used if their list %s', async (_, change) => {
		const { keys } = service.online.login('sod').jwks;
		const body = JSON.stringify(change(keys));
		service.online.misbehave({ at: 'jwks', kind: 'body', body, contentType: 'application/json' });
		const { message } = await superOfficeErrorOf(() => get());
		expect(message).toContain('instead of its public keys');
	});

	test('are not cached if the response is invalid', async () => {
		service.online.misbehave({ at: 'jwks', kind: 'body', body: '{"keys":[]}', times: 1 });
		const { message } = await superOfficeErrorOf(() => get());
		expect(message).toContain('instead of its public keys');
		expect((await get()).ticket).toMatch(/^7T:/);
	});
});
