import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import type { AxiosInstance, AxiosRequestConfig, AxiosResponse } from 'axios';
import * as jsonwebtoken from 'jsonwebtoken';
import {
	type Caller,
	createClient,
	type Misbehaviour,
	type Place,
	startSuperOfficeOnline,
	type SuperOfficeOnline,
} from '../superoffice-online';
import { useService } from './support/service';

const IDENTITY = 'http://schemes.superoffice.net/identity/';
const LOGIN = 'https://sod.superoffice.com';

/** A request to each place; the responses do not matter. */
const REQUESTS: Record<Place, AxiosRequestConfig> = {
	exchange: { method: 'POST', url: `${LOGIN}/login/api/PartnerSystemUser/Authenticate`, data: {} },
	jwks: { url: `${LOGIN}/login/.well-known/jwks` },
	state: { url: `${LOGIN}/api/state/Cust12345` },
	api: { url: 'https://sod2.superoffice.com/Cust12345/api/v1/User/currentPrincipal' },
};

let online: SuperOfficeOnline;
let caller: Caller;
let client: AxiosInstance;

useService((started) => {
	({ online, caller } = started);
	({ client } = caller);
});
beforeEach(() => {
	jest.spyOn(global, 'setInterval');
	jest.spyOn(global, 'clearInterval');
});
afterEach(() => jest.restoreAllMocks());

describe('misbehaviour', () => {
	it('happens in the requested order, then stops', async () => {
		online.misbehave({ at: 'exchange', kind: 'status', status: 503, body: 'busy', times: 1 });
		online.misbehave({ at: 'exchange', kind: 'reset', times: 1 });
		online.misbehave({ at: 'exchange', kind: 'cut', times: 1 });
		online.misbehave({ at: 'exchange', kind: 'hang', milliseconds: 20, times: 1 });
		online.misbehave({ at: 'exchange', kind: 'body', body: '<html>', times: 1 });
		online.misbehave({ at: 'exchange', kind: 'redirect', location: '/elsewhere', times: 1 });
		online.misbehave({ at: 'exchange', kind: 'refuse', reason: 'Revoked', times: 1 });
		online.misbehave({ at: 'exchange', kind: 'slow', milliseconds: 50, times: 1 });

		expect(await caller.exchange('Cust12345')).toMatchObject({ status: 503, data: 'busy' });
		await expect(caller.exchange('Cust12345')).rejects.toMatchObject({ code: 'ECONNRESET' });
		await expect(caller.exchange('Cust12345')).rejects.toMatchObject({ isAxiosError: true });
		await expect(caller.exchange('Cust12345')).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(await caller.exchange('Cust12345')).toMatchObject({ status: 200, data: '<html>' });
		expect((await caller.exchange('Cust12345')).headers.location).toBe('/elsewhere');
		expect((await caller.exchange('Cust12345')).data.ErrorMessage).toMatch(/^Revoked/);
		const asked = performance.now();
		expect((await caller.exchange('Cust12345')).data.IsSuccessful).toBe(true);
		expect(performance.now() - asked).toBeGreaterThan(45);
		expect((await caller.exchange('Cust12345')).data.IsSuccessful).toBe(true);
		expect(online.requests.map(({ status }) => status)).toEqual([
			503,
			undefined,
			200,
			undefined,
			200,
			302,
			200,
			200,
			200,
		]);
	});

	it('can be limited to one tenant, and stopped', async () => {
		online.misbehave({ at: 'api', kind: 'status', status: 500, contextIdentifier: 'cust54321' });
		const [one, two] = [await caller.newTicket('Cust12345'), await caller.newTicket('Cust54321')];
		expect((await caller.call('Cust12345', one)).status).toBe(200);
		expect((await caller.call('Cust54321', two)).status).toBe(500);
		expect((await caller.call('Cust54321', two)).status).toBe(500);
		online.stopMisbehaving();
		expect((await caller.call('Cust54321', two)).status).toBe(200);
	});

	it.each(['RS256', 'RS512', 'PS256', 'HS256', 'none'])('forges a JWT with %s', async (alg) => {
		online.misbehave({
			at: 'exchange',
			kind: 'jwt',
			change: ({ header, claims, signingKeyPem }) => ({
				header: { ...header, alg },
				claims: { ...claims, iat: String(claims.iat), [`${IDENTITY}ctx`]: 'Cust1' },
				signingKeyPem,
			}),
		});
		const { data } = await caller.exchange('Cust12345');
		const jwt = jsonwebtoken.decode(data.Token, { complete: true })!;
		expect(jwt.header.alg).toBe(alg);
		expect(jwt.payload).toMatchObject({ [`${IDENTITY}ctx`]: 'Cust1', iat: expect.any(String) });
		if (alg === 'RS256') caller.verified('sod', data.Token);
		else expect(() => caller.verified('sod', data.Token)).toThrow();
	});

	it('sends a refusal or a JWT with another Date', async () => {
		const headers = { Date: 'Thu, 01 Jan 2099 00:00:00 GMT' };
		online.misbehave({ at: 'exchange', kind: 'refuse', reason: 'Revoked', headers, times: 1 });
		online.misbehave({ at: 'exchange', kind: 'jwt', change: (parts) => parts, headers });
		for (const isSuccessful of [false, true]) {
			const { data, headers: sent } = await caller.exchange('Cust12345');
			expect([data.IsSuccessful, sent.date]).toEqual([isSuccessful, headers.Date]);
		}
	});

	describe.each<Place>(['exchange', 'jwks', 'state', 'api'])('at the %s', (at) => {
		it('trickles the usual response, headers first, until the client disconnects', async () => {
			const right = await client.request(REQUESTS[at]);
			online.misbehave({ at, kind: 'trickle', milliseconds: 10 });
			const asked = performance.now();
			const { status, headers, data } = await stream(at, online);
			expect(status).toBe(right.status);
			expect(headers['content-length']).toBe(right.headers['content-length']);
			const start = await startOf(data, 5);
			expect(performance.now() - asked).toBeGreaterThan(45);
			expect(JSON.stringify(right.data).startsWith(start)).toBe(true);
			data.destroy();
			await untilQuiet();
		});

		it('floods with what looks like JSON', async () => {
			online.misbehave({ at, kind: 'flood', bytes: 300_000 });
			const { status, headers, data } = await client.request(REQUESTS[at]);
			expect(status).toBe(200);
			expect(headers['content-type']).toContain('application/json');
			expect(headers['content-length']).toBeUndefined();
			expect(data).toHaveLength(300_000);
			expect(data).toMatch(/^{"value":"x/);
		});
	});

	it('trickles a response to its end', async () => {
		const ticket = await caller.newTicket('Cust12345');
		const right = await caller.call('Cust12345', ticket);
		online.misbehave({ at: 'api', kind: 'trickle', milliseconds: 1, times: 1 });
		expect(await caller.call('Cust12345', ticket)).toMatchObject({ status: 200, data: right.data });
		expect(online.tickets.at(-1)).toMatchObject({ ticket, uses: 2 });
	});

	it('floods until the client disconnects', async () => {
		online.misbehave({ at: 'state', kind: 'flood', bytes: Infinity });
		const { data } = await stream('state', online);
		await startOf(data, 1_000_000);
		data.destroy();
		await untilQuiet();
	});

	it.each<Misbehaviour>([
		{ at: 'state', kind: 'trickle', milliseconds: 60 },
		{ at: 'state', kind: 'flood', bytes: Infinity },
	])('stops a $kind when the service closes', async (order) => {
		const other = await startSuperOfficeOnline({ authority: online.authority });
		other.misbehave(order);
		const { data } = await stream(order.at, other);
		await startOf(data, 1);
		const failure = expect(finished(data)).rejects.toMatchObject({ code: 'ECONNRESET' });
		const asked = performance.now();
		await other.close();
		expect(performance.now() - asked).toBeLessThan(500);
		data.resume();
		await failure;
		await untilQuiet();
	});
});

/** Sends a request on a connection of its own, and streams the response. */
async function stream(at: Place, from: SuperOfficeOnline): Promise<AxiosResponse<Readable>> {
	return await createClient(from).request({ ...REQUESTS[at], responseType: 'stream' });
}

/** Reads at least this many bytes of a response that may never end. */
async function startOf(answer: Readable, bytes: number): Promise<string> {
	let start = '';
	for await (const chunk of answer.iterator({ destroyOnReturn: false })) {
		start += chunk;
		if (start.length >= bytes) break;
	}
	return start;
}

/** Waits until every connection is closed on both sides, and the service has stopped every timer. */
async function untilQuiet(): Promise<void> {
	const isOpen = () => process.getActiveResourcesInfo().includes('TCPSocketWrap');
	const stopped = () => jest.mocked(clearInterval).mock.calls.map(([timer]) => timer);
	const isTiming = () =>
		jest.mocked(setInterval).mock.results.some(({ value }) => !stopped().includes(value));
	while (isOpen() || isTiming()) await setTimeout(5);
}
