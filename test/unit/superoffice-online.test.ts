import type { AxiosInstance } from 'axios';
import {
	type Caller,
	createClient,
	startSuperOfficeOnline,
	type SuperOfficeOnline,
} from '../superoffice-online';
import { useService } from './support/service';

const MINUTE = 60 * 1000;
const HOUR = 60 * 60 * 1000;

let online: SuperOfficeOnline;
let caller: Caller;
let client: AxiosInstance;

useService((started) => {
	({ online, caller } = started);
	({ client } = caller);
});

describe("a tenant's API", () => {
	it('accepts only its own live tickets, and only with the application token', async () => {
		const ticket = await caller.newTicket('Cust12345');
		const { status, data } = await caller.call('Cust12345', ticket);
		expect(status).toBe(200);
		expect(data.DatabaseContextIdentifier).toBe('Cust12345');

		const refusals = [
			await caller.call('Cust12345', ticket, { appToken: '' }),
			await caller.call('Cust12345', ticket, { appToken: 'wrong' }),
			await caller.call('Cust12345', encodeURIComponent(ticket)),
			await caller.call('Cust54321', ticket),
		];
		for (const refusal of refusals) {
			expect(refusal.status).toBe(401);
			expect(refusal.data).toMatchObject({ Error: true, ErrorMessage: expect.any(String) });
		}
		expect(online.counts).toMatchObject({ unauthorized: 4, api: 5, currentPrincipal: 5 });
	});

	it('keeps a ticket alive for 6 hours after its last use', async () => {
		const ticket = await caller.newTicket('Cust12345');
		for (let use = 0; use < 3; use += 1) {
			online.advance(6 * HOUR - MINUTE);
			expect((await caller.call('Cust12345', ticket)).status).toBe(200);
		}
		online.advance(6 * HOUR);
		expect(online.isLive(ticket)).toBe(false);
		const dead = await caller.call('Cust12345', ticket);
		expect(dead.status).toBe(401);
		expect(Math.abs(Date.parse(dead.headers.date) - online.now().getTime())).toBeLessThan(5000);
		const fresh = await caller.newTicket('Cust12345');
		expect(online.isLive(fresh, 'cust12345')).toBe(true);
		online.expireAllTickets();
		expect((await caller.call('Cust12345', fresh)).status).toBe(401);
	});

	it('has companies and people of its own', async () => {
		const names = async (contextIdentifier: string, resource: string) => {
			const ticket = await caller.newTicket(contextIdentifier);
			const { data } = await caller.call(contextIdentifier, ticket, { resource });
			return JSON.stringify(data.value);
		};
		for (const resource of ['v1/Contact', 'v1/person']) {
			expect(await names('Cust30001', resource)).not.toBe(await names('Cust30002', resource));
		}
		const ticket = await caller.newTicket('Cust30001');
		const one = await caller.call('Cust30001', ticket, { resource: 'v1/Contact/1' });
		expect(one.data).toMatchObject({ ContactId: 1, Name: 'Northern Wind AB' });
		const none = await caller.call('Cust30001', ticket, { resource: 'v1/Contact/999' });
		expect(none.status).toBe(404);
		expect(none.data.ErrorType).toBe('SoNotFoundException');
	});

	it('lists the companies changed since a given time, page by page', async () => {
		const { contextIdentifier } = online.addTenant({ companies: 9 });
		const ticket = await caller.newTicket(contextIdentifier);
		const list = async (options: Record<string, string>) => {
			const resource = `v1/Contact?${new URLSearchParams(options)}`;
			return (await caller.call(contextIdentifier, ticket, { resource })).data;
		};
		const options = {
			$select: 'contactId,updatedDate',
			$filter: `updatedDate afterTime '${online.now().toISOString().slice(0, 19)}'`,
			$orderBy: 'contactId',
			$top: '2',
		};
		expect((await list(options)).value).toEqual([]);
		for (const contactId of [7, 3, 5]) online.updateCompany(contextIdentifier, contactId);
		const updatedDate = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
		const first = await list(options);
		expect(first.value).toEqual([
			{ PrimaryKey: '3', EntityName: 'contact', contactId: 3, updatedDate },
			{ PrimaryKey: '5', EntityName: 'contact', contactId: 5, updatedDate },
		]);
		const { searchParams } = new URL(first['odata.nextLink']);
		const second = await list(Object.fromEntries(searchParams));
		expect(second.value).toMatchObject([{ contactId: 7 }]);
		expect(second['odata.nextLink']).toBeNull();
		for (const wrong of [
			"updatedDate gt '2026-01-01'",
			"nothing afterTime '2026-01-01T00:00:00'",
		]) {
			expect(await list({ $filter: wrong })).toMatchObject({ ErrorType: 'ArgumentException' });
		}
	});

	it('answers 421 at the old host after a move, and its state gives the new one', async () => {
		const { contextIdentifier, apiHost } = online.addTenant();
		const ticket = await caller.newTicket(contextIdentifier);
		const stateUrl = `https://online.superoffice.com/api/state/${contextIdentifier}`;
		const api = (host: string) => `https://${host}/${contextIdentifier}/api`;
		expect((await client.get(stateUrl)).data).toMatchObject({ Api: api(apiHost), IsRunning: true });

		online.moveTenant(contextIdentifier, 'app.superoffice.com');
		const old = await client.get(`${api(apiHost)}/v1/Contact`);
		expect(old.status).toBe(421);
		expect(old.data.ErrorMessage).toBe('Wrong subdomain used to access tenant');
		expect((await client.get(stateUrl)).data.Api).toBe(api('app.superoffice.com'));
		expect((await caller.call(contextIdentifier, ticket)).status).toBe(200);

		online.setState(contextIdentifier, 'Suspended');
		expect((await client.get(stateUrl)).data).toMatchObject({
			State: 'Suspended',
			IsRunning: false,
		});
		expect((await caller.call(contextIdentifier, ticket)).status).toBe(503);
		const elsewhere = `https://sod.superoffice.com/api/state/${contextIdentifier}`;
		expect((await client.get(elsewhere)).data).toMatchObject({ State: 'Unknown', Api: null });
	});
});

describe('the proxy', () => {
	it('connects only to subdomains of superoffice.com', async () => {
		for (const host of ['example.com', 'sod.superoffice.com.example.com', 'superoffice.com']) {
			expect((await client.get(`https://${host}/`)).status).toBe(403);
		}
		expect(online.counts.strayConnects).toBe(3);
		expect(online.counts.strayHosts).toContain('sod.superoffice.com.example.com');
		expect(online.requests).toHaveLength(0);
	});

	it('closes at once, even with a keep-alive connection and a pending response', async () => {
		const other = await startSuperOfficeOnline({ authority: online.authority });
		const its = createClient(other);
		const get = (path: string) => its.get(`https://sod.superoffice.com${path}`);
		other.misbehave({ at: 'state', kind: 'hang' });
		await get('/login/.well-known/jwks');
		const due = get('/api/state/Cust12345');
		const failure = expect(due).rejects.toMatchObject({ code: 'ECONNRESET' });
		while (other.counts.state === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		const asked = performance.now();
		await other.close();
		expect(performance.now() - asked).toBeLessThan(500);
		await failure;
		await other.close();
	});
});
