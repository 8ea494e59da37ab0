import type { Gap, Kept, WantedWebhook, WebhookState } from '../../superoffice';

/** The time that the webhook did not work, if it had worked before. */
export function gapOf(
	{ webhook, done, before }: Kept,
	{ mark }: WantedWebhook,
	state: WebhookState,
): Gap | undefined {
	if (done === undefined) return undefined;
	const { completeUntil: from, lastRecord } = state;
	const to = endOfSecond(webhook.updated);
	const lastError = before?.lastError || undefined;
	if (before === undefined)
		return from === undefined ? undefined : { from, lastRecord, to, reason: 'deleted' };
	if (before.state !== 'Active') return { from, lastRecord, to, reason: 'stopped', lastError };
	// Events that were signed with an earlier client secret have been refused.
	const isRefused = before.mark !== mark && before.consecutiveErrors > 0;
	return isRefused ? { from, lastRecord, to, reason: 'refused', lastError } : undefined;
}

/** SuperOffice gives no fractions of a second; it was within this one. */
function endOfSecond(updated: string | undefined): string {
	const time = Date.parse(updated ?? '');
	return new Date(Number.isNaN(time) ? Date.now() : time + 999).toISOString();
}
