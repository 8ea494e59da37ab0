import type { KeyObject } from 'crypto';

import { MetadataCache } from './crm/metadata-cache';
import { RateLimiter } from './http/rate-limiter';
import { JwksCache } from './jwt/jwks-cache';
import { KeyCache, type KeyCaches } from './keys/key-cache';
import type { PublicKey } from './keys/public-keys';
import { TenantStates } from './tenants/tenant-states';
import { TicketCache } from './tickets/ticket-cache';
import { RecordLookups } from './webhooks/record-lookups';
import { WebhookStates } from './webhooks/webhook-states';

/**
 * All that is remembered from one call to the next: keys, tenants' addresses, tickets, fields, what webhooks told, and
 * when SuperOffice was called. One for each program; whoever is handed the same one shares it all.
 */
export class AuthState implements KeyCaches {
	readonly jwksCache = new JwksCache();

	readonly metadata = new MetadataCache();

	readonly privateKeys = new KeyCache<KeyObject>();

	readonly publicKeys = new KeyCache<PublicKey[]>();

	readonly rateLimiter = new RateLimiter();

	readonly tenantStates: TenantStates;

	readonly tickets: TicketCache;

	readonly webhooks = new WebhookStates();

	/** Nodes that are polling just now. */
	readonly polling = new Set<string>();

	/** Of records that webhooks told of. */
	readonly recordLookups = new RecordLookups<unknown>();

	/** @param maxTenants how many tenants are remembered; the one asked for longest ago makes room */
	constructor(maxTenants = 10_000) {
		this.tenantStates = new TenantStates(maxTenants);
		this.tickets = new TicketCache(maxTenants);
	}
}
