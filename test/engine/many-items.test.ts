import { mostInASecond } from '../superoffice-online';
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

/** Items, each of a tenant of its own. */
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
	test('of one tenant makes one exchange, later one check, and within a minute none', async () => {
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
		// The first ends with one call by which n8n keeps the ticket.
		expect(counts).toEqual([
			{ exchanges: 1, api: 1 },
			{ exchanges: 0, api: 1 },
			{ exchanges: 0, api: 0 },
		]);
	});

	test('has the credential keep the ticket that it makes in place of a dead one', async () => {
		n8n.useNewTenant();
		await n8n.engine.run(chain(ticketNode()));
		n8n.online.expireAllTickets();
		later(61_000);
		const { output } = await n8n.engine.run(chain(ticketNode()));
		const [item] = output('Ticket');
		expect(item!.json.reused).toBe(false);
		expect(n8n.engine.credentials.get(credentialId).data.ticket).toBe(item!.json.ticket);
	});

	test('of many tenants serves each once, in the order of the items, at 10 exchanges a second', async () => {
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

	test('serves each item the tenant that expressions in the credential give it', async () => {
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
		// The two exchanges, and the one call by which n8n keeps the first item’s ticket.
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

	test('begins nothing more after a failure, and tells the first item that failed', async () => {
		const triggerItems = newTenants(40);
		n8n.online.misbehave({ at: 'exchange', kind: 'refuse', reason: 'Denied' });
		const { error } = await n8n.engine.run(chain(ticketNode(ofItem)), { triggerItems });
		expect(error).toMatchObject({ context: { itemIndex: 0 } });
		expect(askedFor().length).toBeLessThanOrEqual(10);
	});

	test('begins nothing more after the run was cancelled', async () => {
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
		expect(askedFor().length).toBeLessThanOrEqual(10);
	});

	test('sends nothing if an item cannot be read, and the node stops at failures', async () => {
		const triggerItems = newTenants(2);
		const parameters = { ...ofItem, tenant: '={{ $itemIndex === 1 ? "nobody" : "define" }}' };
		const { error } = await n8n.engine.run(chain(ticketNode(parameters)), { triggerItems });
		expect(error).toMatchObject({
			message: 'Tenant is not one of its choices.',
			context: { itemIndex: 1 },
		});
		expect(askedFor()).toEqual([]);
	});

	test('uses and fills the credential’s own ticket also where its tenant is defined by an item', async () => {
		const contextIdentifier = n8n.useNewTenant();
		const { systemUserToken } = n8n.online.tenant(contextIdentifier);
		const parameters = { tenant: 'define', contextIdentifier, systemUserToken };
		const { output } = await n8n.engine.run(chain(ticketNode(parameters)));
		expect(n8n.engine.credentials.get(credentialId).data.ticket).toBe(
			output('Ticket')[0]!.json.ticket,
		);
	});

	test('requests a new ticket for the items that want it, beside others of their tenant', async () => {
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
