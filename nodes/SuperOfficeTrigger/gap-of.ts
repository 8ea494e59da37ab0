import type { Gap, Kept, WantedWebhook, WebhookState } from '../../superoffice';

/** The time that the webhook did not work, if it had worked before. */
export function gapOf(
	{ webhook, done, before }: Kept,
	{ mark }: WantedWebhook,
	state: WebhookState,
): Gap | undefined {
	if (done === undefined) return undefined;
	const { completeUntil: from } = state;
	const to = webhook.updated ?? new Date().toISOString();
	const lastError = before?.lastError || undefined;
	if (before === undefined) return from === undefined ? undefined : { from, to, reason: 'deleted' };
	if (before.state !== 'Active') return { from, to, reason: 'stopped', lastError };
	// Events that were signed with an earlier client secret have been refused.
	const isRefused = before.mark !== mark && before.consecutiveErrors > 0;
	return isRefused ? { from, to, reason: 'refused', lastError } : undefined;
}
