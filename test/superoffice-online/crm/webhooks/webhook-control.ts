import type { World } from '../../control/world';
import { sign, type Attempt } from './deliveries';
import type { EventDetails } from './tenant-webhooks';
import type { Webhook } from './webhook';

/** What tests see of webhooks, and do to them behind everybody's back. */
export class WebhookControl {
	constructor(private readonly world: World) {}

	/** Leads a host, like hooks.example.com, to a port on loopback; without a port, it is unknown again. */
	route(host: string, port?: number): void {
		this.world.deliveries.targets.route(host, port);
	}

	/** All webhooks of a tenant, with their secrets. Changing one of these objects changes the webhook. */
	of(contextIdentifier: string): Webhook[] {
		return this.world.tenants.get(contextIdentifier).webhooks.all;
	}

	/** Adds a webhook that nobody registered by the API. */
	add(contextIdentifier: string, webhook: Partial<Webhook>): Webhook {
		return this.world.tenants.get(contextIdentifier).webhooks.add(webhook);
	}

	remove(contextIdentifier: string, id: number): void {
		this.world.tenants.get(contextIdentifier).webhooks.remove(id);
	}

	/** Stops a webhook as SuperOffice does after too many errors: what is on its way to it is lost. */
	stop(contextIdentifier: string, id: number, lastError = 'The target did not answer.'): void {
		const webhook = this.of(contextIdentifier).find((one) => one.id === id);
		if (!webhook) throw new Error(`There is no webhook ${id}`);
		Object.assign(webhook, { state: 'TooManyErrors', consecutiveErrors: 9, lastError });
		this.world.deliveries.discard(webhook);
	}

	/** Raises an event for the tenant's webhooks. @returns its id */
	raise(
		contextIdentifier: string,
		event: string,
		primaryKey: number,
		details?: EventDetails,
	): string {
		return this.world.tenants.get(contextIdentifier).webhooks.raise(event, primaryKey, details);
	}

	/** The signature of a body, for whoever sends events in SuperOffice’s place. */
	sign(secret: string, body: string): string {
		return sign(secret, body);
	}

	/** All calls of targets, test events included, in the order of their answers. */
	get attempts(): Attempt[] {
		return this.world.deliveries.attempts;
	}

	/** Divides the time between tries, which is 1 s and 4 s. */
	set speed(factor: number) {
		this.world.deliveries.speed = factor;
	}

	/** Milliseconds until a target that does not answer has failed; 10 s if not set. */
	set timeout(milliseconds: number) {
		this.world.deliveries.targets.timeout = milliseconds;
	}

	/** Resolves when no event is on its way. */
	async done(): Promise<void> {
		await this.world.deliveries.done();
	}
}
