import type { StoredRecord } from '../store';
import type { Tenant } from '../tenants';

const NAMES = ['Harbour Coffee', 'Granite Works', 'Blue Valley Farm', 'Lantern Books'];

/** When all that a tenant starts with was made, and last changed. */
export const LONG_AGO = new Date('2026-01-05T07:30:00Z');

/** The name of a company that a tenant starts with. */
export function seededCompanyName(tenant: Tenant, contactId: number): string {
	if (contactId === 1) return tenant.companyName;
	return `${NAMES[contactId - 2] ?? `Company ${contactId}`} ${tenant.contextIdentifier}`;
}

/** The companies that a tenant starts with: as many as `tenant.companies` says, whenever it says so. */
export class SeededCompanies {
	/** All ids up to this have been given to seeded companies */
	private filled = 0;

	constructor(private readonly tenant: Tenant) {}

	/** Adds those missing, and takes away those that are too many. */
	fill(table: Map<number, StoredRecord>): void {
		const { companies } = this.tenant;
		while (this.filled < companies) {
			this.filled += 1;
			// A company that was created through the API may have this id by now.
			if (!table.has(this.filled))
				table.set(this.filled, new SeededCompany(this.tenant, this.filled));
		}
		for (; this.filled > companies; this.filled -= 1) {
			if (table.get(this.filled) instanceof SeededCompany) table.delete(this.filled);
		}
	}
}

class SeededCompany implements StoredRecord {
	readonly values: Record<string, unknown>;
	readonly customFields: Record<string, string> = {};
	readonly createdAt = LONG_AGO;
	createdBy = 4;
	updatedBy = 4;
	deletedAt?: Date;
	private changedAt = LONG_AGO;

	constructor(
		private readonly tenant: Tenant,
		readonly id: number,
	) {
		const { contextIdentifier, serial } = tenant;
		this.values = {
			Name: seededCompanyName(tenant, id),
			Department: '',
			OrgNr: `${serial}${id - 1}`,
			Number1: `${contextIdentifier}-${id}`,
			Associate: 4,
			Category: 1,
			Business: 1,
			Country: 578,
		};
	}

	/** By the API, or by `tenant.companyUpdates`, which tests change at will. */
	get updatedAt(): Date {
		const told = this.tenant.companyUpdates.get(this.id);
		return told && told > this.changedAt ? told : this.changedAt;
	}

	set updatedAt(at: Date) {
		this.changedAt = at;
	}
}
