/** What SuperOffice sends for an event, as far as anything here depends on it. */
export interface WebhookEvent {
	EventId: string;
	/** `contact.changed` */
	Event: string;
	Entity?: string;
	PrimaryKey: number;
	ContextIdentifier: string;
	/** UTC */
	Timestamp?: string;
	/** Names of the columns that changed, as in the database. */
	Changes?: string[] | null;
	ChangedByAssociateId?: number;
	[others: string]: unknown;
}

/** The event that SuperOffice sends to see whether a webhook answers. */
export const testEvent = 'test';

/** @returns undefined for what is no event */
export function readEvent(body: Uint8Array): WebhookEvent | undefined {
	let parsed: unknown;
	try {
		parsed = JSON.parse(Buffer.from(body).toString('utf8'));
	} catch {
		return undefined;
	}
	const event = parsed as WebhookEvent | null;
	return typeof event?.Event === 'string' && typeof event.EventId === 'string' ? event : undefined;
}

/**
 * Whether something changed that is of interest: any of these columns, in any case, or anything if there are none.
 * Records that were created or deleted are always of interest.
 */
export function hasChanged({ Event, Changes }: WebhookEvent, columns: string[]): boolean {
	if (columns.length === 0 || !Event.toLowerCase().endsWith('.changed')) return true;
	const changed = new Set(Changes?.map((column) => column.toLowerCase()));
	return columns.some((column) => changed.has(column.toLowerCase()));
}

/** What an event is about: the part of its name before the last dot, if it has one. */
export function entityOf(event: string): string {
	return event.replace(/\.[^.]*$/, '').toLowerCase();
}
