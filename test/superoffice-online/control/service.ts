import type { NewTenant, Tenant, TenantState } from '../crm/tenants';
import type { Ticket } from '../crm/tickets';
import type { Application } from '../login/application';
import type { Environment, Login } from '../login/environments';
import { startServer, type Server } from '../server/server';
import { createAuthority, issueServerCertificate, type Authority } from '../tls/authority';
import { startProxy, type Proxy } from '../tls/proxy';
import { apiCalls } from './api-calls';
import { Clock } from './clock';
import type { Counts, RequestRecord } from './counts';
import type { Misbehaviour } from './misbehaviour';
import { WebhookControl } from '../crm/webhooks/webhook-control';
import { createWorld, type World } from './world';

// A type, not an interface, so that it fits where n8n wants an object with arbitrary keys.
/** What a user enters in the credential form. */
export type CredentialData = {
	environment: Environment;
	contextIdentifier: string;
	clientSecret: string;
	systemUserToken: string;
	/** PKCS#8 PEM; `application.privateKeyXml` is the same key as RSAXML */
	privateKey: string;
	publicKey: string;
	exchangeProtocol: 'rest' | 'soap';
};

export interface StartOptions {
	/** The test CA that signs the TLS certificate; a new one if not given */
	authority?: Authority;
	/** What the service's clock starts from; real time if not given */
	clock?: () => Date;
}

/** A running SuperOffice Online: three environments with their tenants, behind a proxy on loopback. */
export class SuperOfficeOnline {
	/** Webhooks, and where they call */
	readonly webhooks: WebhookControl;

	private closing: Promise<void> | undefined;

	private constructor(
		private readonly world: World,
		private readonly server: Server,
		private readonly proxy: Proxy,
		/** The test CA. Clients must trust its certificate. */
		readonly authority: Authority,
	) {
		this.webhooks = new WebhookControl(world);
	}

	static async start(options: StartOptions = {}): Promise<SuperOfficeOnline> {
		const [world, authority] = await Promise.all([
			createWorld(new Clock(options.clock)),
			options.authority ?? createAuthority(),
		]);
		const certificate = await issueServerCertificate(authority, ['*.superoffice.com']);
		const server = await startServer(world, certificate);
		const proxy = await startProxy(server.port, (host) => world.traffic.strayed(host));
		return new SuperOfficeOnline(world, server, proxy, authority);
	}

	/** http://127.0.0.1:PORT, for HTTPS_PROXY */
	get proxyUrl(): string {
		return this.proxy.url;
	}

	/** The partner's application, the same in all environments. */
	get application(): Application {
		return this.world.application;
	}

	/** The login host of an environment: its current certificate, and all keys as JWKS. */
	login(environment: Environment): Login {
		return this.world.loginHosts.login(environment);
	}

	/** Signs with a new key from now on; the JWKS then has both the old one and the new one. */
	rollKey(environment: Environment): Promise<void> {
		return this.world.loginHosts.rollKey(environment);
	}

	/** All tenants. Changing one of these objects changes the tenant. */
	get tenants(): Tenant[] {
		return this.world.tenants.all();
	}

	/**
	 * Looks up a tenant, ignoring case.
	 * @throws Error if there is none
	 */
	tenant(contextIdentifier: string): Tenant {
		return this.world.tenants.get(contextIdentifier);
	}

	/**
	 * Adds a tenant; anything not given is made up (environment `online`, state `Running`).
	 * @throws Error if the identifier is taken
	 */
	addTenant(partial?: NewTenant): Tenant {
		return this.world.tenants.add(partial);
	}

	setState(contextIdentifier: string, state: TenantState): void {
		this.tenant(contextIdentifier).state = state;
	}

	/** Moves a tenant's API to another host name; the old one answers 421 from then on. */
	moveTenant(contextIdentifier: string, newHost: string): void {
		this.tenant(contextIdentifier).apiHost = newHost.toLowerCase();
	}

	/** Marks a tenant's company as changed just now, by the service's clock. */
	updateCompany(contextIdentifier: string, contactId: number): void {
		this.tenant(contextIdentifier).companyUpdates.set(contactId, this.now());
	}

	/** @throws Error if there is no such tenant */
	credential(contextIdentifier: string): CredentialData {
		const tenant = this.tenant(contextIdentifier);
		return {
			environment: tenant.environment,
			contextIdentifier: tenant.contextIdentifier,
			clientSecret: this.application.clientSecret,
			systemUserToken: tenant.systemUserToken,
			privateKey: this.application.privateKeyPem,
			publicKey: '',
			exchangeProtocol: 'rest',
		};
	}

	/** All tickets ever issued, oldest first. */
	get tickets(): Ticket[] {
		return this.world.tickets.all();
	}

	/** Whether a ticket would be accepted now, by that tenant if one is given. Does not count as a use. */
	isLive(ticket: string, contextIdentifier?: string): boolean {
		return this.world.tickets.isLive(ticket, contextIdentifier);
	}

	expireAllTickets(): void {
		this.world.tickets.expireAll();
	}

	/** The time by the service's clock. */
	now(): Date {
		return this.world.clock.now();
	}

	/** Moves the service's clock: ticket lifetimes, JWT times, time checks and Date headers. */
	advance(milliseconds: number): void {
		this.world.clock.advance(milliseconds);
	}

	/** Live numbers: the same object throughout. */
	get counts(): Readonly<Counts> {
		return this.world.traffic.counts;
	}

	/**
	 * How often each address of tenants' APIs was called since the start or the last `resetCounts()`, by method and
	 * address with ids left open: `{ 'GET /v1/Contact/{id}': 2 }`. Of one tenant, or of all.
	 */
	apiCalls(contextIdentifier?: string): Record<string, number> {
		return apiCalls(this.requests, contextIdentifier);
	}

	/** Every request that reached the service, in order of arrival: the same array throughout. */
	get requests(): readonly RequestRecord[] {
		return this.world.traffic.requests;
	}

	/** Sets all counts to zero and empties `requests`. */
	resetCounts(): void {
		this.world.traffic.reset();
	}

	/** Misbehaves from now on, `times` times or until `stopMisbehaving()`. Earlier orders go first. */
	misbehave(order: Misbehaviour): void {
		this.world.misbehaviours.add(order);
	}

	stopMisbehaving(): void {
		this.world.misbehaviours.clear();
	}

	/** Ends everything at once: listeners, open connections, tunnels, answers still due. */
	close(): Promise<void> {
		this.world.deliveries.close();
		this.closing ??= Promise.all([this.proxy.close(), this.server.close()]).then(() => undefined);
		return this.closing;
	}
}
