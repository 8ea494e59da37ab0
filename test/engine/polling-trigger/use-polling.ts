import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Tenant } from '../../superoffice-online/crm/tenants';
import type { Poller } from '../harness/poller';
import { useEngine } from '../support/engine';
import { useMovableDate } from '../support/movable-date';
import { pollingNode } from '../support/workflows';

/** The polling trigger, in a tenant of its own for each test. */
export function usePolling() {
	const n8n = useEngine();
	const date = useMovableDate();
	let tenant: Tenant;
	beforeEach(() => {
		tenant = n8n.online.tenant(n8n.useNewTenant());
		// What was there before any test does anything is old.
		for (const entity of ['Contact', 'Person'] as const) {
			for (const record of tenant.data.all(entity)) {
				record.createdAt = record.updatedAt = new Date('2026-01-01T10:00:00Z');
			}
		}
	});
	return {
		n8n,
		get tenant() {
			return tenant;
		},
		/** Polls for the first time, which finds nothing. */
		async publish(parameters: INodeParameters = {}): Promise<Poller> {
			const poller = n8n.engine.poller(pollingNode(parameters));
			expect(await poller.poll()).toBeNull();
			this.pass();
			return poller;
		},
		nodeOf: pollingNode,
		open: (parameters: INodeParameters = {}) => n8n.engine.poller(pollingNode(parameters)),
		/** Lets a minute pass, or more. */
		pass: (minutes = 1) => date.later(minutes * 60_000),
		/** The error of a poll, as n8n shows it. */
		async refusal(work: () => Promise<unknown>): Promise<{ message: string; hint?: string }> {
			try {
				await work();
			} catch (error) {
				const { message, description } = error as Error & { description?: string };
				return { message, hint: description };
			}
			throw new Error('The poll did not fail');
		},
	};
}

export function idsOf(items: IDataObject[] | null, key = 'contactId') {
	return items?.map((item) => `${String(item[key])} ${String(item.triggeredBy)}`) ?? [];
}
