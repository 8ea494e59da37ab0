import type { EntityName } from '../crm/store';

/** How a tenant's API answers: what an administrator, or the load of the moment, has made of it. */
export interface TenantSettings {
	/** The tenant's base time zone, as an IANA name */
	baseTimeZone: string;
	/** The most rows in one page of an archive; a request for more gets this many */
	pageCap: number;
	/** Milliseconds that each call takes */
	latency: number;
	/** Properties that the caller may not see: they come back null, and must not be changed (403) */
	hiddenProperties: Partial<Record<EntityName, string[]>>;
	/** Ids of records that the caller may not see */
	hiddenRecords: Partial<Record<EntityName, number[]>>;
	/** Properties that must be filled in, besides those that SuperOffice itself demands */
	mandatory: Partial<Record<EntityName, string[]>>;
	/** Whether the content of documents is checked out before it is changed */
	lockSemantics: 'None' | 'Locking' | 'Versioning';
	/** Whether the application may have webhooks, or what it lacks */
	webhooks: 'granted' | 'notGranted' | 'notApproved';
}

/** What a tenant starts with. */
export function standardSettings(): TenantSettings {
	return {
		baseTimeZone: 'Europe/Oslo',
		pageCap: 1000,
		latency: 0,
		hiddenProperties: {},
		hiddenRecords: {},
		mandatory: {},
		lockSemantics: 'None',
		webhooks: 'granted',
	};
}
