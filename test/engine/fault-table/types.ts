import type { SuperOfficeErrorCode } from '../../../superoffice';
import type { SuperOfficeOnline } from '../../superoffice-online';

export type ExchangeProtocol = 'rest' | 'soap';

/** Where a case plays: a tenant of its own, in Production, that nothing is known of. */
export interface Scene {
	online: SuperOfficeOnline;
	tenant: string;
	protocol: ExchangeProtocol;
}

/** What stands where the proxy to SuperOffice should be. */
export type WrongProxy = 'nothing' | 'one that hangs' | 'one that reads along' | 'one that says no';

/** One line of the table: what goes wrong, and what must come of it. */
export interface FaultCase {
	name: string;
	/** What goes wrong at SuperOffice. */
	when?: (scene: Scene) => void | Promise<void>;
	/** What is filled in otherwise than it should be. */
	filledIn?: (scene: Scene) => Record<string, string>;
	/** Milliseconds by which SuperOffice's clock is ahead of this machine's. */
	clock?: number;
	proxy?: WrongProxy;
	/** Of the node, in milliseconds. */
	timeout?: number;
	/** What comes of it. */
	then: 'ticket' | SuperOfficeErrorCode;
	/** How often an exchange is asked for. */
	tries: number;
	/** How many of them may succeed, each leaving a record in the tenant's database. */
	records: number;
	/** The message of the error, whole; TENANT stands for the tenant. */
	says?: string;
	/** What the hint leads to. */
	cure?: RegExp;
}
