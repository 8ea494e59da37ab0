import { randomUUID } from 'node:crypto';
import { SYSTEM_USER } from '../store';
import type { Tenant } from '../tenants';
import { eventsOf, type Change, type RecordEvent } from './changes';
import { timestamp, type Deliveries } from './deliveries';
import { columnValues, rowId } from './field-values';
import { rowEvent } from './row-events';
import { newWebhook, type Webhook } from './webhook';

/** What an event says beside its name and the record's id. */
export interface EventDetails {
	changes?: string[];
	fieldValues?: Record<string, unknown>;
	values?: Record<string, unknown>;
	changedBy?: number;
	eventId?: string;
	contextIdentifier?: string;
}

/** The webhooks of one tenant. */
export class TenantWebhooks {
	/** All of them, also those of other applications; changing one of these objects changes the webhook */
	readonly all: Webhook[] = [];

	private lastId = 0;

	constructor(
		private readonly tenant: Tenant,
		readonly deliveries: Deliveries,
	) {}

	/** Adds a webhook; anything not given is as in a new one. */
	add(partial: Partial<Webhook>): Webhook {
		this.lastId += 1;
		const webhook = { ...newWebhook(this.tenant.clock), ...partial, id: this.lastId };
		this.all.push(webhook);
		this.tenant.data.onChange = (change) => this.changed(change);
		this.tenant.data.onRowChange = (change) => {
			const raised = rowEvent(change);
			if (raised) this.raise(raised.event, change.id, raised.details);
		};
		return webhook;
	}

	remove(id: number): void {
		const index = this.all.findIndex((webhook) => webhook.id === id);
		if (index < 0) return;
		const [webhook] = this.all.splice(index, 1);
		// Whatever is on its way to it is not tried again.
		webhook!.state = 'Stopped';
		this.deliveries.discard(webhook!);
	}

	/** Raises an event. @returns its id */
	raise(event: string, primaryKey: number, details: EventDetails = {}): string {
		const { changes, fieldValues, values, changedBy, eventId = randomUUID() } = details;
		for (const webhook of this.all) {
			if (!webhook.events.some((name) => name.toLowerCase() === event.toLowerCase())) continue;
			this.deliveries.deliver(webhook, {
				EventId: eventId,
				Timestamp: timestamp(this.tenant.clock.now()),
				Changes: changes ?? [],
				Event: event,
				PrimaryKey: primaryKey,
				Entity: event.slice(0, event.lastIndexOf('.')),
				ContextIdentifier: details.contextIdentifier ?? this.tenant.contextIdentifier,
				ChangedByAssociateId: changedBy ?? SYSTEM_USER,
				WebhookName: webhook.name,
				...(fieldValues && { FieldValues: fieldValues }),
				...(values && { Values: values }),
				...webhook.properties,
			});
		}
		return eventId;
	}

	private changed(change: Change): void {
		const { entity, record } = change;
		for (const { event, changes, table } of eventsOf(change)) {
			this.raise(event, rowId(table, entity, record), {
				changes,
				changedBy: record.updatedBy,
				...this.contents(change, event, table),
			});
		}
	}

	private contents({ entity, record }: Change, event: string, table: RecordEvent['table']) {
		const { data } = this.tenant;
		const verb = event.slice(event.lastIndexOf('.') + 1);
		const columns = (names: string[]) => columnValues(data, entity, table, record, names);
		return {
			...(table.fieldValuesIn.includes(verb) && { fieldValues: columns(table.fieldValues) }),
			...(verb === 'deleted' && { values: columns(table.deletedValues) }),
		};
	}
}
