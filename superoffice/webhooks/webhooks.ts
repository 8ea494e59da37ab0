import { isObject, type CrmSession } from '../crm/crm-session';
import type { EntityRecord } from '../crm/records';
import { SuperOfficeError } from '../errors';

/** The mark is one of the headers that SuperOffice sends along with each event. */
const markHeader = 'X-n8n-Webhook';

/** What a webhook is to be. */
export interface WantedWebhook {
	url: string;
	/** What people see in SuperOffice. */
	name: string;
	events: readonly string[];
	secret: string;
	/** What it is recognized by. */
	mark: string;
}

/** A webhook, as SuperOffice has it. The secret is never among it. */
export interface Webhook {
	id: number;
	url: string;
	mark?: string;
	events: string[];
	state: string;
	consecutiveErrors: number;
	lastError: string;
	/** When it was last saved, by SuperOffice's clock. */
	updated?: string;
	record: EntityRecord;
}

/** The webhooks of this application; others are never shown. */
export async function listWebhooks(session: CrmSession): Promise<Webhook[]> {
	const records = await session.callForList({ path: '/v1/Webhook' }).catch(explainAccess);
	return records.map(toWebhook);
}

/** @throws SuperOfficeError also if SuperOffice cannot reach the URL, which it calls before it answers */
export async function createWebhook(session: CrmSession, wanted: WantedWebhook): Promise<Webhook> {
	const body = toRecord(wanted);
	return await save(session, wanted, { method: 'POST', path: '/v1/Webhook', body });
}

/**
 * Saves a webhook as a whole, and starts it again: without its secret it would no longer have one.
 *
 * @throws SuperOfficeError also if SuperOffice cannot reach the URL, which it calls before it answers
 */
export async function replaceWebhook(
	session: CrmSession,
	{ id, record }: Webhook,
	wanted: WantedWebhook,
): Promise<Webhook> {
	const body = { ...record, ...toRecord(wanted, record.Headers) };
	return await save(session, wanted, { method: 'PUT', path: `/v1/Webhook/${id}`, body });
}

/** One that is gone already is deleted as well. */
export async function deleteWebhook(session: CrmSession, { id }: Webhook): Promise<void> {
	try {
		await session.call({ method: 'DELETE', path: `/v1/Webhook/${id}` });
	} catch (error) {
		if (!isStatus(error, 404)) throw error;
	}
}

/** Whether a webhook needs no saving. */
export function isAsWanted(webhook: Webhook, { events, mark }: WantedWebhook): boolean {
	const names = (list: readonly string[]) =>
		[...new Set(list.map((name) => name.toLowerCase()))].sort().join();
	return (
		webhook.state === 'Active' && webhook.mark === mark && names(webhook.events) === names(events)
	);
}

async function save(
	session: CrmSession,
	wanted: WantedWebhook,
	request: { method: 'POST' | 'PUT'; path: string; body: object },
): Promise<Webhook> {
	try {
		return toWebhook(await session.callForObject(request));
	} catch (error) {
		if (!isStatus(error, 400)) return await explainAccess(error);
		throw new SuperOfficeError(
			'CALL_FAILED',
			`SuperOffice did not accept the webhook for ${wanted.url}. ${error.message}`,
			'Before it accepts one, it calls the URL. n8n must be reachable from the internet under this URL, by https with a valid certificate; WEBHOOK_URL sets it. Where that cannot be, use SuperOffice Polling Trigger.',
			{ httpStatus: 400 },
		);
	}
}

function toRecord(
	{ url, name, events, secret, mark }: WantedWebhook,
	headers: unknown = {},
): EntityRecord {
	return {
		Name: name,
		Events: [...events],
		TargetUrl: url,
		Secret: secret,
		State: 'Active',
		Type: 'webhook',
		Headers: { ...(isObject(headers) && headers), [markHeader]: mark },
	};
}

function toWebhook(record: EntityRecord): Webhook {
	const { WebhookId, TargetUrl, Headers, Events, State, Updated } = record;
	const mark = isObject(Headers)
		? Object.entries(Headers).find(([name]) => name.toLowerCase() === markHeader.toLowerCase())
		: undefined;
	return {
		id: Number(WebhookId),
		url: String(TargetUrl ?? ''),
		mark: mark === undefined ? undefined : String(mark[1]),
		events: Array.isArray(Events) ? Events.map(String) : [],
		state: String(State ?? ''),
		consecutiveErrors: Number(record.ConsecutiveErrors ?? 0),
		lastError: String(record.LastError ?? '').trim(),
		updated: typeof Updated === 'string' ? withOffset(Updated) : undefined,
		record,
	};
}

/** @throws the error, or what it means that SuperOffice refuses the application its webhooks */
async function explainAccess(error: unknown): Promise<never> {
	if (!isStatus(error, 403)) throw error;
	throw new SuperOfficeError(
		'CALL_FAILED',
		`SuperOffice does not let this application have webhooks. ${error.message}`,
		'In SuperOffice’s Developer Portal, the application needs access to the Webhook agent. If that was added later, an administrator of the tenant must approve the application again. The tenant also needs Development Tools or the CRM Suite Core plan.',
		{ httpStatus: 403 },
	);
}

function isStatus(error: unknown, status: number): error is SuperOfficeError {
	return error instanceof SuperOfficeError && error.httpStatus === status;
}

/** It is UTC, also where it does not say so. */
function withOffset(time: string): string {
	return /(?:Z|[+-]\d\d:?\d\d)$/.test(time) ? time : `${time}Z`;
}
