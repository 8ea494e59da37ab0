import { json, type Call, type Reply } from '../../messages';
import { NO_CONTENT, readJson } from '../entities/verbs';
import { answerOrRefuse, ApiError, illegal, notFound } from '../errors';
import type { Tenant } from '../tenants';
import { assign, checked, readEntity, render, settable } from './entity';
import { newWebhook, type Webhook } from './webhook';

/** The documents do not say what SuperOffice answers here; this is what they have for other closed agents. */
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
	const isSave =
		(call.method === 'POST' && /^v1\/webhook(\/test)?$/.test(resource)) ||
		(call.method === 'PUT' && /^v1\/webhook\/\d+$/.test(resource));
	if (!isSave) return undefined;
	const draft = assign(newWebhook(tenant.clock), readEntity(call));
	check(draft);
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
		const failure = tested.get(call);
		return json(200, { Success: failure === undefined, Message: failure ?? 'OK' });
	}
	const [, event, key] = /^([^/]+\.[^/]+)\/(\d+)$/.exec(rest) ?? [];
	if (method === 'POST' && event !== undefined) {
		tenant.webhooks.raise(event, Number(key), {
			values: readJson(call) as Record<string, unknown>,
		});
		return NO_CONTENT;
	}
	const [, digits, part] = /^(\d+)(\/lasterror)?$/.exec(rest) ?? [];
	if (digits === undefined) throw notFound('Webhook', rest);
	const webhook = own(tenant).find(({ id }) => id === Number(digits));
	if (method === 'DELETE') {
		// Whether there was one is not asked.
		if (webhook) tenant.webhooks.remove(webhook.id);
		return NO_CONTENT;
	}
	if (!webhook) throw notFound('Webhook', digits);
	if (part !== undefined && method === 'GET') return json(200, webhook.lastError);
	if (method === 'GET') return json(200, render(webhook));
	if (method === 'PUT') return replace(call, tenant, webhook);
	if (method === 'PATCH') return change(call, tenant, webhook);
	throw wrongMethod(call);
}

/** PUT: what is missing in the body is emptied. */
function replace(call: Call, tenant: Tenant, webhook: Webhook): Reply {
	const entity = readEntity(call);
	check(assign(newWebhook(tenant.clock), entity));
	checkTarget(call);
	return save(tenant, webhook, entity);
}

/** PATCH, a list of changes of whole properties or an object: the target is not called. */
function change(call: Call, tenant: Tenant, webhook: Webhook): Reply {
	const patch = readJson(call);
	const changes = Array.isArray(patch)
		? Object.fromEntries(
				(patch as Array<{ op: string; path: string; value: unknown }>).map(
					({ op, path, value }) => {
						if (op !== 'replace' && op !== 'add')
							throw illegal(`The operation '${op}' is not supported`);
						return [path.replace(/^\//, ''), value];
					},
				),
			)
		: (patch as Record<string, unknown>);
	return save(tenant, webhook, { ...settable(webhook), ...checked(changes) });
}

function save(tenant: Tenant, webhook: Webhook, entity: Record<string, unknown>): Reply {
	const wasActive = webhook.state === 'Active';
	check(assign({ ...webhook }, entity));
	assign(webhook, entity);
	webhook.updated = tenant.clock.now();
	if (webhook.state === 'Active' && !wasActive) webhook.consecutiveErrors = 0;
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
function check({ name, events, targetUrl, type }: Webhook): void {
	if (name === '') throw illegal('Webhook Name is missing');
	if (events.length === 0) throw illegal('Webhook Events are missing');
	if (targetUrl === '') throw illegal('Webhook TargetUrl is missing');
	if (type === 'webhook' && !targetUrl.startsWith('https:')) {
		throw illegal(`Webhook TargetUrl must be secure: 'HTTPS:' not found in ${targetUrl}`);
	}
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
