import { checkApplication, type Application, type CheckedApplication } from './application';
import { fingerprint } from './fingerprint';
import type { Http, Surroundings } from './http';
import { HttpSession } from './http-session';
import { sharedMemory, type Memory } from './memory';
import { findAlive } from './principal';
import { SingleFlight } from './single-flight';
import { lru, type LRU } from './third-party/tiny-lru';
import { extendLife, requestTicket, type SystemUserTicket } from './ticket';

/** How long a proof that a ticket is alive is good for. */
const proofLifetime = 60_000;

/** With times in milliseconds since 1970. */
interface HeldTicket {
	ticket: SystemUserTicket;
	/** When it was made, if it was made here. */
	madeAt?: number;
	/** Whether it was made because another was found dead right before. */
	isReplacement?: boolean;
	/** When its tenant last said that it is alive. */
	foundAliveAt?: number;
}

export interface StoreAnswer {
	ticket: SystemUserTicket;
	/** Whether it was there before, or made for somebody else who asked at the same time. */
	reused: boolean;
}

/**
 * Keeps one live ticket for each identity, so that one exchange serves everyone: all who need a ticket at the same
 * time share one check and one exchange. Tenants do not wait for each other. Holds up to 10,000 tickets, if the memory
 * says no other number; the one that was asked for longest ago makes room.
 */
export class TicketStore {
	private readonly held: LRU<HeldTicket>;

	/** The ticket of each identity that was last found dead, and when. */
	private readonly dead: LRU<{ ticket: string; foundAt: number }>;

	private readonly checks = new SingleFlight<SystemUserTicket | undefined>();

	private readonly exchanges = new SingleFlight<SystemUserTicket>();

	/** @param memory also says how many tickets are held */
	constructor(private readonly memory: Memory = sharedMemory) {
		this.held = lru(memory.mostTenants);
		this.dead = lru(memory.mostTenants);
	}

	/**
	 * A ticket fit to be handed on: new, or proven alive within the last minute.
	 *
	 * @param options.known a ticket of this identity that was kept elsewhere
	 * @param options.alwaysRequestNew leave what is known alone, and make a new one
	 * @throws SuperOfficeError if there is none to be had, or none whose life can be proven
	 */
	async liveTicket(
		application: Application,
		http: Http,
		options: Surroundings & { known?: SystemUserTicket; alwaysRequestNew?: boolean } = {},
	): Promise<StoreAnswer> {
		const session = new HttpSession(http, options);
		const identity = fingerprint(application);
		const held = this.held.get(identity);
		if (held && !options.alwaysRequestNew && isProven(held, now(session))) {
			// Nothing of this very application need be checked again.
			return { ticket: held.ticket, reused: true };
		}
		const seeker = { identity, application: checkApplication(application), http: session };
		if (options.alwaysRequestNew) return await this.makeNew(seeker);
		return await this.find(seeker, { known: options.known });
	}

	/**
	 * A ticket for a caller who has none, or whose `failed` one may be dead. That one is given back if it is alive, or
	 * if whatever went wrong keeps the tenant from saying so: a new ticket would not help.
	 */
	async replaceTicket(
		application: Application,
		http: Http,
		options: Surroundings & { failed?: SystemUserTicket } = {},
	): Promise<SystemUserTicket> {
		const seeker = {
			identity: fingerprint(application),
			application: checkApplication(application),
			http: new HttpSession(http, options),
		};
		const good = options.failed && (await this.ifNotDead(seeker, options.failed));
		return good ?? (await this.find(seeker, { takesUnproven: true })).ticket;
	}

	/** The ticket held for an identity, if there is one; whether it is still alive is not known. */
	heldTicket(application: Application): SystemUserTicket | undefined {
		return this.held.get(fingerprint(application))?.ticket;
	}

	/** The ticket held for an identity, if it is new or was proven alive within the last minute. */
	provenTicket(application: Application, clock = () => new Date()): SystemUserTicket | undefined {
		const held = this.held.get(fingerprint(application));
		return held && isProven(held, clock().getTime()) ? held.ticket : undefined;
	}

	private async find(
		seeker: Seeker,
		{ known, takesUnproven }: { known?: SystemUserTicket; takesUnproven?: boolean },
	): Promise<StoreAnswer> {
		for (;;) {
			// Looked up anew each time: another caller may have renewed it while this one was checking.
			const held = this.held.get(seeker.identity);
			if (held && isProven(held, now(seeker.http))) return { ticket: held.ticket, reused: true };
			const [ticket] = [held?.ticket, known]
				.flatMap((candidate) => candidate ?? [])
				.filter((candidate) => !this.isKnownDead(seeker, candidate))
				.sort(latestFirst);
			if (ticket === undefined) return await this.renew(seeker);
			try {
				const alive = await this.findAlive(seeker, ticket);
				if (alive !== undefined) return { ticket: alive, reused: true };
			} catch (error) {
				if (!takesUnproven) throw error;
				return { ticket, reused: true };
			}
		}
	}

	/** A ticket that failed its user, as far as it may be alive. */
	private async ifNotDead(
		seeker: Seeker,
		failed: SystemUserTicket,
	): Promise<SystemUserTicket | undefined> {
		if (this.isKnownDead(seeker, failed)) return undefined;
		const held = this.held.get(seeker.identity);
		if (held?.ticket.ticket === failed.ticket) {
			const { foundAliveAt, madeAt, isReplacement } = held;
			if (isRecent(foundAliveAt, now(seeker.http))) return held.ticket;
			// A tenant that takes not even the new one would get a record with each failure.
			if (isReplacement && isRecent(madeAt, now(seeker.http))) return held.ticket;
		}
		try {
			return await this.findAlive(seeker, failed);
		} catch {
			return failed;
		}
	}

	private isKnownDead({ identity }: Seeker, { ticket }: SystemUserTicket): boolean {
		return this.dead.get(identity)?.ticket === ticket;
	}

	private async findAlive(
		{ identity, application, http }: Seeker,
		ticket: SystemUserTicket,
	): Promise<SystemUserTicket | undefined> {
		return await this.checks.share(`${identity} ${ticket.ticket}`, http, async () => {
			const alive = await findAlive(ticket, application, http, this.memory);
			if (alive === undefined) {
				this.dead.set(identity, { ticket: ticket.ticket, foundAt: now(http) });
				if (this.held.get(identity)?.ticket.ticket === ticket.ticket) this.held.delete(identity);
				return undefined;
			}
			const extended = extendLife(alive, http.clock());
			this.held.set(identity, { ticket: extended, foundAliveAt: now(http) });
			return extended;
		});
	}

	/** A new ticket, or that of an exchange under way. */
	private async renew(seeker: Seeker): Promise<StoreAnswer> {
		let reused = true;
		const ticket = await this.exchanges.share(seeker.identity, seeker.http, async () => {
			reused = false;
			return await this.request(seeker);
		});
		return { ticket, reused };
	}

	/** A new ticket, whatever is under way. */
	private async makeNew(seeker: Seeker): Promise<StoreAnswer> {
		const work = async () => await this.request(seeker);
		const ticket = await this.exchanges.begin(seeker.identity, seeker.http, work);
		return { ticket, reused: false };
	}

	private async request({ identity, application, http }: Seeker): Promise<SystemUserTicket> {
		const ticket = await requestTicket(application, http, this.memory);
		const isReplacement = isRecent(this.dead.get(identity)?.foundAt, now(http));
		this.held.set(identity, { ticket, madeAt: now(http), isReplacement });
		return ticket;
	}
}

interface Seeker {
	identity: string;
	application: CheckedApplication;
	http: HttpSession;
}

function isProven({ madeAt, foundAliveAt }: HeldTicket, at: number): boolean {
	return isRecent(madeAt, at) || isRecent(foundAliveAt, at);
}

/** Within the last minute. From the future is nothing: the clock was set back, and nobody knows how long ago it was. */
function isRecent(then = NaN, at: number): boolean {
	const age = at - then;
	return age >= 0 && age < proofLifetime;
}

function latestFirst(one: SystemUserTicket, other: SystemUserTicket): number {
	return Date.parse(other.issuedAt) - Date.parse(one.issuedAt);
}

function now(http: HttpSession): number {
	return http.clock().getTime();
}
