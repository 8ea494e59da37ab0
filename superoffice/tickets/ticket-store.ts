import { AuthState } from '../auth-state';
import {
	parseCredentials,
	type ParsedCredentials,
	type SystemUserCredentials,
} from '../credentials';
import type { ClientOptions, Http } from '../http/http';
import { HttpSession } from '../http/http-session';
import { JwtRejectedError } from '../jwt/jwt-errors';
import { isAboutTenant } from '../tenants/call-tenant';
import { cacheKey as cacheKeyOf } from './cache-key';
import { checkTicket } from './check-ticket';
import { prepareExchange, requestTicket, type PreparedExchange } from './request-ticket';
import { isNewer, type SystemUserTicket } from './system-user-ticket';

export interface StoreAnswer {
	ticket: SystemUserTicket;
	/** Whether it was there before, or made for somebody else who asked at the same time. */
	reused: boolean;
}

export interface StoreOptions extends ClientOptions {
	/** The {@link cacheKeyOf} of the credentials, where the caller has it already. */
	cacheKey?: string;
	/** A ticket of these credentials that was kept elsewhere. */
	known?: SystemUserTicket;
}

/** One caller's search for a ticket. */
interface RenewalContext {
	cacheKey: string;
	credentials: ParsedCredentials;
	session: HttpSession;
}

/**
 * Keeps one live ticket for each set of credentials, so that one exchange serves everyone: all who need a ticket at
 * the same time share one check and one exchange. Tenants do not wait for each other.
 */
export class TicketStore {
	/** @param state where the tickets are kept; new by default */
	constructor(private readonly state = new AuthState()) {}

	/**
	 * A ticket fit to be handed on: new, or accepted by its tenant within the last minute. Where several are known, the
	 * newest one that is alive.
	 *
	 * @param options.alwaysRequestNew leave what is known alone, and make a new one
	 * @throws SuperOfficeError if there is none to be had, or none that is known to be alive
	 */
	async getTicket(
		credentials: SystemUserCredentials,
		http: Http,
		options: StoreOptions & { alwaysRequestNew?: boolean } = {},
	): Promise<StoreAnswer> {
		const { cacheKey = cacheKeyOf(credentials), known, alwaysRequestNew = false } = options;
		const session = new HttpSession(http, options);
		const cached = this.state.tickets.getVerified(cacheKey, session.clock());
		// Of these very credentials, so nothing of them need be checked again.
		if (cached && !alwaysRequestNew) return { ticket: cached, reused: true };
		const context = { cacheKey, credentials: parseCredentials(credentials, this.state), session };
		if (alwaysRequestNew) return await this.requestNew(context);
		return await this.find(context, { known });
	}

	/**
	 * A ticket for a caller who has none, or whose `failed` one may be dead. That one is returned if it is alive, or if
	 * whatever went wrong keeps the tenant from saying so: a new ticket would not help.
	 */
	async renewTicket(
		credentials: SystemUserCredentials,
		http: Http,
		options: StoreOptions & { failed?: SystemUserTicket } = {},
	): Promise<SystemUserTicket> {
		const { cacheKey = cacheKeyOf(credentials), failed, known } = options;
		const context = {
			cacheKey,
			credentials: parseCredentials(credentials, this.state),
			session: new HttpSession(http, options),
		};
		const good = failed && (await this.unlessDead(context, failed));
		return good ?? (await this.find(context, { known, takesUnverified: true })).ticket;
	}

	/**
	 * Whether a ticket is dead that a call was turned down with, however lately its tenant accepted it. A dead one is not
	 * used again.
	 */
	async isDead(
		credentials: SystemUserCredentials,
		http: Http,
		{ failed, ...options }: ClientOptions & { failed: SystemUserTicket },
	): Promise<boolean> {
		const cacheKey = cacheKeyOf(credentials);
		const session = new HttpSession(http, options);
		const { tickets } = this.state;
		if (tickets.isKnownDead(cacheKey, failed.ticket)) return true;
		if (tickets.isNewReplacement(cacheKey, failed.ticket, session.clock())) return false;
		const context = { cacheKey, credentials: parseCredentials(credentials, this.state), session };
		return await this.check(context, failed).then(
			(alive) => alive === undefined,
			() => false,
		);
	}

	/** The ticket kept for a cache key, if there is one; whether it is still alive is not known. */
	peekTicket(cacheKey: string): SystemUserTicket | undefined {
		return this.state.tickets.get(cacheKey);
	}

	/** The ticket kept for a cache key, if it is new or its tenant accepted it within the last minute. */
	peekVerifiedTicket(cacheKey: string, clock = () => new Date()): SystemUserTicket | undefined {
		return this.state.tickets.getVerified(cacheKey, clock());
	}

	private async find(
		context: RenewalContext,
		{ known, takesUnverified }: { known?: SystemUserTicket; takesUnverified?: boolean },
	): Promise<StoreAnswer> {
		const { cacheKey, credentials, session } = context;
		const { tenantStates, tickets } = this.state;
		for (let prepared: PreparedExchange | undefined; ; ) {
			// Looked up in each round: another caller may have got one while this one was waiting.
			const verified = tickets.getVerified(cacheKey, session.clock());
			if (verified) return { ticket: verified, reused: true };
			const [ticket] = [tickets.get(cacheKey), known]
				.flatMap((candidate) => candidate ?? [])
				.filter((candidate) => !tickets.isKnownDead(cacheKey, candidate.ticket))
				.sort((one, other) => (isNewer(one, other) ? -1 : 1));
			if (ticket === undefined) {
				const rejection = tickets.getRejection(cacheKey, session.clock());
				if (rejection) throw rejection.copy();
				if (prepared !== undefined) return await this.request(context, prepared);
				prepared = await prepareExchange(credentials, session, this.state);
				continue;
			}
			try {
				const webApiUrl = await tenantStates.getWebApiUrl(credentials, session);
				const alive = await this.check(context, ticket, webApiUrl);
				if (alive !== undefined) return { ticket: alive, reused: true };
			} catch (error) {
				if (!takesUnverified) throw error;
				return { ticket, reused: true };
			}
		}
	}

	/**
	 * A ticket that failed its user, as far as it may be alive. It is checked where it failed: only if the tenant turns
	 * out not to be there any more does it come back with another address.
	 */
	private async unlessDead(
		context: RenewalContext,
		failed: SystemUserTicket,
	): Promise<SystemUserTicket | undefined> {
		const { cacheKey, session } = context;
		const { tickets } = this.state;
		if (tickets.isKnownDead(cacheKey, failed.ticket)) return undefined;
		const cached = tickets.getUnlessWorthReplacing(cacheKey, failed.ticket, session.clock());
		if (cached?.webApiUrl === failed.webApiUrl) return cached;
		try {
			return await this.check(context, failed);
		} catch (error) {
			if (isAboutTenant(error)) throw error;
			return failed;
		}
	}

	private async check(
		{ cacheKey, credentials, session }: RenewalContext,
		ticket: SystemUserTicket,
		webApiUrl = ticket.webApiUrl,
	): Promise<SystemUserTicket | undefined> {
		const { tickets } = this.state;
		const key = `${cacheKey} ${ticket.ticket} ${webApiUrl}`;
		return await tickets.checks.share(key, session, async (shared) => {
			const alive = await checkTicket({ ...ticket, webApiUrl }, credentials, shared, this.state);
			if (alive !== undefined) return tickets.setAccepted(cacheKey, alive, shared.clock());
			tickets.setDead(cacheKey, ticket, shared.clock());
			return undefined;
		});
	}

	/** A new ticket, or that of an exchange under way. */
	private async request(context: RenewalContext, prepared: PreparedExchange): Promise<StoreAnswer> {
		const { cacheKey, session } = context;
		let reused = true;
		const ticket = await this.state.tickets.exchanges.share(cacheKey, session, async (shared) => {
			reused = false;
			return await this.exchange({ ...context, session: shared }, prepared);
		});
		return { ticket, reused };
	}

	/** A new ticket, whatever is under way. */
	private async requestNew(context: RenewalContext): Promise<StoreAnswer> {
		const { cacheKey, credentials, session } = context;
		const prepared = await prepareExchange(credentials, session, this.state);
		const ticket = await this.state.tickets.exchanges.startNew(
			cacheKey,
			session,
			async (shared) => await this.exchange({ ...context, session: shared }, prepared),
		);
		return { ticket, reused: false };
	}

	private async exchange(
		{ cacheKey, credentials, session }: RenewalContext,
		prepared: PreparedExchange,
	): Promise<SystemUserTicket> {
		const { tickets } = this.state;
		try {
			const ticket = await requestTicket(credentials, prepared, session, this.state);
			tickets.addNew(cacheKey, ticket, session.clock());
			return ticket;
		} catch (error) {
			if (error instanceof JwtRejectedError) {
				tickets.setRejected(cacheKey, error, session.clock());
			}
			throw error;
		}
	}
}
