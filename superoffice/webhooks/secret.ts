import { createHmac, timingSafeEqual } from 'crypto';

/** Who a webhook calls. */
export interface WebhookOwner {
	workflowId: string;
	nodeId: string;
	/** Where SuperOffice sends the events. */
	url: string;
	/** Whether it is for a test in the editor. */
	isTest: boolean;
}

/**
 * The secret that SuperOffice signs a webhook's events with: another one for each webhook, and always the same for one.
 * It is derived so that it need not be stored: the first event comes while the webhook is being registered.
 */
export function webhookSecret(clientSecret: string, owner: WebhookOwner): string {
	const { workflowId, nodeId, url, isTest } = owner;
	return hmac(clientSecret, JSON.stringify(['webhook', workflowId, nodeId, url, isTest])).toString(
		'base64url',
	);
}

/**
 * What a webhook is recognized by: that it is this owner's, and has this secret, which SuperOffice never gives back. It
 * does not tell the secret.
 */
export function webhookMark(secret: string): string {
	return hmac(secret, 'mark').subarray(0, 18).toString('base64url');
}

/**
 * Whether an event was signed with the secret: `X-SuperOffice-Signature` is the HMAC-SHA256 of the body's bytes, in
 * base64.
 */
export function isSignedWith(secret: string, body: Uint8Array, signature: unknown): boolean {
	if (typeof signature !== 'string') return false;
	const given = Buffer.from(signature);
	const expected = Buffer.from(hmac(secret, body).toString('base64'));
	return given.length === expected.length && timingSafeEqual(given, expected);
}

function hmac(key: string, message: string | Uint8Array): Buffer {
	return createHmac('sha256', key).update(message).digest();
}
