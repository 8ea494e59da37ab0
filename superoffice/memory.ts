import { CallRate } from './call-rate';
import { PublishedKeys } from './published-keys';
import { TenantStates } from './tenant-state';

/**
 * What is kept of what SuperOffice tells everyone, its keys and where tenants live, and of when it was called. No secret
 * is in it.
 */
export class Memory {
	readonly publishedKeys = new PublishedKeys();

	readonly tenantStates: TenantStates;

	readonly callRate = new CallRate();

	/** @param mostTenants how many tenants are remembered; the one that was asked for longest ago makes room */
	constructor(readonly mostTenants = 10_000) {
		this.tenantStates = new TenantStates(mostTenants);
	}
}

/** The one memory of this process, used where no other is given. */
export const sharedMemory = new Memory();
