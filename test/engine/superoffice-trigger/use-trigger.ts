import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import type { AuthState } from '../../../superoffice';
import type { Webhook } from '../../superoffice-online';
import type { Tenant } from '../../superoffice-online/crm/tenants';
import type { PublishedTrigger } from '../harness/published-trigger';
import { WebhookServer } from '../harness/webhook-server';
import { useEngine } from '../support/engine';
import { triggerNode } from '../support/workflows';

export const host = 'hooks.example.com';

function forgetAll(): void {
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	const { authState } = require(join(__dirname, '../../../dist/n8n/auth-state.js')) as {
		authState: AuthState;
	};
	const { constructor: States } = authState.webhooks;
	Object.assign(authState, { webhooks: new (States as new () => object)() });
}

/** n8n with published triggers, which SuperOffice reaches; in a tenant of its own for each test. */
export function useTrigger() {
	const n8n = useEngine();
	let server: WebhookServer;
	let triggers: PublishedTrigger[] = [];
	let tenant: Tenant;
	beforeAll(async () => {
		server = await WebhookServer.start((call, response) =>
			triggers.some((trigger) => trigger.handle(call, response)),
		);
	});
	afterAll(async () => await server?.close());
	beforeEach(() => {
		forgetAll();
		triggers = [];
		tenant = n8n.online.tenant(n8n.useNewTenant());
		n8n.online.webhooks.route(host, server.port);
		n8n.online.webhooks.speed = 100;
	});

	const settle = async () => {
		await n8n.online.webhooks.done();
		await Promise.all(triggers.map(async (trigger) => await trigger.ended()));
	};

	/** Resolves once SuperOffice has had no call for a while. */
	const quiet = async () => {
		const { requests } = n8n.online;
		for (let calls = -1, checks = 0; checks < 3; ) {
			// Longer than the rate limiter lets a call wait.
			await sleep(120);
			const isQuiet = requests.length === calls && requests.every(({ status }) => status);
			checks = isQuiet ? checks + 1 : 0;
			calls = requests.length;
		}
	};

	return {
		n8n,
		get tenant() {
			return tenant;
		},
		/** Where n8n listens. */
		get port() {
			return server.port;
		},
		/** A workflow that is not published yet. */
		trigger(
			parameters: INodeParameters = {},
			{ settings = {}, ...other }: { settings?: Partial<INode>; id?: string; name?: string } = {},
		): PublishedTrigger {
			const trigger = n8n.engine.trigger(
				triggerNode({ events: ['contact.changed'], options: {}, ...parameters }, settings),
				{ webhookUrl: `https://${host}/` },
				{ id: 'aWorkflow16chars', name: 'Companies to ERP', ...other },
			);
			triggers.push(trigger);
			return trigger;
		},
		async published(parameters: INodeParameters = {}): Promise<PublishedTrigger> {
			const trigger = this.trigger(parameters);
			await trigger.publish();
			return trigger;
		},
		/** All webhooks at SuperOffice. */
		get hooks(): Webhook[] {
			return n8n.online.webhooks.of(tenant.contextIdentifier);
		},
		/** Raises an event, and waits until all executions it starts have ended. */
		async raise(event: string, key: number, details: object = {}): Promise<string> {
			const id = n8n.online.webhooks.raise(tenant.contextIdentifier, event, key, details);
			await settle();
			return id;
		},
		settle,
		/** Has the trigger look after its webhook, and waits until all that comes of it is over. */
		async tick(trigger: PublishedTrigger): Promise<void> {
			trigger.tick();
			await quiet();
			await settle();
		},
		/** The items on an output, of all executions. */
		items(trigger: PublishedTrigger, output = 0): IDataObject[] {
			return trigger.executions.flatMap((outputs) => outputs[output] ?? []);
		},
		/** Calls a URL of n8n as anybody can. */
		async post(url: string, body: string | Buffer, headers: Record<string, string> = {}) {
			const { pathname: path } = new URL(url);
			return await new Promise<number>((resolve, reject) => {
				const call = request(
					{ host: '127.0.0.1', port: server.port, path, method: 'POST', headers },
					(response) => response.resume().on('end', () => resolve(response.statusCode!)),
				);
				call.on('error', reject).end(body);
			});
		},
		/** Everything that this process remembers is gone, as after a restart. */
		restart: forgetAll,
		async listening(work: () => Promise<void>): Promise<string[]> {
			return await n8n.engine.listening(async (log) => {
				await work();
				return log;
			});
		},
		/** Calls of the webhook API. */
		calls(): Record<string, number> {
			const all = n8n.online.apiCalls(tenant.contextIdentifier);
			return Object.fromEntries(Object.entries(all).filter(([call]) => call.includes('/Webhook')));
		},
	};
}
