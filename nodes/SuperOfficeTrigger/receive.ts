import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { openSession } from '../../n8n/crm-sessions';
import { describeError } from '../../n8n/errors';
import { readForm } from '../../n8n/system-user-form';
import { readCredentials } from '../../n8n/transport';
import {
	cacheKey,
	currentUser,
	entityOf,
	hasChanged,
	isSignedWith,
	readEvent,
	testEvent,
	type Sender,
	type WebhookEvent,
	type WebhookState,
} from '../../superoffice';
import { toTexts } from '../SuperOffice/run';
import { optionsOf, secretOf, staticDataOf, stateOf } from './own-webhook';

/** In bytes. SuperOffice's events have a few thousand. */
const largestBody = 2 * 1024 ** 2;

/** Milliseconds for which the credential is believed to be the same; for less, if that does not explain a signature. */
const maxAges = [5000, 500];

/** How many ids of events are kept across a restart. */
const mostKept = 200;

/** Told to n8n: it has nothing to answer, and nothing to start. */
const nothing: IWebhookResponseData = { noWebhookResponse: true };

/**
 * Answers SuperOffice at once, and then has n8n start the workflow: where it lets few run at a time, it would answer only
 * when their turn comes, and SuperOffice gives up on webhooks that answer late.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const isTest = context.getMode() === 'manual';
	const state = stateOf(context, isTest);
	const event = await readSigned(context, state, isTest);
	if (event === undefined) return nothing;
	const options = optionsOf(context);
	const isTestEvent = event.Event === testEvent;
	if (!isTestEvent) {
		state.isCompleteUntil(event.Timestamp, `${entityOf(event.Event)} ${event.PrimaryKey}`);
	}
	const isWanted =
		!isTestEvent &&
		hasChanged(event, toTexts(options.changedFields)) &&
		isNew(context, state, event);
	answer(context, 200, 'OK');
	if (!isWanted || (options.ignoreOwnChanges && (await isOwnChange(context, state, event)))) {
		return nothing;
	}
	return { ...nothing, workflowData: [[{ json: event as IDataObject }]] };
}

/** The event, if it is SuperOffice's and this tenant's; if not, that has been answered. */
async function readSigned(
	context: IWebhookFunctions,
	state: WebhookState,
	isTest: boolean,
): Promise<WebhookEvent | undefined> {
	const refuse = (status: number, why: string) => {
		answer(context, status, why);
		if (state.mayLogRefusal()) {
			context.logger.warn(
				`${context.getNode().name} refused a call of its webhook, which starts nothing: ${why}`,
			);
		}
		return undefined;
	};
	const { rawBody } = context.getRequestObject() as unknown as { rawBody?: Uint8Array };
	if (rawBody === undefined) return refuse(401, 'It has no body.');
	if (rawBody.length > largestBody) return refuse(413, 'Its body is over 2 MB.');
	const signature = context.getHeaderData()['x-superoffice-signature'];
	let sender: Sender | undefined;
	try {
		for (const maxAge of maxAges) {
			sender = await state.senderOf(async () => await readSender(context, isTest), maxAge);
			if (isSignedWith(sender.secret, rawBody, signature)) break;
			sender = undefined;
		}
	} catch {
		return refuse(503, 'The node’s credential cannot be read.');
	}
	if (sender === undefined) return refuse(401, 'SuperOffice’s signature is missing or wrong.');
	const event = readEvent(rawBody);
	if (event === undefined) return refuse(400, 'It is not an event of SuperOffice.');
	const isOwn =
		event.Event === testEvent ||
		String(event.ContextIdentifier).toLowerCase() === sender.tenant.toLowerCase();
	return isOwn ? event : refuse(401, 'It comes from another tenant.');
}

async function readSender(context: IWebhookFunctions, isTest: boolean): Promise<Sender> {
	const credentials = await readCredentials(context, 0);
	const url = context.getNodeWebhookUrl('default') ?? '';
	return {
		secret: secretOf(context, credentials, { url, isTest }),
		tenant: readForm(credentials).contextIdentifier.trim(),
		credential: cacheKey(readForm(credentials)),
	};
}

/** Takes an event, unless it was taken before: by this process, by another one, or before a restart. */
function isNew(context: IWebhookFunctions, state: WebhookState, event: WebhookEvent): boolean {
	const known = staticDataOf(context);
	if (!state.taken.take(event.EventId) || known.taken?.includes(event.EventId)) return false;
	const taken = new Set([...(known.taken ?? []), ...state.taken.newest(mostKept)]);
	known.taken = [...taken].slice(-mostKept);
	const { completeUntil, lastRecord } = state;
	Object.assign(known, { completeUntil, lastRecord });
	return true;
}

/** Whether the user that SuperOffice is called as made the change. If that cannot be found out, it counts as another's. */
async function isOwnChange(
	context: IWebhookFunctions,
	state: WebhookState,
	{ ChangedByAssociateId }: WebhookEvent,
): Promise<boolean> {
	try {
		const user = await state.ownUserId(async () => await readOwnUserId(context));
		return user === Number(ChangedByAssociateId);
	} catch (error) {
		context.logger.warn(
			`${context.getNode().name} cannot tell its own changes from others’. ${describeError(error)}`,
		);
		return false;
	}
}

async function readOwnUserId(context: IWebhookFunctions): Promise<number> {
	const session = openSession(context, await readCredentials(context, 0), {});
	return Number((await currentUser(session)).AssociateId);
}

function answer(context: IWebhookFunctions, status: number, message: string): void {
	context.getResponseObject().status(status).json({ message });
}
