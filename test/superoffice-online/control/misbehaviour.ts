/** Where the service can be told to misbehave. */
export type Place = 'exchange' | 'jwks' | 'state' | 'api';

/** Ways to misbehave that work everywhere. All but `slow`, `cut`, `lost` and `trickle` leave the request undone. */
export type AnyHow =
	/** Answers with this status; the body is JSON unless the headers say otherwise */
	| { kind: 'status'; status: number; body?: string; headers?: Record<string, string> }
	/** Destroys the connection before answering */
	| { kind: 'reset' }
	/** Never answers; with `milliseconds`, closes the connection after that long */
	| { kind: 'hang'; milliseconds?: number }
	/** Waits, then does what it should */
	| { kind: 'slow'; milliseconds: number }
	/** Answers with this text; 200 and text/html unless told otherwise */
	| { kind: 'body'; body: string; contentType?: string; status?: number }
	/** Sends the caller elsewhere; 302 unless told otherwise */
	| { kind: 'redirect'; location: string; status?: number }
	/** Does what it should, but closes the connection halfway through the answer */
	| { kind: 'cut' }
	/** Does what it should, but closes the connection before the answer */
	| { kind: 'lost' }
	/**
	 * Does what it should, and sends the headers at once, but then one byte every `milliseconds`: a client
	 * whose timeout only counts silence waits for all of them
	 */
	| { kind: 'trickle'; milliseconds: number }
	/** Answers 200 with `bytes` bytes that look like JSON, without saying beforehand how many there are */
	| { kind: 'flood'; bytes: number };

/** The parts a JWT is made of, before it is signed. */
export interface JwtParts {
	header: Record<string, unknown>;
	claims: Record<string, unknown>;
	signingKeyPem: string;
}

/** Ways to misbehave that only work at an exchange. `headers` replace those of the answer, or are added to them. */
export type ExchangeHow = { headers?: Record<string, string> } &
	/** Refuses. The reason is the name of an AuthorizeErrorCode, or SuperOffice's words verbatim */
	(| { kind: 'refuse'; reason: string }
		/**
		 * Issues a ticket, but forges the JWT around it. The parts returned are signed with the `alg` in
		 * their header (RS, PS or HS with 256, 384 or 512, or none; HS takes the PEM text as its secret), unless
		 * `jwt` is returned, which is sent as is.
		 */
		| { kind: 'jwt'; change: (parts: JwtParts) => JwtParts & { jwt?: string } }
	);

/** When to misbehave: this many times (forever if not given), at requests like this (at all if not given). */
interface When {
	times?: number;
	contextIdentifier?: string;
	method?: string;
	/** Without the query string */
	path?: RegExp;
}

/** What a request is about. */
interface Subject {
	contextIdentifier?: string;
	method: string;
	path: string;
}

/** An order to misbehave. */
export type Misbehaviour = When & (({ at: Place } & AnyHow) | ({ at: 'exchange' } & ExchangeHow));

/** The orders in force. Each request uses up the oldest one that fits it. */
export class Misbehaviours {
	private orders: Array<{ order: Misbehaviour; left: number }> = [];

	add(order: Misbehaviour): void {
		this.orders.push({ order, left: order.times ?? Infinity });
	}

	clear(): void {
		this.orders = [];
	}

	/** Takes the order for this request, if there is one, and counts it as used. */
	take(
		place: Place,
		{ contextIdentifier, method, path }: Subject,
	): AnyHow | ExchangeHow | undefined {
		const found = this.orders.find(
			({ order, left }) =>
				left > 0 &&
				order.at === place &&
				isAbout(order.contextIdentifier, contextIdentifier) &&
				isAbout(order.method, method) &&
				(order.path?.test(path) ?? true),
		);
		if (!found) return undefined;
		found.left -= 1;
		return found.order;
	}
}

function isAbout(wanted: string | undefined, actual: string | undefined): boolean {
	return wanted === undefined || wanted.toLowerCase() === actual?.toLowerCase();
}
