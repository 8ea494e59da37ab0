import type { IDataObject } from 'n8n-workflow';

import { mostAtOnce, mostInASecond } from '../superoffice-online';
import { useEngine } from './support/engine';
import { useMovableDate } from './support/movable-date';
import { chain, credentialId, numbered, ticketNode } from './support/workflows';

const n8n = useEngine();
const { later } = useMovableDate();

const ofItem = {
	tenant: 'define',
	contextIdentifier: '={{ $json.tenant }}',
	systemUserToken: '={{ $json.token }}',
};

/** Items, each for a new tenant of its own. */
const newTenants = (count: number) => {
	n8n.useNewTenant();
	return Array.from({ length: count }, () => {
		const { contextIdentifier: tenant, systemUserToken: token } = n8n.online.addTenant();
		return { tenant, token };
	});
};

const askedFor = () =>
	n8n.online.requests
		.filter(({ method }) => method === 'POST')
		.map(({ contextIdentifier }) => contextIdentifier);

describe('Get System User Ticket for many items', () => {
	test('of one tenant makes one exchange, in a later run one check, and within a minute neither', async () => {
		n8n.useNewTenant();
		const counts = [];
		for (const pause of [0, 61_000, 1000]) {
			later(pause);
			n8n.online.resetCounts();
			const { output, error } = await n8n.engine.run(chain(ticketNode()), {
				triggerItems: numbered(1000),
			});
			expect(error).toBeUndefined();
			const tickets = new Set(output('Ticket').map(({ json }) => String(json.ticket)));
			expect(output('Ticket')).toHaveLength(1000);
			expect([...tickets].map((ticket) => n8n.online.isLive(ticket))).toEqual([true]);
			const { exchanges, api } = n8n.online.counts;
			counts.push({ exchanges, api });
		}
		// The first run ends with the one call by which n8n stores the ticket.
		expect(counts).toEqual([
			{ exchanges: 1, api: 1 },
			{ exchanges: 0, api: 1 },
			{ exchanges: 0, api: 0 },
		]);
	});

	test('stores the ticket that replaces a dead one in the credential', async () => {
		n8n.useNewTenant();
		await n8n.engine.run(chain(ticketNode()));
		n8n.online.expireAllTickets();
		later(61_000);
		const { output } = await n8n.engine.run(chain(ticketNode()));
		const [item] = output('Ticket');
		expect(item!.json.reused).toBe(false);
		expect(n8n.engine.credentials.get(credentialId).data.ticket).toBe(item!.json.ticket);
	});

	test('of many tenants makes one exchange for each, in item order, at most 10 a second', async () => {
		const tenants = newTenants(25);
		const triggerItems = [...tenants, ...[...tenants].reverse()];
		const { output, error } = await n8n.engine.run(chain(ticketNode(ofItem)), { triggerItems });
		expect(error).toBeUndefined();
		const items = output('Ticket');
		expect(items.map(({ json }) => json.contextIdentifier)).toEqual(
			triggerItems.map(({ tenant }) => tenant),
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			triggerItems.map((_, item) => ({ item })),
		);
		items.forEach(({ json }, index) =>
			expect(n8n.online.isLive(String(json.ticket), triggerItems[index]!.tenant)).toBe(true),
		);
		expect(items.map(({ json }) => json.reused)).toEqual([
			...Array(25).fill(false),
			...Array(25).fill(true),
		]);
		expect(n8n.online.counts.exchanges).toBe(25);
		const posts = n8n.online.requests.filter(({ method }) => method === 'POST');
		expect(mostInASecond(posts)).toBeLessThanOrEqual(10);
	});

	test('of many tenants with living tickets checks each once, many tenants at once but at most 20', async () => {
		const triggerItems = newTenants(40);
		const workflow = chain(ticketNode(ofItem));
		const before = await n8n.engine.run(workflow, { triggerItems });
		later(61_000);
		n8n.online.resetCounts();
		n8n.online.misbehave({ at: 'api', kind: 'slow', milliseconds: 1000 });
		const { output, error } = await n8n.engine.run(workflow, { triggerItems });
		expect(error).toBeUndefined();
		const facts = ({ json }: { json: IDataObject }) => [json.contextIdentifier, json.ticket];
		expect(output('Ticket').map(facts)).toEqual(before.output('Ticket').map(facts));
		expect(output('Ticket').every(({ json }) => json.reused)).toBe(true);
		expect(n8n.online.counts).toMatchObject({ currentPrincipal: 40, exchanges: 0 });
		const checks = n8n.online.requests.filter(({ path }) => path.endsWith('/currentPrincipal'));
		expect(new Set(checks.map(({ contextIdentifier }) => contextIdentifier)).size).toBe(40);
		// With one limit for all tenants, ten would be the most.
		expect(mostAtOnce(checks)).toBeGreaterThan(10);
		expect(mostAtOnce(checks)).toBeLessThanOrEqual(20);
	});

	test('resolves expressions in the credential for each item', async () => {
		n8n.useNewTenant({
			contextIdentifier: '={{ $json.tenant }}',
			systemUserToken: '={{ $json.token }}',
		});
		const [one, other] = [1, 2].map(() => {
			const { contextIdentifier: tenant, systemUserToken: token } = n8n.online.addTenant();
			return { tenant, token };
		});
		const triggerItems = [one!, one!, other!, one!];
		const { output, error } = await n8n.engine.run(chain(ticketNode()), { triggerItems });
		expect(error).toBeUndefined();
		output('Ticket').forEach(({ json }, index) =>
			expect(n8n.online.isLive(String(json.ticket), triggerItems[index]!.tenant)).toBe(true),
		);
		// The API call is the one by which n8n stores the first item’s ticket.
		expect(n8n.online.counts).toMatchObject({ exchanges: 2, api: 1 });
	});

	test('serves the other tenants while one hangs', async () => {
		const triggerItems = newTenants(6);
		const hanging = triggerItems[0]!.tenant;
		n8n.online.misbehave({
			at: 'exchange',
			kind: 'hang',
			milliseconds: 1500,
			times: 1,
			contextIdentifier: hanging,
		});
		const { output, error } = await n8n.engine.run(chain(ticketNode(ofItem)), { triggerItems });
		expect(error).toBeUndefined();
		expect(output('Ticket').map(({ json }) => json.contextIdentifier)).toEqual(
			triggerItems.map(({ tenant }) => tenant),
		);
		expect(askedFor()).toHaveLength(7);
		expect(askedFor().at(-1)).toBe(hanging);
	});

	test('starts no more exchanges after a failure, and reports the first item that failed', async () => {
		const triggerItems = newTenants(40);
		n8n.online.misbehave({ at: 'exchange', kind: 'refuse', reason: 'Denied' });
		const { error } = await n8n.engine.run(chain(ticketNode(ofItem)), { triggerItems });
		expect(error).toMatchObject({ context: { itemIndex: 0 } });
		expect(askedFor().length).toBeLessThanOrEqual(20);
	});

	test('starts no more exchanges after the run is canceled', async () => {
		const triggerItems = newTenants(40);
		n8n.online.misbehave({ at: 'exchange', kind: 'slow', milliseconds: 500 });
		const cancelling = new AbortController();
		const running = n8n.engine.run(chain(ticketNode(ofItem)), {
			triggerItems,
			signal: cancelling.signal,
		});
		while (askedFor().length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
		cancelling.abort();
		await running.catch(() => undefined);
		await new Promise((resolve) => setTimeout(resolve, 2000));
		expect(askedFor().length).toBeLessThanOrEqual(20);
	});

	test('sends nothing if an item has invalid parameters and the node stops on errors', async () => {
		const triggerItems = newTenants(2);
		const parameters = { ...ofItem, tenant: '={{ $itemIndex === 1 ? "nobody" : "define" }}' };
		const { error } = await n8n.engine.run(chain(ticketNode(parameters)), { triggerItems });
		expect(error).toMatchObject({
			message: 'Tenant is not one of its choices.',
			context: { itemIndex: 1 },
		});
		expect(askedFor()).toEqual([]);
	});

	test('uses and stores the credential’s ticket even if its tenant is defined by an item', async () => {
		const contextIdentifier = n8n.useNewTenant();
		const { systemUserToken } = n8n.online.tenant(contextIdentifier);
		const parameters = { tenant: 'define', contextIdentifier, systemUserToken };
		const { output } = await n8n.engine.run(chain(ticketNode(parameters)));
		expect(n8n.engine.credentials.get(credentialId).data.ticket).toBe(
			output('Ticket')[0]!.json.ticket,
		);
	});

	test('requests a new ticket only for the items with Always Request New', async () => {
		n8n.useNewTenant();
		const [first] = (await n8n.engine.run(chain(ticketNode()))).output('Ticket');
		n8n.online.resetCounts();
		const options = { alwaysRequestNew: '={{ $json.number > 2 }}' };
		const { output } = await n8n.engine.run(chain(ticketNode({ options })), {
			triggerItems: numbered(4),
		});
		expect(output('Ticket').map(({ json }) => json.reused)).toEqual([true, true, false, true]);
		expect(output('Ticket')[0]!.json.ticket).toBe(first!.json.ticket);
		expect(n8n.online.counts.exchanges).toBe(1);
	});
});
