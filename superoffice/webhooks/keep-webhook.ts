import type { CrmSession } from '../crm/crm-session';
import { SuperOfficeError } from '../errors';
import { webhookMark, webhookSecret, type WebhookOwner } from './secret';
import {
	createWebhook,
	deleteWebhook,
	isAsWanted,
	listWebhooks,
	replaceWebhook,
	type WantedWebhook,
	type Webhook,
} from './webhooks';

/** What became of a webhook. */
export interface Kept {
	webhook: Webhook;
	/** What was done for it: nothing, or that it was created or saved. */
	done?: 'created' | 'saved';
	/** What was there before, if anything. */
	before?: Webhook;
}

/** The webhook for exactly this URL; undefined if there is none, or if others of the same URL are to go. */
export async function findWebhook(session: CrmSession, url: string): Promise<Webhook | undefined> {
	const own = await webhooksFor(session, url);
	return own.length === 1 ? own[0] : undefined;
}

/** Sees to it that there is one webhook for the URL, and that it is as wanted. Others are not touched. */
export async function keepWebhook(session: CrmSession, wanted: WantedWebhook): Promise<Kept> {
	const [before, ...others] = await webhooksFor(session, wanted.url);
	for (const other of others) await deleteWebhook(session, other);
	if (before === undefined) return { webhook: await create(session, wanted), done: 'created' };
	if (isAsWanted(before, wanted)) return { webhook: before, before };
	return { webhook: await replaceWebhook(session, before, wanted), done: 'saved', before };
}

/** Deletes whatever calls this URL. */
export async function removeWebhooks(session: CrmSession, url: string): Promise<void> {
	for (const own of await webhooksFor(session, url)) await deleteWebhook(session, own);
}

/** The URL of the owner's webhook, found by its mark; undefined if there is none, or more than one. */
export async function findUrl(
	session: CrmSession,
	clientSecret: string,
	owner: Omit<WebhookOwner, 'url'>,
): Promise<string | undefined> {
	const own = (await listWebhooks(session)).filter(
		({ url, mark }) => mark === webhookMark(webhookSecret(clientSecret, { ...owner, url })),
	);
	const urls = new Set(own.map(({ url }) => url));
	return urls.size === 1 ? own[0]!.url : undefined;
}

/** If the answer was lost, the webhook may be there; if it was refused, nothing is left of it. */
async function create(session: CrmSession, wanted: WantedWebhook): Promise<Webhook> {
	try {
		return await createWebhook(session, wanted);
	} catch (error) {
		if (!(error instanceof SuperOfficeError) || !error.outcomeUnknown) throw error;
		const [created] = await webhooksFor(session, wanted.url);
		if (created === undefined || !isAsWanted(created, wanted)) throw error;
		return created;
	}
}

async function webhooksFor(session: CrmSession, url: string): Promise<Webhook[]> {
	const own = (await listWebhooks(session)).filter((webhook) => webhook.url === url);
	return own.sort((one, other) => one.id - other.id);
}
