import { randomInt } from 'node:crypto';
import type { Clock } from '../control/clock';
import { standardSettings, type TenantSettings } from '../control/tenant-settings';
import type { Environment } from '../login/environments';
import { databaseOf, type TenantDatabase } from './store';
import type { Deliveries } from './webhooks/deliveries';
import { TenantWebhooks } from './webhooks/tenant-webhooks';

/** SuperOffice's names for the states of a tenant. */
export type TenantState =
	| 'Unknown'
	| 'Provisioning'
	| 'Running'
	| 'Deleted'
	| 'Suspended'
	| 'OnlineMaintenance'
	| 'OfflineMaintenance'
	| 'ProvisioningFailed'
	| 'Deleting'
	| 'DeleteFailed'
	| 'MigrationPending';

/** A customer of SuperOffice Online that has approved the application. */
export interface Tenant {
	contextIdentifier: string;
	environment: Environment;
	/** Host name without scheme, like online2.superoffice.com */
	apiHost: string;
	systemUserToken: string;
	companyName: string;
	serial: string;
	state: TenantState;
	/** How many companies are in its database, including its own */
	companies: number;
	/** When companies were last changed, by `ContactId`; all others were changed long ago */
	companyUpdates: Map<number, Date>;
	/** How its API answers */
	settings: TenantSettings;
	/** What is in its database */
	readonly data: TenantDatabase;
	readonly webhooks: TenantWebhooks;
	/** What its database and its API go by */
	readonly clock: Clock;
}

/** A tenant to add. */
export type NewTenant = Partial<Omit<Tenant, 'settings' | 'data' | 'clock' | 'webhooks'>> & {
	settings?: Partial<TenantSettings>;
};

/** Whether the tenant's API answers in its current state. */
export function isRunning(tenant: Tenant): boolean {
	return tenant.state === 'Running' || tenant.state === 'OnlineMaintenance';
}

/** Where the tenant is, without a trailing slash. */
export function endpointOf(tenant: Tenant): string {
	return `https://${tenant.apiHost}/${tenant.contextIdentifier}`;
}

const TOKEN_LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** All tenants of every environment. Identifiers are unique, and case does not matter. */
export class Tenants {
	private readonly byKey = new Map<string, Tenant>();
	private nextNumber = 40001;

	constructor(
		private readonly applicationName: string,
		private readonly clock: Clock,
		private readonly deliveries: Deliveries,
	) {}

	all(): Tenant[] {
		return [...this.byKey.values()];
	}

	find(contextIdentifier: string): Tenant | undefined {
		return this.byKey.get(contextIdentifier.toLowerCase());
	}

	/** @throws Error if there is no such tenant, which is a mistake in the test */
	get(contextIdentifier: string): Tenant {
		const tenant = this.find(contextIdentifier);
		if (!tenant) throw new Error(`There is no tenant ${contextIdentifier}`);
		return tenant;
	}

	/**
	 * Adds a tenant; anything not given is made up.
	 * @throws Error if the identifier is taken
	 */
	add(partial: NewTenant = {}): Tenant {
		const environment = partial.environment ?? 'online';
		const contextIdentifier = partial.contextIdentifier ?? this.freeIdentifier();
		if (this.find(contextIdentifier)) throw new Error(`There is a tenant ${contextIdentifier}`);
		const { deliveries } = this;
		let webhooks: TenantWebhooks | undefined;
		const tenant: Tenant = {
			contextIdentifier,
			environment,
			apiHost: (partial.apiHost ?? `${environment}2.superoffice.com`).toLowerCase(),
			systemUserToken: partial.systemUserToken ?? this.newSystemUserToken(),
			companyName: partial.companyName ?? `${contextIdentifier} Company`,
			serial: partial.serial ?? String(1_000_000_001 + this.byKey.size * 7919),
			state: partial.state ?? 'Running',
			companies: partial.companies ?? 5,
			companyUpdates: partial.companyUpdates ?? new Map(),
			settings: { ...standardSettings(), ...partial.settings },
			get data() {
				return databaseOf(tenant);
			},
			get webhooks() {
				webhooks ??= new TenantWebhooks(tenant, deliveries);
				return webhooks;
			},
			clock: this.clock,
		};
		this.byKey.set(contextIdentifier.toLowerCase(), tenant);
		return tenant;
	}

	private freeIdentifier(): string {
		while (this.find(`Cust${this.nextNumber}`)) this.nextNumber += 1;
		return `Cust${this.nextNumber}`;
	}

	private newSystemUserToken(): string {
		const letters = Array.from(
			{ length: 10 },
			() => TOKEN_LETTERS[randomInt(TOKEN_LETTERS.length)],
		);
		return `${this.applicationName}-${letters.join('')}`;
	}
}

/** The tenants that every service starts with. */
export function addStandardTenants(tenants: Tenants): void {
	const standard: NewTenant[] = [
		{
			contextIdentifier: 'Cust12345',
			environment: 'sod',
			companyName: 'Fjord Timber AS',
			// These two tokens are also in the example with many tenants.
			systemUserToken: 'Workflow Automation-Qm7xT2vLp9',
		},
		{
			contextIdentifier: 'Cust54321',
			environment: 'sod',
			companyName: 'Ærlig & Søn ApS',
			systemUserToken: 'Workflow Automation-Hd4kR8nWz3',
		},
		{ contextIdentifier: 'Cust20001', environment: 'qaonline', companyName: 'Stage Lighting Ltd' },
		{ contextIdentifier: 'Cust30001', environment: 'online', companyName: 'Northern Wind AB' },
		{
			contextIdentifier: 'Cust30002',
			environment: 'online',
			apiHost: 'online3.superoffice.com',
			companyName: 'Polder Pumps BV',
		},
	];
	for (const tenant of standard) tenants.add(tenant);
}
