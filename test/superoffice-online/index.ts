import { SuperOfficeOnline, type StartOptions } from './control/service';

export { Caller, createClient } from './control/caller';
export type { Counts, RequestRecord } from './control/counts';
export type { JwtParts, Misbehaviour, Place } from './control/misbehaviour';
export { mostAtOnce } from './control/most-at-once';
export { mostInASecond } from './control/most-in-a-second';
export type { CredentialData, StartOptions, SuperOfficeOnline } from './control/service';
export type { TenantSettings } from './control/tenant-settings';
export type {
	CustomFieldDefinition,
	EntityName,
	ListItem,
	StoredRecord,
	TenantDatabase,
} from './crm/store';
export type { NewTenant, Tenant, TenantState } from './crm/tenants';
export type { Ticket } from './crm/tickets';
export type { Attempt } from './crm/webhooks/deliveries';
export type { Webhook } from './crm/webhooks/webhook';
export type { Application } from './login/application';
export type { Environment, Login } from './login/environments';
export type { LoginJwk } from './login/login-keys';
export { createAuthority, type Authority } from './tls/authority';

/**
 * Starts SuperOffice Online on loopback. Clients reach it by its real host names, through `proxyUrl`
 * and trusting `authority.certificatePem`. Nothing is written to disk. Whoever starts it must close it.
 */
export function startSuperOfficeOnline(options?: StartOptions): Promise<SuperOfficeOnline> {
	return SuperOfficeOnline.start(options);
}
