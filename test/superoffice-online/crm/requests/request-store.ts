import type { StoredRecord } from '../store';

/** A file of a message. */
export interface StoredAttachment {
	id: number;
	name: string;
	contentType: string;
	inlineImage: boolean;
	contentId: string;
	/** Undefined until it is sent */
	content?: Buffer;
}

/** The messages of requests, their attachments, and what has gone out about them. */
export class RequestStore {
	/**
	 * By id. Values are as in other records: Ticket the id of the request, Attachments the ids of those that are
	 * connected.
	 */
	readonly messages = new Map<number, StoredRecord>();
	readonly attachments = new Map<number, StoredAttachment>();
	/** What people were notified of, in order: a message, with the attachments it had by then, or a request */
	readonly notifications: Array<{ ticketId: number; messageId?: number; attachments: number[] }> =
		[];

	/** Notifies whoever it is about of a request's newest message. */
	notify(ticketId: number): void {
		const own = this.messagesOf(ticketId).at(-1);
		const attachments = [...attachmentIds(own)];
		this.notifications.push({ ticketId, messageId: own?.id, attachments });
	}

	/** Oldest first. */
	messagesOf(ticketId: number): StoredRecord[] {
		return [...this.messages.values()].filter(({ values }) => values.Ticket === ticketId);
	}

	attachmentsOf(message: StoredRecord): StoredAttachment[] {
		return attachmentIds(message).map((id) => this.attachments.get(id)!);
	}
}

export function attachmentIds(message: StoredRecord | undefined): number[] {
	return (message?.values.Attachments ?? []) as number[];
}
