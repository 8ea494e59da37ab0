import { json, type Call, type Reply } from '../../messages';
import { isNewer, NO_CONTENT, readJson } from '../entities/verbs';
import { answerOrRefuse, ApiError, illegal, notFound } from '../errors';
import type { Tenant } from '../tenants';
import { assign, checked, readEntity, render, settable, STATES } from './entity';
import { patched } from './patch';
import { newWebhook, type Webhook, type WebhookState } from './webhook';

/** Made up: the documents do not say what SuperOffice answers here. */
const REFUSALS = {
	notGranted: 'The application is not authorized to use the Webhook agent',
	notApproved: 'The application must be approved again by an administrator',
};

/** What came of calling the target of a webhook that is about to be saved: why it failed, or undefined. */
const tested = new WeakMap<Call, string | undefined>();

/** Calls the target with the test event, as SuperOffice does before it saves a webhook or when it is asked to. */
export async function testTarget(call: Call, tenant: Tenant, resource: string): Promise<void> {
	const { deliveries } = tenant.webhooks;
	const draft = (() => {
		try {
			return draftOf(call, tenant, resource);
		} catch (error) {
			if (error instanceof ApiError) return undefined;
			throw error;
		}
	})();
	if (draft !== undefined) tested.set(call, await deliveries.test(draft, tenant.contextIdentifier));
}

/** The webhook that a call would save; undefined if it saves none that is called. */
function draftOf(call: Call, tenant: Tenant, resource: string): Webhook | undefined {
	if (tenant.settings.webhooks !== 'granted') return undefined;
	const { method } = call;
	const [, digits] = /^v1\/webhook\/(\d+)$/.exec(resource) ?? [];
	const isTest = method === 'POST' && resource === 'v1/webhook/test';
	const isReplaced = method === 'PUT' && digits !== undefined;
	const isSaved = (method === 'POST' && resource === 'v1/webhook') || isReplaced;
	if (!isTest && !isSaved) return undefined;
	const entity = isReplaced ? readReplacement(call, find(tenant, digits)) : readEntity(call);
	const draft = assign(newWebhook(tenant.clock), entity);
	if (isTest) checkUrl(draft);
	else check(draft);
	return draft.type === 'webhook' ? draft : undefined;
}

/** Answers what is about webhooks. Undefined for all else. */
export function answerWebhooks(call: Call, tenant: Tenant, resource: string): Reply | undefined {
	const [, rest] = /^v1\/webhook(?:\/(.+))?$/.exec(resource) ?? [];
	if (!/^v1\/webhook(\/|$)/.test(resource)) return undefined;
	return answerOrRefuse(() => {
		const { webhooks: access } = tenant.settings;
		if (access !== 'granted') {
			throw new ApiError(403, 'SoSecurityException', REFUSALS[access]);
		}
		return rest === undefined ? answerAll(call, tenant) : answerOne(call, tenant, rest);
	});
}

function answerAll(call: Call, tenant: Tenant): Reply {
	if (call.method === 'GET') return json(200, list(call, tenant).map(render));
	if (call.method !== 'POST') throw wrongMethod(call);
	const draft = assign(newWebhook(tenant.clock), readEntity(call));
	check(draft);
	checkTarget(call);
	return json(200, render(tenant.webhooks.add(draft)));
}

function answerOne(call: Call, tenant: Tenant, rest: string): Reply {
	const { method } = call;
	if (method === 'GET' && rest === 'default') return json(200, render(newWebhook(tenant.clock)));
	if (method === 'POST' && rest === 'test') {
		checkUrl(assign(newWebhook(tenant.clock), readEntity(call)));
		const failure = tested.get(call);
		return json(200, { Success: failure === undefined, Message: failure ?? 'OK' });
	}
	// The name as it was sent: in any case.
	const [, event, key] = /\/([^/]+\.[^/]+)\/(\d+)\/?$/.exec(call.path) ?? [];
	if (method === 'POST' && event !== undefined) {
		tenant.webhooks.raise(event, Number(key), { values: readObject(call) });
		return NO_CONTENT;
	}
	const [, digits, part] = /^(\d+)(\/lasterror)?$/.exec(rest) ?? [];
	if (digits === undefined) throw notFound('Webhook', rest);
	if (method === 'DELETE' && part === undefined) {
		// Whether there was one is not asked.
		const there = own(tenant).find(({ id }) => id === Number(digits));
		if (there) tenant.webhooks.remove(there.id);
		return NO_CONTENT;
	}
	const webhook = find(tenant, digits);
	if (part !== undefined) {
		if (method !== 'GET') throw wrongMethod(call);
		return json(200, webhook.lastError);
	}
	if (method === 'GET') return json(200, render(webhook));
	if (method === 'PUT') return replace(call, tenant, webhook);
	if (method === 'PATCH') return change(call, tenant, webhook);
	throw wrongMethod(call);
}

function find(tenant: Tenant, digits: string): Webhook {
	const webhook = own(tenant).find(({ id }) => id === Number(digits));
	if (!webhook) throw notFound('Webhook', digits);
	return webhook;
}

function readObject(call: Call): Record<string, unknown> {
	const body = readJson(call);
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		throw illegal('The body must be an object');
	}
	return body as Record<string, unknown>;
}

function readReplacement(call: Call, { id }: Webhook): Record<string, unknown> {
	const entity = readEntity(call);
	const { WebhookId = 0 } = readObject(call);
	if (WebhookId === 0 || WebhookId === id) return entity;
	throw illegal(`WebhookId: ${JSON.stringify(WebhookId)} is not the id of this webhook`);
}

/** PUT: what is missing in the body is emptied. */
function replace(call: Call, tenant: Tenant, webhook: Webhook): Reply {
	const entity = readReplacement(call, webhook);
	check(assign(newWebhook(tenant.clock), entity));
	checkTarget(call);
	return save(tenant, webhook, entity);
}

/** PATCH: the target is not called. */
function change(call: Call, tenant: Tenant, webhook: Webhook): Reply {
	const since = call.headers['if-unmodified-since'];
	if (since !== undefined && isNewer({ updatedAt: webhook.updated }, since)) {
		throw new ApiError(412, '', '');
	}
	const { Secret = webhook.secret, ...others } = patched(settable(webhook), readJson(call));
	return save(tenant, webhook, checked({ ...others, Secret }));
}

function save(tenant: Tenant, webhook: Webhook, entity: Record<string, unknown>): Reply {
	const wasActive = webhook.state === 'Active';
	check(assign({ ...webhook }, entity));
	assign(webhook, entity);
	webhook.updated = tenant.clock.now();
	if (webhook.state === 'Active' && !wasActive) webhook.consecutiveErrors = 0;
	if (webhook.state !== 'Active') tenant.webhooks.deliveries.discard(webhook);
	return json(200, render(webhook));
}

function list({ query }: Call, tenant: Tenant): Webhook[] {
	const unknown = [...query.keys()].find(
		(name) => !['nameFilter', 'eventFilter', 'statusFilter'].includes(name),
	);
	if (unknown !== undefined) throw illegal(`Unknown option: ${unknown}`);
	const name = query.get('nameFilter') ?? '';
	const event = query.get('eventFilter') ?? '';
	const status = query.get('statusFilter') ?? '';
	if (status !== '' && !STATES.includes(status as WebhookState)) {
		throw illegal(`statusFilter: '${status}' is no WebhookState`);
	}
	return own(tenant).filter(
		(webhook) =>
			webhook.name.includes(name) &&
			(event === '' || webhook.events.includes(event)) &&
			(status === '' || status === 'Unknown' || webhook.state === status),
	);
}

function own(tenant: Tenant): Webhook[] {
	return tenant.webhooks.all.filter(({ isForeign }) => !isForeign);
}

/** Throws where SuperOffice would not save it. */
function check(webhook: Webhook): void {
	if (webhook.name === '') throw illegal('Webhook Name is missing');
	if (webhook.events.length === 0) throw illegal('Webhook Events are missing');
	checkUrl(webhook);
}

function checkUrl({ targetUrl, type }: Webhook): void {
	if (targetUrl === '') throw illegal('Webhook TargetUrl is missing');
	if (type !== 'webhook') return;
	if (!/^https:/i.test(targetUrl)) {
		throw illegal(`Webhook TargetUrl must be secure: 'HTTPS:' not found in ${targetUrl}`);
	}
	if (!URL.canParse(targetUrl)) throw illegal('Webhook TargetUrl is no URL');
}

/** Status and text are not documented. */
function checkTarget(call: Call): void {
	const failure = tested.get(call);
	if (failure !== undefined) throw illegal(`Webhook test failed. ${failure}`);
}

function wrongMethod({ method }: Call): ApiError {
	const text = `The requested resource does not support http method '${method}'`;
	return new ApiError(405, 'SoNotSupportedException', text);
}
