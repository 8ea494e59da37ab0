import type { IncomingHttpHeaders } from 'node:http';

/** How often things have happened since the start, or since the last `resetCounts()`. */
export interface Counts {
	/** Tickets issued; in SuperOffice each is a record in the tenant's database */
	exchanges: number;
	/** Attempts over REST, whatever came of them */
	restExchanges: number;
	/** Attempts over SOAP, whatever came of them */
	soapExchanges: number;
	/** Exchanges answered with a refusal or a Fault */
	refusals: number;
	jwks: number;
	state: number;
	currentPrincipal: number;
	/** All requests to any tenant's API, currentPrincipal included */
	api: number;
	/** Tenant API requests answered 401 */
	unauthorized: number;
	/** Requests to the proxy for anything but *.superoffice.com:443 */
	strayConnects: number;
	/** The hosts of `strayConnects`, in order */
	strayHosts: string[];
	/** Tickets issued, by context identifier */
	exchangesByTenant: Record<string, number>;
}

/** One request that reached the service. */
export interface RequestRecord {
	/** By the service's clock */
	at: Date;
	/** Milliseconds by the monotonic clock, which no test moves */
	arrivedAt: number;
	/** When its answer began, by the same clock; undefined until then, or forever if it never is answered */
	answeredAt?: number;
	host: string;
	method: string;
	/** With the query string */
	path: string;
	/** Undefined until it is answered, or forever if it never is */
	status?: number;
	/** The tenant it was about, as the request spelled it */
	contextIdentifier?: string;
	headers: IncomingHttpHeaders;
	/** Empty for the content of a file */
	body: string;
	/** How many there were in the body */
	bytes: number;
	/** Empty for the content of a file; undefined until it is answered, or forever if it never is, or was answered with a flood */
	answer?: string;
}

function zero(): Counts {
	return {
		exchanges: 0,
		restExchanges: 0,
		soapExchanges: 0,
		refusals: 0,
		jwks: 0,
		state: 0,
		currentPrincipal: 0,
		api: 0,
		unauthorized: 0,
		strayConnects: 0,
		strayHosts: [],
		exchangesByTenant: {},
	};
}

/** Counts and the log of requests. Resetting empties both objects instead of replacing them. */
export class Traffic {
	readonly counts = zero();
	readonly requests: RequestRecord[] = [];

	exchanged(contextIdentifier: string): void {
		const { exchangesByTenant } = this.counts;
		this.counts.exchanges += 1;
		exchangesByTenant[contextIdentifier] = (exchangesByTenant[contextIdentifier] ?? 0) + 1;
	}

	strayed(host: string): void {
		this.counts.strayConnects += 1;
		this.counts.strayHosts.push(host);
	}

	reset(): void {
		Object.assign(this.counts, zero());
		this.requests.length = 0;
	}
}
