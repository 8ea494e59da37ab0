import { randomBytes } from 'node:crypto';
import type { Clock } from '../control/clock';

/** A ticket dies after going unused for this long, in milliseconds. */
export const TICKET_IDLE_LIFETIME = 6 * 60 * 60 * 1000;

/** What the service remembers about a ticket, dead or alive. */
export interface Ticket {
	ticket: string;
	contextIdentifier: string;
	issuedAt: Date;
	lastUsed: Date;
	/** API calls it was accepted for */
	uses: number;
}

/** All tickets ever issued, and which of them are still alive by the service's clock. */
export class Tickets {
	private readonly issued = new Map<string, Ticket>();
	private readonly ended = new Set<Ticket>();

	constructor(private readonly clock: Clock) {}

	all(): Ticket[] {
		return [...this.issued.values()];
	}

	issue(contextIdentifier: string): Ticket {
		const now = this.clock.now();
		const ticket: Ticket = {
			// 32 bytes: their base64 ends in '=' and often has '+' and '/', which must arrive unchanged.
			ticket: `7T:${randomBytes(32).toString('base64')}`,
			contextIdentifier,
			issuedAt: now,
			lastUsed: now,
			uses: 0,
		};
		this.issued.set(ticket.ticket, ticket);
		return ticket;
	}

	/** Uses a ticket, which restarts its 6 hours. False unless it is a live ticket of that tenant. */
	use(ticket: string, contextIdentifier: string): boolean {
		const found = this.findLive(ticket, contextIdentifier);
		if (!found) return false;
		found.lastUsed = this.clock.now();
		found.uses += 1;
		return true;
	}

	isLive(ticket: string, contextIdentifier?: string): boolean {
		return this.findLive(ticket, contextIdentifier) !== undefined;
	}

	expireAll(): void {
		for (const ticket of this.issued.values()) this.ended.add(ticket);
	}

	private findLive(ticket: string, contextIdentifier?: string): Ticket | undefined {
		const found = this.issued.get(ticket);
		if (!found || this.ended.has(found)) return undefined;
		const ofTenant =
			contextIdentifier === undefined ||
			found.contextIdentifier.toLowerCase() === contextIdentifier.toLowerCase();
		const idle = this.clock.now().getTime() - found.lastUsed.getTime();
		return ofTenant && idle < TICKET_IDLE_LIFETIME ? found : undefined;
	}
}
