import type { IHookFunctions } from 'n8n-workflow';

import { authState } from '../../n8n/auth-state';
import { openSession } from '../../n8n/crm-sessions';
import { toStandaloneError } from '../../n8n/errors';
import { readCredentials } from '../../n8n/transport';
import {
	findWebhook,
	isAsWanted,
	keepWebhook,
	removeWebhooks,
	type CrmSession,
	type WantedWebhook,
	type WebhookState,
} from '../../superoffice';
import { gapOf } from './gap-of';
import {
	eventsOf,
	staticDataOf,
	recall,
	stateKey,
	stateOf,
	wantedWebhook,
	type StaticData,
} from './own-webhook';

/** n8n asks when the workflow is published, and when n8n starts; after `false` it has the webhook created. */
export async function hookExists(context: IHookFunctions): Promise<boolean> {
	const known = staticDataOf(context);
	// Nothing has been missed before it is published.
	if (!isStart(context)) forgetTime(known);
	try {
		const { session, wanted, state } = await prepare(context);
		state.url = wanted.url;
		recall(state, known, session.tenant.contextIdentifier);
		return await state.inTurn(async () => {
			const found = await findWebhook(session, wanted.url);
			return found !== undefined && isAsWanted(found, wanted);
		});
	} catch (error) {
		if (staysPublished(context, error)) return true;
		throw toStandaloneError(context.getNode(), error);
	}
}

export async function createHook(context: IHookFunctions): Promise<boolean> {
	try {
		const { session, wanted, state } = await prepare(context);
		const kept = await state.inTurn(async () => await keepWebhook(session, wanted));
		const gap = gapOf(kept, wanted, state);
		state.url = wanted.url;
		state.isCompleteUntil(gap?.to ?? kept.webhook.updated);
		Object.assign(staticDataOf(context), {
			url: wanted.url,
			tenant: session.tenant.contextIdentifier,
			completeUntil: state.completeUntil ?? new Date().toISOString(),
			lastRecord: state.lastRecord,
		});
		if (gap !== undefined) state.hasGap(gap);
		return true;
	} catch (error) {
		if (staysPublished(context, error)) return true;
		throw toStandaloneError(context.getNode(), error);
	}
}

/** n8n calls it when the workflow is no longer published, before it publishes a change, and after a test. */
export async function deleteHook(context: IHookFunctions): Promise<boolean> {
	const url = urlOf(context);
	const known = staticDataOf(context);
	// n8n does not say here whether it was a test, which another process may have begun.
	const urlIn = (isATest: boolean) => authState.webhooks.find(stateKey(context, isATest))?.url;
	const isTest = urlIn(true) === url || (urlIn(false) ?? known.url ?? url) !== url;
	const state = stateOf(context, isTest);
	delete known.url;
	forgetTime(known);
	try {
		await state.inTurn(async () => {
			try {
				const session = openSession(context, await readCredentials(context, 0), {});
				await removeWebhooks(session, url);
			} finally {
				authState.webhooks.forget(stateKey(context, isTest));
			}
		});
		return true;
	} catch (error) {
		throw toStandaloneError(context.getNode(), error);
	}
}

/**
 * What was published already stays so when n8n starts while SuperOffice is away, or cannot reach n8n yet: the watch sees
 * to its webhook. If this failed, n8n would have the webhook deleted.
 */
function staysPublished(context: IHookFunctions, error: unknown): boolean {
	const url = urlOf(context);
	if (!isStart(context) || staticDataOf(context).url !== url) return false;
	stateOf(context, false).url = url;
	context.logger.warn(toStandaloneError(context.getNode(), error).message);
	return true;
}

/** Whether n8n starts what was published before, in this process. */
function isStart(context: IHookFunctions): boolean {
	return ['init', 'leadershipChange'].includes(context.getActivationMode());
}

function forgetTime(known: StaticData): void {
	delete known.completeUntil;
	delete known.lastRecord;
}

async function prepare(
	context: IHookFunctions,
): Promise<{ session: CrmSession; wanted: WantedWebhook; state: WebhookState }> {
	const isTest = context.getMode() === 'manual';
	const credentials = await readCredentials(context, 0);
	const address = { url: urlOf(context), isTest };
	const wanted = wantedWebhook(context, credentials, address, eventsOf(context));
	const session = openSession(context, credentials, {});
	return { session, wanted, state: stateOf(context, isTest) };
}

function urlOf(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') ?? '';
}
