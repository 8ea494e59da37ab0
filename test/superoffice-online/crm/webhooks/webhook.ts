import type { Clock } from '../../control/clock';
import { SYSTEM_USER } from '../store';

export type WebhookState = 'Unknown' | 'Active' | 'Stopped' | 'TooManyErrors';

/** A webhook of a tenant, as SuperOffice has it. */
export interface Webhook {
	id: number;
	name: string;
	events: string[];
	targetUrl: string;
	/** Empty: events are not signed */
	secret: string;
	state: WebhookState;
	type: string;
	headers: Record<string, string>;
	/** Added to each event */
	properties: Record<string, unknown>;
	errorsEmail: string;
	errorEmails: string[];
	errorAssociates: number[];
	description: string;
	notifyVia: string;
	notifyWhen: string;
	registered: Date;
	updated: Date;
	registeredBy: number;
	updatedBy: number;
	totalCalls: number;
	totalErrors: number;
	consecutiveErrors: number;
	lastError: string;
	/** Whether another application registered it, so that this one never sees it */
	isForeign: boolean;
}

export function newWebhook(clock: Clock): Webhook {
	const now = clock.now();
	return {
		id: 0,
		name: '',
		events: ['contact.created', 'contact.deleted'],
		targetUrl: '',
		secret: '',
		state: 'Active',
		type: 'webhook',
		headers: {},
		properties: {},
		errorsEmail: '',
		errorEmails: [],
		errorAssociates: [],
		description: '',
		notifyVia: 'None',
		notifyWhen: 'None',
		registered: now,
		updated: now,
		registeredBy: SYSTEM_USER,
		updatedBy: SYSTEM_USER,
		totalCalls: 0,
		totalErrors: 0,
		consecutiveErrors: 0,
		lastError: '',
		isForeign: false,
	};
}
