import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { authState } from '../../n8n/auth-state';
import { readForm } from '../../n8n/system-user-form';
import {
	SuperOfficeError,
	webhookMark,
	webhookSecret,
	type WantedWebhook,
	type WebhookOwner,
	type WebhookState,
} from '../../superoffice';
import { toTexts } from '../SuperOffice/run';

type Context = IExecuteFunctions | IHookFunctions | ITriggerFunctions | IWebhookFunctions;

/**
 * What n8n keeps for the node in the workflow's static data, where the workflow's ID is not longer than 21 characters
 * (n8n 1: 16).
 * It is read from the database for each event, and written after it; with several at once, the last one wins.
 */
export interface StaticData {
	/** Where the webhook sends its events. */
	url?: string;
	/** Whose events they are. */
	tenant?: string;
	/** A time, in ISO 8601, up to which no event is missing. */
	completeUntil?: string;
	/** The record that the event of that time was about: `contact 5`. */
	lastRecord?: string;
	/** Ids of the newest events, oldest first. */
	taken?: string[];
}

export function staticDataOf(context: Context): StaticData {
	return context.getWorkflowStaticData('node') as StaticData;
}

/** Adds to what this process remembers what n8n has kept, if it is of the same tenant. */
export function recall(state: WebhookState, known: StaticData, tenant: string): void {
	state.isOf(tenant);
	if (known.tenant === tenant) state.isCompleteUntil(known.completeUntil, known.lastRecord);
}

/** SuperOffice’s own limit is 400, but its form takes no more. */
const longestName = 100;

export function stateKey(context: Context, isTest: boolean): string {
	const { workflowId, nodeId } = idsOf(context);
	return JSON.stringify([workflowId, nodeId, isTest]);
}

export function stateOf(context: Context, isTest: boolean): WebhookState {
	return authState.webhooks.get(stateKey(context, isTest));
}

export function idsOf(context: Context): { workflowId: string; nodeId: string } {
	return { workflowId: context.getWorkflow().id ?? '', nodeId: context.getNode().id };
}

/** The secret of the node's webhook. That of a test is without its URL, which n8n does not tell to whoever receives it. */
export function secretOf(
	context: Context,
	credentials: ICredentialDataDecryptedObject,
	{ url, isTest }: Pick<WebhookOwner, 'url' | 'isTest'>,
): string {
	const owner = { ...idsOf(context), url: isTest ? '' : url, isTest };
	return webhookSecret(readForm(credentials).clientSecret, owner);
}

/** What the node's webhook is to be. @throws SuperOfficeError `INVALID_INPUT` */
export function wantedWebhook(
	context: IHookFunctions | ITriggerFunctions,
	credentials: ICredentialDataDecryptedObject,
	address: Pick<WebhookOwner, 'url' | 'isTest'>,
	events: string[],
): WantedWebhook {
	const { url } = address;
	if (!url.startsWith('https:')) {
		throw new SuperOfficeError(
			'INVALID_INPUT',
			`n8n’s webhook URL is ${url}, and SuperOffice calls only https.`,
			'Set WEBHOOK_URL to the https address under which n8n is reached from the internet. Where there is none, use SuperOffice Polling Trigger.',
		);
	}
	const secret = secretOf(context, credentials, address);
	return {
		url,
		name: nameOf(context.getWorkflow().name ?? '', new URL(url).host),
		events,
		secret,
		mark: webhookMark(secret),
	};
}

function nameOf(workflow: string, host: string): string {
	const end = ` (${host.slice(0, 60)})`;
	const start = workflow.slice(0, longestName - end.length - 'n8n: '.length);
	// What is left of a character that was cut in half is no text.
	return `n8n: ${start.replace(/\p{Surrogate}$/u, '')}${end}`;
}

/** The events that are chosen, and those that are entered. */
export function eventsOf(context: IHookFunctions | ITriggerFunctions): string[] {
	const custom = toTexts(context.getNodeParameter('customEvents', ''));
	const wrong = custom.find((name) => !/^[\w.-]+\.\w+$/.test(name));
	if (wrong !== undefined) {
		throw new SuperOfficeError(
			'INVALID_INPUT',
			`“${wrong.slice(0, 50)}” in Custom Events is not the name of an event.`,
			'Enter names such as list.category.changed or y_rental.created, separated by commas.',
		);
	}
	const events = [...new Set([...toTexts(context.getNodeParameter('events', [])), ...custom])];
	if (events.length > 0) return events;
	throw new SuperOfficeError(
		'INVALID_INPUT',
		'No event is chosen.',
		'Choose one in Events, or enter one in Custom Events.',
	);
}

export interface TriggerOptions extends IDataObject {
	catchUp?: boolean;
	changedFields?: string;
	ignoreOwnChanges?: boolean;
	includeRecord?: boolean;
	language?: string;
}

export function optionsOf(context: Exclude<Context, IExecuteFunctions>): TriggerOptions {
	return context.getNodeParameter('options', {}) as TriggerOptions;
}
