import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import type { INodeParameters } from 'n8n-workflow';

import { example } from '../engine/support/workflows';
import { useRealN8n, workflowIdOf } from './support/n8n';
import { atHost, connect, hooks, until } from './support/triggers';

const real = useRealN8n();

/** Imports an example as a user does, and saves the credential that it names. */
const useExample = async (id: string, changes: Record<string, INodeParameters> = {}) => {
	const { nodes, ...others } = example(`${id}.json`);
	const changed = nodes.map((node) => ({
		...node,
		parameters: { ...node.parameters, ...changes[node.name] },
	}));
	await real.n8n.importWorkflows({ name: id, ...others, id: workflowIdOf(id), nodes: changed });
	await real.useCredential('Cust12345');
	real.online.resetCounts();
};

const run = async (id: string) => {
	const execution = await real.n8n.execute(workflowIdOf(id));
	return { ...execution, exchanges: real.online.counts.exchanges };
};

afterEach(() => {
	real.online.expireAllTickets();
	const tenant = real.online.tenant('Cust12345');
	tenant.companies = 5;
	tenant.companyUpdates.clear();
	// A server of n8n calls its maker.
	const strayed = real.online.counts.strayHosts.filter((host) => !host.endsWith('.n8n.io'));
	expect(strayed).toEqual([]);
});

const tested = new Set<string>();
const testExample = (id: string, what: string, work: (id: string) => Promise<void>) => {
	tested.add(`${id}.json`);
	test(`${id}: ${what}`, async () => await work(id));
};

testExample('get-a-ticket-and-call-the-api', 'the next node uses the ticket', async (id) => {
	await useExample(id);
	const { error, output, exchanges } = await run(id);
	expect(error).toBeUndefined();
	expect(output('Who am I?')).toMatchObject([{ DatabaseContextIdentifier: 'Cust12345' }]);
	expect(exchanges).toBe(1);
});

testExample('http-request-with-the-credential', 'there is no ticket to handle', async (id) => {
	await useExample(id);
	const { error, output, exchanges } = await run(id);
	expect(error).toBeUndefined();
	expect(output('Get companies')).toMatchObject([
		{ value: [{ name: 'Fjord Timber AS' }, {}, {}, {}, {}] },
	]);
	expect(exchanges).toBe(1);
});

testExample('sync-changed-companies', 'each run gets what changed since the last', async (id) => {
	const { online } = real;
	const tenant = online.tenant('Cust12345');
	tenant.companies = 2300;
	await useExample(id);
	const namesOf = async () => {
		const { error, output } = await run(id);
		expect(error).toBeUndefined();
		return output('Your work here').map(({ contactId }) => contactId);
	};
	// Nothing changed in the last day.
	expect(await namesOf()).toEqual([]);
	// More than two pages.
	for (let contactId = 1; contactId <= 2300; contactId++)
		online.updateCompany('Cust12345', contactId);
	expect(await namesOf()).toEqual(Array.from({ length: 2300 }, (_, index) => index + 1));
	expect(
		online.requests
			.filter(({ path }) => path.includes('skip'))
			.map(({ path }) => new URLSearchParams(path.split('?')[1]).get('$skip')),
	).toEqual(['0', '0', '1000', '2000']);
	// Two minutes later, so that the minute of overlap has passed.
	for (const [contactId, at] of tenant.companyUpdates) {
		tenant.companyUpdates.set(contactId, new Date(at.getTime() - 120_000));
	}
	online.updateCompany('Cust12345', 5);
	expect(await namesOf()).toEqual([5]);
	// A failed run loses no changes.
	online.updateCompany('Cust12345', 7);
	online.misbehave({ at: 'api', kind: 'status', status: 500 });
	expect((await run(id)).error).toBeDefined();
	online.stopMisbehaving();
	expect(await namesOf()).toEqual([5, 7]);
});

testExample('many-tenants', 'one that fails does not affect the others', async (id) => {
	const { online } = real;
	await useExample(id);
	const good = await run(id);
	expect(good.error).toBeUndefined();
	expect(
		good.output('Newest companies').map(({ value }) => (value as [{ name: string }])[0].name),
	).toEqual(['Fjord Timber AS', 'Ærlig & Søn ApS']);
	expect(online.counts.exchangesByTenant).toEqual({ Cust12345: 1, Cust54321: 1 });

	online.setState('Cust12345', 'Suspended');
	const { error, output } = await run(id);
	online.setState('Cust12345', 'Running');
	expect(error).toBeUndefined();
	expect(output('Newest companies')).toHaveLength(1);
	expect(output('Failed tenants')).toEqual([
		{
			contextIdentifier: 'Cust12345',
			error: expect.stringContaining('The tenant Cust12345 is suspended.'),
		},
	]);
});

/** Where a team is told. */
async function startTeam() {
	const told: string[] = [];
	const team = createServer(async (request, response) => {
		told.push(await text(request));
		response.end('ok');
	}).listen(0, '127.0.0.1');
	await once(team, 'listening');
	const { port } = team.address() as AddressInfo;
	return { told, url: `http://127.0.0.1:${port}/`, close: () => team.close() };
}

testExample('tell-about-won-sales', 'a sale is told of once it is won', async (id) => {
	const { n8n, online } = real;
	const { told, url, close } = await startTeam();
	await useExample(id, { 'Tell the team': { url }, 'Tell what is missing': { url } });
	const server = await n8n.start({ env: atHost });
	connect(real, server);
	await server.activate(workflowIdOf(id));
	await until(() => hooks(real, 'Cust12345').length === 1);
	const { data } = online.tenant('Cust12345');
	const sale = data.insert('Sale', { values: { Heading: 'Harvesters', Contact: 1 } });
	data.update('Sale', sale.id, ({ values }) => (values.Status = 'Sold'));
	await until(() => told.length > 0);
	await server.unpublish(workflowIdOf(id));
	await until(() => hooks(real, 'Cust12345').length === 0);
	connect(real, undefined);
	await n8n.stop();
	close();
	expect(told).toHaveLength(1);
	const { text: words } = JSON.parse(told[0]!) as { text: string };
	expect(words).toMatch(/^Won: Harvesters, /);
});

testExample('tell-the-team', 'a persistent failure is reported with a hint', async (id) => {
	const { told, url, close } = await startTeam();
	await useExample(id, { 'Tell the team': { url } });
	expect((await run(id)).error).toBeUndefined();
	expect(told).toEqual([]);
	real.online.expireAllTickets();
	real.online.misbehave({ at: 'exchange', kind: 'refuse', reason: 'Revoked' });
	const { error } = await run(id);
	close();
	expect(error).toBeUndefined();
	expect(told).toHaveLength(1);
	const { text: words } = JSON.parse(told[0]!) as { text: string };
	expect(words).toMatch(/^SuperOffice: .*Revoked.*Ask an administrator of the tenant/);
});

test('every example is covered', () => {
	const files = readdirSync(join(__dirname, '../../examples'));
	expect([...tested].sort()).toEqual(files.sort());
});
