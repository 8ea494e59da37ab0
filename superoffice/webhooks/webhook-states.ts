import { TakenEvents } from './taken-events';

/** What a process remembers of one trigger. */
export class WebhookState {
	readonly taken = new TakenEvents();

	/** Where its events are sent, once that is known. */
	url?: string;

	/** A time, in ISO 8601, up to which no event is missing. */
	completeUntil?: string;

	/** The record that the event of that time was about, if it was an event: `contact 5`. */
	lastRecord?: string;

	private tenant?: string;

	/** What events are checked by, as of lately. */
	private sender?: { readAt: number; read: Promise<Sender> };

	/** The user that SuperOffice is called as, with a credential. */
	private ownUser?: { credential?: string; id: Promise<number> };

	/** What to do about time without a webhook. */
	reportGap?: (gap: Gap) => void;

	/** Found before there was anybody to report it to. */
	gap?: Gap;

	/** Its workflow is no longer published: whatever is still under way for it has nothing more to do. */
	isGone = false;

	private last: Promise<unknown> = Promise.resolve();

	private lastRefusal = -Infinity;

	/** What is known of the time is known of one tenant. */
	isOf(tenant: string): void {
		if (this.tenant !== undefined && this.tenant !== tenant) {
			this.completeUntil = this.lastRecord = undefined;
		}
		this.tenant = tenant;
	}

	/** Nothing is missing up to this time, or a later one that is known already. */
	isCompleteUntil(time: string | undefined, record?: string): void {
		if (time === undefined || Number.isNaN(Date.parse(time))) return;
		const known = Date.parse(this.completeUntil ?? '');
		if (known >= Date.parse(time)) return;
		this.completeUntil = time;
		this.lastRecord = record;
	}

	/**
	 * What events are checked by. It is read again after that many milliseconds: n8n takes long to read a credential, and
	 * each of many events at once would have it read.
	 */
	async senderOf(read: () => Promise<Sender>, maxAge: number): Promise<Sender> {
		const now = performance.now();
		if (this.sender !== undefined && now - this.sender.readAt < maxAge)
			return await this.sender.read;
		const sender = { readAt: now, read: read() };
		this.sender = sender;
		sender.read.catch(() => {
			if (this.sender === sender) this.sender = undefined;
		});
		return await sender.read;
	}

	/** The user that SuperOffice is called as; asked for again once the credential is another, or after a failure. */
	async ownUserId(read: () => Promise<number>): Promise<number> {
		const credential = (await this.sender?.read)?.credential;
		if (this.ownUser !== undefined && this.ownUser.credential === credential)
			return await this.ownUser.id;
		const user = { credential, id: read() };
		this.ownUser = user;
		user.id.catch(() => {
			if (this.ownUser === user) this.ownUser = undefined;
		});
		return await user.id;
	}

	/** Does it once everything begun before is over. */
	async inTurn<T>(work: () => Promise<T>): Promise<T> {
		const turn = this.last.then(work);
		this.last = turn.catch(() => undefined);
		return await turn;
	}

	/** Whether a refusal may be logged: once a minute. */
	mayLogRefusal(): boolean {
		const now = performance.now();
		if (now - this.lastRefusal < 60_000) return false;
		this.lastRefusal = now;
		return true;
	}

	hasGap(gap: Gap): void {
		if (this.reportGap === undefined) this.gap = gap;
		else this.reportGap(gap);
	}
}

/** Who events come from. */
export interface Sender {
	secret: string;
	/** Its context identifier. */
	tenant: string;
	/** The cache key of the credential that it was read from. */
	credential: string;
}

/** A time without a working webhook. */
export interface Gap {
	/** In ISO 8601; undefined if nobody knows. */
	from?: string;
	/** The record of the last event before: `contact 5`. */
	lastRecord?: string;
	to: string;
	/** SuperOffice stopped it, somebody deleted it, or its events were signed with an earlier client secret. */
	reason: 'stopped' | 'deleted' | 'refused';
	/** What SuperOffice says it failed with. */
	lastError?: string;
}

/** The triggers of this process. */
export class WebhookStates {
	private readonly states = new Map<string, WebhookState>();

	find(key: string): WebhookState | undefined {
		return this.states.get(key);
	}

	get(key: string): WebhookState {
		const known = this.find(key);
		if (known !== undefined) return known;
		const state = new WebhookState();
		this.states.set(key, state);
		return state;
	}

	forget(key: string): void {
		this.get(key).isGone = true;
		this.states.delete(key);
	}
}
