import { randomInt, type ITriggerFunctions, type ITriggerResponse } from 'n8n-workflow';

import { authState } from '../../n8n/auth-state';
import { openSession } from '../../n8n/crm-sessions';
import { toStandaloneError } from '../../n8n/errors';
import { readForm } from '../../n8n/system-user-form';
import { readCredentials } from '../../n8n/transport';
import { findUrl, keepWebhook, type WebhookState } from '../../superoffice';
import { gapOf } from './gap-of';
import {
	eventsOf,
	idsOf,
	optionsOf,
	stateKey,
	stateOf,
	staticDataOf,
	recall,
	wantedWebhook,
} from './own-webhook';
import { reportGap, type WatchParameters } from './report-gap';

/** An event may be on its way. */
const margin = 60_000;

/**
 * Looks after the webhook for as long as the workflow is published: every two minutes, at different seconds for
 * different triggers. One that SuperOffice has stopped, or that somebody has deleted, is there again.
 */
export async function watch(context: ITriggerFunctions): Promise<ITriggerResponse> {
	// A test in the editor gets its events by the webhook alone.
	if (context.getMode() === 'manual') return {};
	// Later, n8n has nothing ready that could evaluate an expression.
	const guard = new Guard(context, {
		events: eventsOf(context),
		mayCatchUp: optionsOf(context).catchUp === true,
	});
	const second = randomInt(60);
	context.helpers.registerCron({ expression: `${second} */2 * * * *` }, () => {
		void guard.check();
	});
	return { closeFunction: async () => guard.close() };
}

class Guard {
	private isClosed = false;

	private state: WebhookState;

	private failure?: { message: string; times: number };

	constructor(
		private readonly context: ITriggerFunctions,
		private readonly parameters: WatchParameters,
	) {
		this.state = stateOf(context, false);
		this.attach();
	}

	close(): void {
		this.isClosed = true;
		this.state.reportGap = undefined;
	}

	async check(): Promise<void> {
		// Publishing a change replaces the state; after the end there is none.
		this.state = authState.webhooks.find(stateKey(this.context, false)) ?? this.state;
		this.attach();
		try {
			await this.state.inTurn(async () => {
				if (!this.isClosed && !this.state.isGone) await this.keep();
			});
			this.failure = undefined;
		} catch (error) {
			this.report(error);
		}
	}

	private async keep(): Promise<void> {
		const { context, parameters, state } = this;
		const credentials = await readCredentials(context, 0);
		let now = Date.now();
		// By SuperOffice's clock, as the times of events and records are.
		const session = openSession(context, credentials, { onTime: (time) => (now = time) });
		const known = staticDataOf(context);
		const owner = { ...idsOf(context), isTest: false };
		state.url ??= known.url;
		state.url ??= await findUrl(session, readForm(credentials).clientSecret, owner);
		if (state.url === undefined) return;
		recall(state, known, session.tenant.contextIdentifier);
		const address = { url: state.url, isTest: false };
		const wanted = wantedWebhook(context, credentials, address, parameters.events);
		const kept = await keepWebhook(session, wanted);
		const gap = gapOf(kept, wanted, state);
		if (gap !== undefined) {
			state.isCompleteUntil(gap.to);
			state.hasGap(gap);
		} else if (kept.webhook.consecutiveErrors === 0) {
			state.isCompleteUntil(new Date(now - margin).toISOString());
		}
	}

	private attach(): void {
		const { context, parameters, state } = this;
		state.reportGap = (gap) => {
			reportGap(context, gap, parameters).catch((error: unknown) => this.report(error));
		};
		if (state.gap === undefined) return;
		state.reportGap(state.gap);
		state.gap = undefined;
	}

	/** Once in the log; if it goes on, once as a failed execution as well, for which there may be an error workflow. */
	private report(error: unknown): void {
		const { context } = this;
		const shown = toStandaloneError(context.getNode(), error);
		const times = shown.message === this.failure?.message ? this.failure.times + 1 : 1;
		this.failure = { message: shown.message, times };
		if (times === 1) {
			context.logger.warn(
				`${context.getNode().name} could not look after its webhook. ${shown.message}`,
			);
		}
		// n8n 1 has no such thing.
		if (times === 2) context.saveFailedExecution?.(shown);
	}
}
