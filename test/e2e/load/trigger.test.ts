import { setTimeout as sleep } from 'node:timers/promises';

import { chain } from '../../engine/support/workflows';
import { tell, useRealN8n, workflowIdOf } from '../support/n8n';
import type { N8nServer } from '../support/n8n-server';
import type { Workflow } from '../support/real-n8n';
import { atHost, connect, hooks, host, triggerWorkflow, until } from '../support/triggers';

const real = useRealN8n();

afterEach(async () => {
	connect(real, undefined);
	await real.n8n.stop();
});

/** The trigger alone, or n8n's own Webhook node in its place. */
function workflowsOf(name: string, tenant: string): { ours: Workflow; n8ns: Workflow } {
	const { nodes, ...ours } = triggerWorkflow(`ours-${name}`, tenant, {});
	const path = `n8ns-${name}`;
	const webhook = {
		...chain().nodes[0]!,
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: path,
		parameters: { httpMethod: 'POST', path, responseMode: 'onReceived' },
	};
	return {
		ours: { ...ours, nodes: nodes.slice(0, 1), connections: {} },
		n8ns: { id: workflowIdOf(path), name: path, nodes: [webhook], connections: {} },
	};
}

interface Load {
	events: number;
	seconds: number;
}

/** Raises events evenly, waits until all are executed, and tells what came of it. */
async function load(
	server: N8nServer,
	{ tenant, workflow, what }: { tenant: string; workflow: Workflow; what: string },
	{ events, seconds }: Load,
): Promise<void> {
	const { online } = real;
	const { attempts } = online.webhooks;
	const first = attempts.length;
	const start = performance.now();
	for (let key = 1; key <= events; key++) {
		online.webhooks.raise(tenant, 'contact.changed', key);
		await sleep(Math.max(0, start + (key * seconds * 1000) / events - performance.now()));
	}
	await online.webhooks.done();
	await until(async () => ((await server.executions(workflow.id)).success ?? 0) >= events);
	const own = attempts.slice(first);
	const times = own.map(({ milliseconds }) => milliseconds).sort((one, other) => one - other);
	const failed = own.filter(({ outcome }) => outcome !== 200).length;
	const executed = await server.executions(workflow.id);
	const p99 = Math.round(times[Math.floor(times.length * 0.99)]!);
	tell(
		`${what}, ${events} events in ${seconds} s: p99 ${p99} ms, longest ${Math.round(times.at(-1)!)} ms, ` +
			`${failed} answers other than 200, executions ${JSON.stringify(executed)}`,
		events,
	);
	// Each event once, whatever n8n made SuperOffice wait.
	expect(executed).toEqual({ success: events });
}

const isGeneration2 = !process.env.REAL_N8N_VERSION?.startsWith('1.');
const burst = { events: 300, seconds: 3 };
const cases: Array<[string, Record<string, string>, Load]> = [
	['legacy', { N8N_EXPRESSION_ENGINE: 'legacy' }, burst],
	...(isGeneration2
		? ([
				['lazy', { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' }, burst],
				['default', {}, burst],
				['steady', {}, { events: 300, seconds: 60 }],
			] as Array<[string, Record<string, string>, Load]>)
		: []),
];

test.each(cases)(
	'a burst of events, %s, beside n8n’s own Webhook node',
	async (name, env, size) => {
		const { n8n, online } = real;
		const tenant = await real.useNewTenant();
		const { ours, n8ns } = workflowsOf(name, tenant);
		await n8n.importWorkflows(ours, n8ns);
		const limit = { N8N_CONCURRENCY_PRODUCTION_LIMIT: '5' };
		const server = await n8n.start({ env: { ...atHost, ...limit, ...env } });
		connect(real, server);
		// How long SuperOffice waits is not documented; what n8n needs is to be seen in the times.
		online.webhooks.timeout = 60_000;
		await server.activate(ours.id);
		await until(() => hooks(real, tenant).length === 1);
		await load(server, { tenant, workflow: ours, what: `SuperOffice Trigger, ${name}` }, size);
		await server.unpublish(ours.id);
		await until(() => hooks(real, tenant).length === 0);

		await server.activate(n8ns.id);
		const targetUrl = `https://${host}/webhook/${n8ns.name}`;
		await until(async () => {
			const { status } = await fetch(targetUrl.replace(`https://${host}`, server.url));
			return status === 404;
		});
		await sleep(2000);
		online.webhooks.add(tenant, { targetUrl, events: ['contact.changed'] });
		await load(server, { tenant, workflow: n8ns, what: `n8n’s Webhook, ${name}` }, size);
	},
	600_000,
);
