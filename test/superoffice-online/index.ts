import { SuperOfficeOnline, type StartOptions } from './service';

export type { Application } from './application';
export { createAuthority, type Authority } from './authority';
export { Caller, createClient } from './caller';
export type { Counts, RequestRecord } from './counts';
export type { Environment, Login } from './environments';
export type { LoginJwk } from './login-keys';
export type { JwtParts, Misbehaviour, Place } from './misbehaviour';
export { mostInASecond } from './most-in-a-second';
export type { CredentialData, StartOptions, SuperOfficeOnline } from './service';
export type { Tenant, TenantState } from './tenants';
export type { Ticket } from './tickets';

/**
 * Starts SuperOffice Online on loopback. Clients reach it by its real host names, through `proxyUrl`
 * and trusting `authority.certificatePem`. Nothing is written to disk. Whoever starts it closes it.
 */
export function startSuperOfficeOnline(options?: StartOptions): Promise<SuperOfficeOnline> {
	return SuperOfficeOnline.start(options);
}
