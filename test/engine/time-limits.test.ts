import { setTimeout as sleep } from 'node:timers/promises';

import { useEngine } from './support/engine';
import { chain, ticketNode } from './support/workflows';

const n8n = useEngine();

// Shared work goes on after its caller has given up, so these tests have a service of their own.
describe('Get System User Ticket', () => {
	test('gives up after the node’s timeout', async () => {
		n8n.useNewTenant();
		n8n.online.misbehave({ at: 'exchange', kind: 'hang' });
		const { error } = await n8n.engine.run(chain(ticketNode({ options: { timeout: 300 } })));
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'online.superoffice.com did not answer in time.',
		});
	});

	test('returns the ticket within the timeout, even if the credential cannot store it', async () => {
		n8n.useNewTenant();
		await n8n.engine.run(chain(ticketNode()));
		n8n.online.misbehave({ at: 'api', kind: 'hang' });
		const options = { alwaysRequestNew: true, timeout: 1000 };
		const running = n8n.engine.run(chain(ticketNode({ options })));
		// Far longer than the timeout, and half of what the credential’s own ticket check may take.
		const result = await Promise.race([running, sleep(15_000, undefined, { ref: false })]);
		expect(n8n.online.isLive(String(result?.output('Ticket')[0]?.json.ticket))).toBe(true);
	});
});
