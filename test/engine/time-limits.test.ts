import { setTimeout as sleep } from 'node:timers/promises';

import { useEngine } from './support/engine';
import { chain, ticketNode } from './support/workflows';

const n8n = useEngine();

// Work that a caller has given up goes on, so these have a file, and a service, of their own.
describe('Get System User Ticket', () => {
	test('gives up in the time that the node allows', async () => {
		n8n.useNewTenant();
		n8n.online.misbehave({ at: 'exchange', kind: 'hang' });
		const { error } = await n8n.engine.run(chain(ticketNode({ options: { timeout: 300 } })));
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'online.superoffice.com did not answer in time.',
		});
	});

	test('gives the ticket in the time that the node allows, even if the credential cannot store it', async () => {
		n8n.useNewTenant();
		await n8n.engine.run(chain(ticketNode()));
		n8n.online.misbehave({ at: 'api', kind: 'hang' });
		const options = { alwaysRequestNew: true, timeout: 1000 };
		const running = n8n.engine.run(chain(ticketNode({ options })));
		// Far more than allowed, and half of what the credential’s own check of the ticket may take.
		const result = await Promise.race([running, sleep(15_000, undefined, { ref: false })]);
		expect(n8n.online.isLive(String(result?.output('Ticket')[0]?.json.ticket))).toBe(true);
	});
});
