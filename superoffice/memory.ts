import { PublishedKeys } from './published-keys';
import { TenantStates } from './tenant-state';

/** What is kept of what SuperOffice tells everyone: its keys, and where tenants live. No secret is in it. */
export class Memory {
	readonly publishedKeys = new PublishedKeys();

	readonly tenantStates = new TenantStates();
}

/** The one memory of this process, used where no other is given. */
export const sharedMemory = new Memory();
