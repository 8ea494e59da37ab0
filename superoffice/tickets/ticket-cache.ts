import { SingleFlight } from '../http/single-flight';
import type { JwtRejectedError } from '../jwt/jwt-errors';
import { lru, type LRU } from '../third-party/tiny-lru';
import { isNewer, withExtendedExpiry, type SystemUserTicket } from './system-user-ticket';

/** How long a ticket counts as alive after it was made or last seen to be, and a JWT's rejection for the next one's. */
const trustedFor = 60_000;

/** With times in milliseconds since 1970. */
interface CachedTicket {
	ticket: SystemUserTicket;
	/** When it was made, if it was made here. */
	madeAt?: number;
	/** Whether it was made because another was found dead right before. */
	isReplacement?: boolean;
	/** When its tenant last accepted it. */
	acceptedAt?: number;
}

/** The ticket of each cache key, what is known of its life, and the work under way for it. */
export class TicketCache {
	readonly checks = new SingleFlight<SystemUserTicket | undefined>({ isRepeatable: true });

	readonly exchanges = new SingleFlight<SystemUserTicket>();

	private readonly cached: LRU<CachedTicket>;

	/** The ticket of each cache key that was last found dead, and when. */
	private readonly dead: LRU<{ ticket: string; foundAt: number }>;

	/** Why the JWT of the last exchange was rejected, if it was, by cache key. */
	private readonly rejected: LRU<{ error: JwtRejectedError; rejectedAt: number }>;

	constructor(maxTickets: number) {
		this.cached = lru(maxTickets);
		this.dead = lru(maxTickets);
		this.rejected = lru(maxTickets);
	}

	get(cacheKey: string): SystemUserTicket | undefined {
		return this.cached.get(cacheKey)?.ticket;
	}

	/** The ticket, if it is new or its tenant accepted it within the last minute. */
	getVerified(cacheKey: string, now: Date): SystemUserTicket | undefined {
		const cached = this.cached.get(cacheKey);
		const isVerified = cached && (isRecent(cached.madeAt, now) || isRecent(cached.acceptedAt, now));
		return isVerified ? cached.ticket : undefined;
	}

	/** The cached ticket, if it is this one and replacing it would not help, whatever the failure was. */
	getUnlessWorthReplacing(
		cacheKey: string,
		ticket: string,
		now: Date,
	): SystemUserTicket | undefined {
		const cached = this.cached.get(cacheKey);
		if (cached?.ticket.ticket !== ticket) return undefined;
		const isTrusted =
			this.isNewReplacement(cacheKey, ticket, now) || isRecent(cached.acceptedAt, now);
		return isTrusted ? cached.ticket : undefined;
	}

	/**
	 * Whether a ticket was made just now in place of a dead one. A tenant that does not even accept that one would
	 * otherwise get a record with each failure.
	 */
	isNewReplacement(cacheKey: string, ticket: string, now: Date): boolean {
		const cached = this.cached.get(cacheKey);
		if (cached?.ticket.ticket !== ticket) return false;
		return cached.isReplacement === true && isRecent(cached.madeAt, now);
	}

	isKnownDead(cacheKey: string, ticket: string): boolean {
		return this.dead.get(cacheKey)?.ticket === ticket;
	}

	/** Why an exchange would come to nothing: each leaves a record with the tenant, whatever becomes of its JWT. */
	getRejection(cacheKey: string, now: Date): JwtRejectedError | undefined {
		const rejected = this.rejected.get(cacheKey);
		return isRecent(rejected?.rejectedAt, now) ? rejected?.error : undefined;
	}

	setRejected(cacheKey: string, error: JwtRejectedError, now: Date): void {
		this.rejected.set(cacheKey, { error, rejectedAt: now.getTime() });
	}

	addNew(cacheKey: string, ticket: SystemUserTicket, now: Date): void {
		const isReplacement = isRecent(this.dead.get(cacheKey)?.foundAt, now);
		this.cached.set(cacheKey, { ticket, madeAt: now.getTime(), isReplacement });
		this.rejected.delete(cacheKey);
	}

	/** A newer ticket keeps its place. Returns the ticket with the life that its use has given it. */
	setAccepted(cacheKey: string, ticket: SystemUserTicket, now: Date): SystemUserTicket {
		const extended = withExtendedExpiry(ticket, now);
		const cached = this.cached.get(cacheKey);
		if (cached === undefined || !isNewer(cached.ticket, ticket)) {
			this.cached.set(cacheKey, { ticket: extended, acceptedAt: now.getTime() });
		}
		return extended;
	}

	setDead(cacheKey: string, { ticket }: SystemUserTicket, now: Date): void {
		this.dead.set(cacheKey, { ticket, foundAt: now.getTime() });
		if (this.cached.get(cacheKey)?.ticket.ticket === ticket) this.cached.delete(cacheKey);
	}
}

/** Within the last minute. The future does not count: the clock was set back, nobody knows how long ago. */
function isRecent(then = NaN, now: Date): boolean {
	const age = now.getTime() - then;
	return age >= 0 && age < trustedFor;
}
