import { setTimeout as sleep } from 'node:timers/promises';

import type { INode, INodeParameters } from 'n8n-workflow';

import { triggerNode } from '../../engine/support/workflows';
import type { Webhook } from '../../superoffice-online';
import { workflowIdOf, type TestN8n } from './n8n';
import type { N8nServer } from './n8n-server';
import type { Workflow } from './real-n8n';

/** Where n8n is reached from outside. */
export const host = 'hooks.example.com';

/** What n8n is started with, to be reached there. */
export const atHost = { WEBHOOK_URL: `https://${host}/`, N8N_PROXY_HOPS: '1' };

/** Has SuperOffice reach an n8n, or not. */
export function connect({ online }: TestN8n, server: N8nServer | undefined): void {
	online.webhooks.route(host, server === undefined ? undefined : Number(new URL(server.url).port));
}

/** The trigger, whose events go on to a call of SuperOffice that tells about them, and its gaps to another. */
export function triggerWorkflow(
	name: string,
	tenant: string,
	parameters: INodeParameters,
): Workflow {
	const trigger = triggerNode(
		{ events: ['contact.changed'], options: {}, ...parameters },
		{ webhookId: `webhook-${name}` },
	);
	const event = teller('Event', tenant, '={{ $json.PrimaryKey }} {{ $json.EventId }}');
	const gap = teller('Gap', tenant, '={{ $json.reason }}');
	const to = ({ name: node }: INode) => [{ node, type: 'main' as const, index: 0 }];
	return {
		id: workflowIdOf(name),
		name,
		nodes: [trigger, event, gap],
		connections: { [trigger.name]: { main: [to(event), to(gap)] } },
	};
}

/** A node that calls SuperOffice, with what it tells in the header `x-<name>`. */
export function teller(name: string, tenant: string, about: string): INode {
	return {
		id: name,
		name,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		position: [0, 0],
		parameters: {
			url: `https://online.superoffice.com/${tenant}/api/v1/Contact/1`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'superOfficeApi',
			sendHeaders: true,
			headerParameters: { parameters: [{ name: `x-${name.toLowerCase()}`, value: about }] },
			options: {},
		},
		credentials: triggerNode({}).credentials,
	};
}

/** What the workflows told of: `1 3f2a...` for an event, the reason for a gap. */
export function told({ online }: TestN8n, what: 'event' | 'gap'): string[] {
	return online.requests.flatMap(({ headers }) => headers[`x-${what}`] ?? []).map(String);
}

/** Waits until something is so; a test that waits for ever is stopped by jest. */
export async function until(isSo: () => unknown): Promise<void> {
	while (!(await isSo())) await sleep(100);
}

/** The webhooks of a tenant that call n8n. */
export function hooks({ online }: TestN8n, tenant: string): Webhook[] {
	return online.webhooks.of(tenant);
}
