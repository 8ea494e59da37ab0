import { tell, testWhere, useRealN8n } from './support/n8n';
import { isPostgresThere, startPostgres } from './support/postgres';
import { isRedisThere, startRedis } from './support/redis';
import { atHost, connect, hooks, told, triggerWorkflow, until } from './support/triggers';

const real = useRealN8n();

const testWithServers = testWhere({
	'redis-server': isRedisThere(),
	postgresql: isPostgresThere(),
});

let events = 0;
let tenant: string;
beforeEach(async () => {
	tenant = await real.useNewTenant();
	real.online.webhooks.speed = 20;
	events = 0;
});

afterEach(async () => {
	connect(real, undefined);
	await real.n8n.stop();
});

/** Raises an event, and waits until it was told of once. */
async function raise(eventId?: string): Promise<string> {
	events += 1;
	const id = real.online.webhooks.raise(tenant, 'contact.changed', events, { eventId });
	await until(() => told(real, 'event').some((text) => text.endsWith(id)));
	await real.online.webhooks.done();
	return id;
}

const doubles = () => told(real, 'event').length - new Set(told(real, 'event')).size;

/** One line of the table: what was done, what n8n asked SuperOffice for, and what is there then. */
function row(what: string): void {
	const calls = Object.entries(real.online.apiCalls(tenant))
		.filter(([call]) => call.includes('/Webhook'))
		.map(([call, count]) => `${count} ${call.replace('/v1/Webhook', '').trim()}`);
	const [hook] = hooks(real, tenant);
	const state = hook === undefined ? 'none' : `#${hook.id} ${hook.state}`;
	tell(
		`webhook   ${what}: ${calls.join(', ') || 'no calls'}; ${state}; doubles ${doubles()}`,
		hooks(real, tenant).length,
	);
}

test('a published trigger keeps its webhook through everything that can happen to it', async () => {
	const { n8n, online } = real;
	const workflow = triggerWorkflow('life', tenant, {});
	await n8n.importWorkflows(workflow);
	let server = await n8n.start({ env: atHost });
	connect(real, server);

	await server.activate(workflow.id);
	await until(() => hooks(real, tenant).length === 1);
	row('publish');
	online.resetCounts();
	const first = await raise();
	row('event');

	online.resetCounts();
	const [trigger, ...others] = workflow.nodes as [{ parameters: object }];
	const parameters = { ...trigger.parameters, events: ['contact.changed', 'contact.created'] };
	await server.edit(workflow.id, [{ ...trigger, parameters }, ...others] as never);
	await until(() => hooks(real, tenant)[0]?.events.length === 2);
	row('edit');
	await raise();

	online.resetCounts();
	connect(real, undefined);
	await n8n.stop();
	server = await n8n.start({ env: atHost });
	connect(real, server);
	row('restart');
	await raise();
	expect(hooks(real, tenant)).toHaveLength(1);

	online.resetCounts();
	connect(real, undefined);
	await n8n.stop('SIGKILL');
	server = await n8n.start({ env: atHost });
	connect(real, server);
	const killedAt = told(real, 'event').length;
	online.webhooks.raise(tenant, 'contact.changed', 1, { eventId: first });
	await online.webhooks.done();
	await raise();
	expect(told(real, 'event').length - killedAt).toBe(1);
	row('kill, and an event again that came before');

	online.resetCounts();
	connect(real, undefined);
	await n8n.stop();
	online.webhooks.raise(tenant, 'contact.changed', 1000);
	await online.webhooks.done();
	expect(hooks(real, tenant)[0]!.state).toBe('TooManyErrors');
	online.advance(3_600_000);
	// SuperOffice reaches n8n as soon as it listens, as it has to in order to save the webhook.
	const starting = n8n.start({ env: atHost, port: Number(new URL(server.url).port) });
	connect(real, server);
	server = await starting;
	await until(() => told(real, 'gap').length === 1);
	expect(told(real, 'gap')).toEqual(['stopped']);
	expect(hooks(real, tenant)[0]!.state).toBe('Active');
	row('an hour down');
	await raise();

	online.resetCounts();
	hooks(real, tenant)[0]!.state = 'TooManyErrors';
	await until(() => hooks(real, tenant)[0]!.state === 'Active');
	row('stopped by SuperOffice');
	await raise();

	online.resetCounts();
	online.webhooks.remove(tenant, hooks(real, tenant)[0]!.id);
	await until(() => hooks(real, tenant).length === 1);
	row('deleted behind its back');
	await raise();

	online.resetCounts();
	await server.unpublish(workflow.id);
	await until(() => hooks(real, tenant).length === 0);
	row('unpublish');
	expect(doubles()).toBe(0);
}, 600_000);

test('200 forged events start nothing', async () => {
	const { n8n } = real;
	const workflow = triggerWorkflow('forged', tenant, {});
	await n8n.importWorkflows(workflow);
	const server = await n8n.start({ env: atHost });
	connect(real, server);
	await server.activate(workflow.id);
	await until(() => hooks(real, tenant).length === 1);
	await raise();
	const { pathname } = new URL(hooks(real, tenant)[0]!.targetUrl);
	const body = JSON.stringify({
		EventId: 'x',
		Event: 'contact.changed',
		ContextIdentifier: tenant,
	});
	for (let count = 0; count < 200; count++) {
		const signature = real.online.webhooks.sign(`guess ${count}`, body);
		const { status } = await fetch(`${server.url}${pathname}`, {
			method: 'POST',
			body,
			headers: { 'Content-Type': 'application/json', 'X-SuperOffice-Signature': signature },
		});
		expect(status).toBe(401);
	}
	await raise();
	// The second may still be running.
	await until(async () => ((await server.executions(workflow.id)).success ?? 0) >= 2);
	expect(await server.executions(workflow.id)).toEqual({ success: 2 });
	const lines = n8n.printed.match(/refused a call of its webhook/g) ?? [];
	tell('lines in n8n’s log for 200 forged events', lines.length);
	expect(lines.length).toBeLessThanOrEqual(3);
});

test('why it cannot be published is in the message', async () => {
	const { n8n, online } = real;
	online.tenant(tenant).settings.webhooks = 'notGranted';
	const workflow = triggerWorkflow('refused', tenant, {});
	await n8n.importWorkflows(workflow);
	const server = await n8n.start({ env: atHost });
	// n8n 1 says it at once; n8n 2 publishes in the background.
	const answer = await server.activate(workflow.id).catch(String);
	const isTold = (text: string) => text.includes('does not let this application have webhooks');
	await until(() => isTold(String(answer)) || isTold(n8n.printed));
	expect(hooks(real, tenant)).toEqual([]);
});

testWithServers('two workers run the events of one webhook', async () => {
	const { n8n, online } = real;
	const [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
	try {
		n8n.useDatabase(postgres.env);
		await real.useCredential(tenant);
		const workflow = triggerWorkflow('workers', tenant, { options: { includeRecord: true } });
		await n8n.importWorkflows(workflow);
		const server = await n8n.startWithWorkers(redis.port, 2, atHost);
		connect(real, server);
		await server.activate(workflow.id);
		await until(() => hooks(real, tenant).length === 1);
		for (let key = 1; key <= 20; key++) online.webhooks.raise(tenant, 'contact.changed', key);
		await until(() => told(real, 'event').length === 20);
		await online.webhooks.done();
		expect(doubles()).toBe(0);
		expect(hooks(real, tenant)).toHaveLength(1);
		tell('workers that had a part in it', n8n.workersThatRan());
		expect(n8n.workersThatRan()).toBe(2);
	} finally {
		await n8n.stop();
		await Promise.all([redis.stop(), postgres.stop()]);
	}
});
