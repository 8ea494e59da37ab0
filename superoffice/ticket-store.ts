import { checkApplication, type Application, type CheckedApplication } from './application';
import { fingerprint } from './fingerprint';
import type { Http, Surroundings } from './http';
import { HttpSession } from './http-session';
import { sharedMemory, type Memory } from './memory';
import { findAlive } from './principal';
import { share } from './share';
import { extendLife, requestTicket, type SystemUserTicket } from './ticket';

/** How long a proof that a ticket is alive is good for. */
const proofLifetime = 60_000;

interface HeldTicket {
	ticket: SystemUserTicket;
	/** When it was made or last found alive, in milliseconds since 1970. */
	provenAt: number;
}

export interface StoreAnswer {
	ticket: SystemUserTicket;
	/** Whether the ticket was there before. */
	reused: boolean;
}

/**
 * Keeps one live ticket for each identity, so that one exchange serves everyone: all who need a ticket at the same
 * time share one check and one exchange. Tenants do not wait for each other.
 */
export class TicketStore {
	private readonly held = new Map<string, HeldTicket>();

	private readonly checks = new Map<string, Promise<SystemUserTicket | undefined>>();

	private readonly exchanges = new Map<string, Promise<SystemUserTicket>>();

	constructor(private readonly memory: Memory = sharedMemory) {}

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
		const seeker = this.seeker(application, http, options);
		if (options.alwaysRequestNew) return { ticket: await this.renew(seeker), reused: false };
		return await this.find(seeker, options.known, (ticket) => this.isProven(seeker, ticket));
	}

	/**
	 * A ticket for a caller who has none, or whose `failed` one may be dead. That one is given back if it is alive,
	 * or if whatever went wrong keeps the tenant from saying so: a new ticket would not help.
	 */
	async replaceTicket(
		application: Application,
		http: Http,
		options: Surroundings & { failed?: SystemUserTicket } = {},
	): Promise<SystemUserTicket> {
		const { failed } = options;
		const seeker = this.seeker(application, http, options);
		const isTrusted = (ticket: SystemUserTicket) =>
			ticket.ticket !== failed?.ticket && this.isProven(seeker, ticket);
		return (await this.find(seeker, failed, isTrusted, true)).ticket;
	}

	/** The ticket held for an identity, if there is one; whether it is still alive is not known. */
	heldTicket(application: Application): SystemUserTicket | undefined {
		return this.held.get(fingerprint(application))?.ticket;
	}

	private seeker(application: Application, http: Http, options: Surroundings): Seeker {
		const checked = checkApplication(application);
		const session = new HttpSession(http, options);
		return { identity: fingerprint(application), application: checked, http: session };
	}

	private async find(
		seeker: Seeker,
		known: SystemUserTicket | undefined,
		isTrusted: (ticket: SystemUserTicket) => boolean,
		keepUnproven = false,
	): Promise<StoreAnswer> {
		const dead = new Set<string>();
		for (;;) {
			// Looked up anew each time: another caller may have renewed it while this one was checking.
			const ticket = [this.held.get(seeker.identity)?.ticket, known].find(
				(candidate) => candidate !== undefined && !dead.has(candidate.ticket),
			);
			if (ticket === undefined) return { ticket: await this.renew(seeker), reused: false };
			if (isTrusted(ticket)) return { ticket, reused: true };
			try {
				const alive = await this.findAlive(seeker, ticket);
				if (alive !== undefined) return { ticket: alive, reused: true };
			} catch (error) {
				if (!keepUnproven) throw error;
				return { ticket, reused: true };
			}
			dead.add(ticket.ticket);
		}
	}

	private isProven({ identity, http }: Seeker, { ticket }: SystemUserTicket): boolean {
		const held = this.held.get(identity);
		return held?.ticket.ticket === ticket && now(http) - held.provenAt < proofLifetime;
	}

	private async findAlive(
		seeker: Seeker,
		ticket: SystemUserTicket,
	): Promise<SystemUserTicket | undefined> {
		const { identity, application, http } = seeker;
		return await share(this.checks, `${identity} ${ticket.ticket}`, http, async () => {
			const alive = await findAlive(ticket, application, http, this.memory.tenantStates);
			if (alive === undefined) return undefined;
			const extended = extendLife(alive, http.clock());
			this.hold(seeker, extended);
			return extended;
		});
	}

	private async renew(seeker: Seeker): Promise<SystemUserTicket> {
		return await share(this.exchanges, seeker.identity, seeker.http, async () => {
			const ticket = await requestTicket(seeker.application, seeker.http, this.memory);
			this.hold(seeker, ticket);
			return ticket;
		});
	}

	private hold({ identity, http }: Seeker, ticket: SystemUserTicket): void {
		this.held.set(identity, { ticket, provenAt: now(http) });
	}
}

interface Seeker {
	identity: string;
	application: CheckedApplication;
	http: HttpSession;
}

function now(http: HttpSession): number {
	return http.clock().getTime();
}
