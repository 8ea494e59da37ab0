import { readJson } from '../entities/verbs';
import { illegal } from '../errors';
import type { Call } from '../../messages';
import type { Webhook, WebhookState } from './webhook';

type Kind = 'text' | 'texts' | 'textMap' | 'map' | 'associates';

/** What a caller may set, under SuperOffice's names, by what it must be and how long it may be. */
const SETTABLE: Record<string, { of: Kind; max?: number }> = {
	Name: { of: 'text', max: 400 },
	Events: { of: 'texts', max: 4000 },
	TargetUrl: { of: 'text', max: 4000 },
	Secret: { of: 'text', max: 400 },
	State: { of: 'text' },
	Type: { of: 'text', max: 100 },
	Headers: { of: 'textMap' },
	Properties: { of: 'map' },
	ErrorsEmail: { of: 'text', max: 239 },
	ErrorEmails: { of: 'texts' },
	ErrorAssociates: { of: 'associates' },
	Description: { of: 'text', max: 4000 },
	NotifyVia: { of: 'text' },
	NotifyWhen: { of: 'text' },
};
/** What a webhook says about itself. It may be sent back, and is not taken. */
const ABOUT = new Set([
	'WebhookId',
	'Registered',
	'RegisteredAssociate',
	'Updated',
	'UpdatedAssociate',
	'TotalCalls',
	'TotalErrors',
	'ConsecutiveErrors',
	'LastError',
	'TableRight',
	'FieldProperties',
	'_Links',
]);
export const STATES: WebhookState[] = ['Unknown', 'Active', 'Stopped', 'TooManyErrors'];
const ENUMS: Record<string, readonly string[]> = {
	State: STATES,
	NotifyVia: ['None', 'Email', 'InApp'],
	NotifyWhen: ['None', 'FirstFailure', 'Disabling'],
};

/** The webhook in a body. Throws for what SuperOffice does not know, or where a value is of another kind. */
export function readEntity(call: Call): Record<string, unknown> {
	const body = readJson(call);
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		throw illegal('The body must be a webhook');
	}
	return checked(body as Record<string, unknown>);
}

export function checked(entity: Record<string, unknown>): Record<string, unknown> {
	const taken: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(entity)) {
		if (ABOUT.has(name)) continue;
		const kind = SETTABLE[name];
		if (kind === undefined) throw illegal(`Unknown property '${name}'`);
		if (value !== null && !fits(value, kind.of)) throw illegal(`${name}: ${kind.of} is expected`);
		if (kind.max !== undefined && String(value ?? '').length > kind.max) {
			throw illegal(`${name}: more than ${kind.max} characters`);
		}
		taken[name] = value;
	}
	for (const [name, known] of Object.entries(ENUMS)) {
		// Those of NotifyWhen are flags, of which there may be several.
		const names = taken[name] ? String(taken[name]).split(', ') : [];
		const isOne = names.length < 2 || name === 'NotifyWhen';
		if (isOne && names.every((each) => known.includes(each))) continue;
		throw illegal(`${name}: ${JSON.stringify(taken[name])} is not known`);
	}
	return taken;
}

function fits(value: unknown, of: Kind): boolean {
	if (of === 'text') return typeof value === 'string';
	if (of === 'texts') return Array.isArray(value) && value.every(isText);
	if (of === 'associates') return Array.isArray(value) && value.every(hasId);
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
	return of === 'map' || Object.values(value).every(isText);
}

const isText = (value: unknown) => typeof value === 'string';

const hasId = (item: unknown) => Number.isInteger((item as { Id?: unknown } | null)?.Id);

/**
 * Makes a webhook what an entity says: what is missing in it becomes empty. That it is so with the secret too, which
 * nobody gets back to send it along, is inferred from what PUT does elsewhere.
 */
export function assign(webhook: Webhook, entity: Record<string, unknown>): Webhook {
	const text = (name: string) => (entity[name] ?? '') as string;
	return Object.assign(webhook, {
		name: text('Name'),
		events: entity.Events ?? [],
		targetUrl: text('TargetUrl'),
		secret: text('Secret'),
		state: entity.State ?? 'Active',
		type: entity.Type ?? 'webhook',
		headers: entity.Headers ?? {},
		properties: entity.Properties ?? {},
		errorsEmail: text('ErrorsEmail'),
		errorEmails: entity.ErrorEmails ?? [],
		errorAssociates: ((entity.ErrorAssociates ?? []) as Array<{ Id: number }>).map(({ Id }) => Id),
		description: text('Description'),
		notifyVia: entity.NotifyVia ?? 'None',
		notifyWhen: entity.NotifyWhen ?? 'None',
	});
}

/** What a caller may set, as it is, but for the secret, which is undefined. */
export function settable(webhook: Webhook): Record<string, unknown> {
	const entity = render(webhook);
	const names = Object.keys(entity).filter((name) => name in SETTABLE);
	return { ...Object.fromEntries(names.map((name) => [name, entity[name]])), Secret: undefined };
}

/** The webhook as callers get it: without its secret. */
export function render(webhook: Webhook): Record<string, unknown> {
	const { id, headers, properties } = webhook;
	const orNull = (map: object) => (Object.keys(map).length === 0 ? null : map);
	return {
		WebhookId: id,
		Name: webhook.name || null,
		Events: webhook.events,
		TargetUrl: webhook.targetUrl || null,
		Secret: null,
		State: webhook.state,
		Type: webhook.type,
		Headers: orNull(headers),
		Properties: orNull(properties),
		Registered: id === 0 ? '0001-01-01T00:00:00' : utc(webhook.registered),
		RegisteredAssociate: id === 0 ? null : { AssociateId: webhook.registeredBy },
		Updated: id === 0 ? '0001-01-01T00:00:00' : utc(webhook.updated),
		UpdatedAssociate: id === 0 ? null : { AssociateId: webhook.updatedBy },
		ErrorsEmail: webhook.errorsEmail || null,
		ErrorEmails: webhook.errorEmails,
		ErrorAssociates: webhook.errorAssociates.map((Id) => ({ Id })),
		Description: webhook.description,
		NotifyVia: webhook.notifyVia,
		NotifyWhen: webhook.notifyWhen,
		TotalCalls: webhook.totalCalls,
		TotalErrors: webhook.totalErrors,
		ConsecutiveErrors: webhook.consecutiveErrors,
		LastError: webhook.lastError,
	};
}

function utc(date: Date): string {
	return `${date.toISOString().slice(0, 19)}Z`;
}
