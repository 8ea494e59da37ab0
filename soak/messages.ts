/** What the soak and n8n, a process of its own, tell each other. Times are milliseconds since 1970. */
import type { IDataObject } from 'n8n-workflow';

import type { StoredCredential } from '../test/engine/harness';

/** What n8n keeps in its database, and so over a restart. */
export interface Database {
	credential: StoredCredential;
	/** The static data of the sync workflow. */
	syncMemory: IDataObject;
}

export type Order =
	/** `now` is what the clock of n8n's machine shows from now on. */
	| { kind: 'start'; now: number; database: Database }
	/** Run the workflows once, with that many items in each. */
	| { kind: 'run'; now: number; items: number }
	| { kind: 'measure' };

/** What the sync gets of a company, with a UTC time like `2026-10-25T12:30:00`. */
export interface Company {
	contactId: number;
	updatedDate: string;
}

export interface Report {
	/** Why the workflows failed, if any of them did. */
	failures: string[];
	/** The companies that the sync has got; none if it failed. */
	synced?: Company[];
	database: Database;
}

/** In bytes, after garbage collection. */
export interface Memory {
	heap: number;
	rss: number;
}
