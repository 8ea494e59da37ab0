import { setTimeout as sleep } from 'node:timers/promises';

import { pollingNode } from '../engine/support/workflows';
import { useRealN8n, workflowIdOf } from './support/n8n';
import type { Workflow } from './support/real-n8n';
import { teller, told, until } from './support/triggers';

const real = useRealN8n();

afterEach(async () => await real.n8n.stop());

/** A workflow that polls each minute, and tells what it found by a call of SuperOffice for each record. */
function pollingWorkflow(tenant: string): Workflow {
	const trigger = pollingNode({
		pollTimes: { item: [{ mode: 'everyMinute' }] },
		resource: 'company',
		triggerOn: 'createdOrUpdated',
		options: {},
	});
	const event = teller('Event', tenant, '={{ $json.contactId }} {{ $json.triggeredBy }}');
	return {
		id: workflowIdOf('polling'),
		name: 'polling',
		nodes: [trigger, event],
		connections: { [trigger.name]: { main: [[{ node: event.name, type: 'main', index: 0 }]] } },
	};
}

test('what is new or changed comes once, also across a restart', async () => {
	const { n8n, online } = real;
	const tenant = await real.useNewTenant();
	const { data } = online.tenant(tenant);
	const create = (Name: string) => data.insert('Contact', { values: { Name } }).id;
	const found = () => told(real, 'event');
	const workflow = pollingWorkflow(tenant);
	await n8n.importWorkflows(workflow);

	const server = await n8n.start();
	await server.activate(workflow.id);
	await until(() => Object.keys(online.apiCalls(tenant)).some((call) => call.includes('Archive')));
	// What is created while the first poll is looking is old.
	await sleep(5000);
	const first = create('While n8n runs');
	await until(() => found().length > 0);
	expect(found()).toEqual([`${first} created`]);

	await n8n.stop();
	data.update('Contact', first, ({ values }) => {
		values.Name = 'Changed while n8n is down';
	});
	const second = create('While n8n is down');
	const again = await n8n.start();
	const all = [`${first} created`, `${first} updated`, `${second} created`];
	await until(() => found().length >= all.length);

	const third = create('After the restart');
	all.push(`${third} created`);
	await until(() => found().length >= all.length);
	expect(found()).toEqual(all);
	const { success, ...others } = await again.executions(workflow.id);
	expect(others).toEqual({});
	expect(success).toBeLessThanOrEqual(4);
});
