import type { SuperOfficeErrorCode } from '../../../superoffice';
import type { SuperOfficeOnline } from '../../superoffice-online';

export type ExchangeProtocol = 'rest' | 'soap';

/** Where a case runs: with a new tenant in Production that nothing is cached for. */
export interface Scene {
	online: SuperOfficeOnline;
	tenant: string;
	protocol: ExchangeProtocol;
}

/** What takes the place of the proxy to SuperOffice. */
export type WrongProxy = 'missing' | 'hanging' | 'intercepting' | 'refusing';

/** One row of the table: what goes wrong, and the expected outcome. */
export interface FaultCase {
	name: string;
	/** Whether the credential has a ticket from an earlier run, which must be checked by now. */
	withTicket?: boolean;
	/** What goes wrong at SuperOffice. */
	when?: (scene: Scene) => void | Promise<void>;
	/** The credential's fields that are filled in wrong. */
	filledIn?: (scene: Scene) => Record<string, string>;
	/** Milliseconds by which SuperOffice's clock is ahead of this machine's. */
	clock?: number;
	proxy?: WrongProxy;
	/** The node's timeout, in milliseconds. */
	timeout?: number;
	/** The expected outcome. */
	then: 'ticket' | SuperOfficeErrorCode;
	/** How many exchange requests are sent. */
	tries: number;
	/** How many of them succeed, each leaving a record in the tenant's database. */
	records: number;
	/** The error's whole message; TENANT stands for the tenant. */
	says?: string;
	/** What the hint must match. */
	cure?: RegExp;
}
