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

	private readonly checks = new SingleFlight<SystemUserTicket | undefined>();

	private readonly exchanges = new SingleFlight<SystemUserTicket>();

	/** @param memory also says how many tickets are held */
	constructor(private readonly memory: Memory = sharedMemory) {
		this.held = lru<HeldTicket>(memory.mostTenants);
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
		if (!options.alwaysRequestNew) {
			const held = this.held.get(identity);
			// Nothing of this very application need be checked again.
			if (held && isProven(held, session)) return { ticket: held.ticket, reused: true };
		}
		const seeker = { identity, application: checkApplication(application), http: session };
		if (options.alwaysRequestNew) return await this.makeNew(seeker);
		return await this.find(seeker, options.known);
	}

	/**
	 * A ticket for a caller who has none, or whose `failed` one may be dead. That one is given back if it is alive, or
	 * was so within the last minute, or if whatever went wrong keeps the tenant from saying so: a new ticket would not
	 * help.
	 */
	async replaceTicket(
		application: Application,
		http: Http,
		options: Surroundings & { failed?: SystemUserTicket } = {},
	): Promise<SystemUserTicket> {
		const session = new HttpSession(http, options);
		const seeker = {
			identity: fingerprint(application),
			application: checkApplication(application),
			http: session,
		};
		return (await this.find(seeker, options.failed, { hasFailed: true })).ticket;
	}

	/**
	 * The latest ticket there is for an identity; whether it is still alive is not known.
	 *
	 * @param known a ticket of this identity that was kept elsewhere
	 */
	latestTicket(application: Application, known?: SystemUserTicket): SystemUserTicket | undefined {
		return latestOf(this.held.get(fingerprint(application))?.ticket, known);
	}

	private async find(
		seeker: Seeker,
		known: SystemUserTicket | undefined,
		{ hasFailed = false } = {},
	): Promise<StoreAnswer> {
		const dead = new Set<string>();
		const ifNotDead = (ticket?: SystemUserTicket) =>
			ticket && !dead.has(ticket.ticket) ? ticket : undefined;
		for (;;) {
			// Looked up anew each time: another caller may have renewed it while this one was checking.
			const held = this.held.get(seeker.identity);
			const ticket = latestOf(ifNotDead(held?.ticket), ifNotDead(known));
			if (ticket === undefined) return await this.renew(seeker);
			if (held?.ticket.ticket === ticket.ticket) {
				// Of one that failed, only its tenant knows.
				const isSuspect = hasFailed && ticket.ticket === known?.ticket;
				const proven = isSuspect ? { ...held, madeAt: undefined } : held;
				if (isProven(proven, seeker.http)) return { ticket: held.ticket, reused: true };
			}
			try {
				const alive = await this.findAlive(seeker, ticket);
				if (alive !== undefined) return { ticket: alive, reused: true };
			} catch (error) {
				if (!hasFailed) throw error;
				return { ticket, reused: true };
			}
			dead.add(ticket.ticket);
		}
	}

	private async findAlive(
		{ identity, application, http }: Seeker,
		ticket: SystemUserTicket,
	): Promise<SystemUserTicket | undefined> {
		return await this.checks.share(`${identity} ${ticket.ticket}`, http, async () => {
			const alive = await findAlive(ticket, application, http, this.memory);
			if (alive === undefined) return undefined;
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
		this.held.set(identity, { ticket, madeAt: now(http) });
		return ticket;
	}
}

interface Seeker {
	identity: string;
	application: CheckedApplication;
	http: HttpSession;
}

function isProven({ madeAt, foundAliveAt }: HeldTicket, http: HttpSession): boolean {
	return [madeAt, foundAliveAt].some((at = NaN) => {
		const age = now(http) - at;
		// Below 0, the clock was set back, and the age is not known.
		return age >= 0 && age < proofLifetime;
	});
}

function latestOf(
	held: SystemUserTicket | undefined,
	known: SystemUserTicket | undefined,
): SystemUserTicket | undefined {
	if (held === undefined || known === undefined) return held ?? known;
	return Date.parse(known.issuedAt) > Date.parse(held.issuedAt) ? known : held;
}

function now(http: HttpSession): number {
	return http.clock().getTime();
}
