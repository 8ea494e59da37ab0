import type { Clock } from '../control/clock';
import { DocumentFiles } from './documents/document-files';
import { RequestStore } from './requests/request-store';
import { SelectionMembers } from './links/selection-members';
import { standardCustomFields } from './seeds/custom-fields';
import { linkLists } from './seeds/link-lists';
import { standardLists } from './seeds/lists';
import { SeededCompanies } from './seeds/companies';
import { seededPersons } from './seeds/persons';
import type { Change } from './webhooks/changes';
import type { RowChange } from './webhooks/row-events';
import type { Tenant } from './tenants';

/** The entities that a tenant's database has, by the names of SuperOffice's REST API. */
export const ENTITY_NAMES = [
	'Contact',
	'Person',
	'Project',
	'Sale',
	'Appointment',
	'Document',
	'Ticket',
	'Selection',
	'ProjectMember',
	'SaleStakeholder',
	'Relation',
] as const;
export type EntityName = (typeof ENTITY_NAMES)[number];

/** One record in a tenant's database. */
export interface StoredRecord {
	id: number;
	/**
	 * Properties by SuperOffice's names. A reference is the id alone (Category: 3, Contact: 5, Associate: 4), 0 or
	 * missing for none; a date is a Date or null, an enum its name ('Open'), Emails etc. [{ Value, Description }],
	 * Address { Street: {...}, Postal: {...} }, Interests the ids selected.
	 */
	values: Record<string, unknown>;
	/** By ProgId or x_name, encoded as on the wire: '[I:3]', '[DT:..]', or plain text. Missing: empty. */
	customFields: Record<string, string>;
	createdAt: Date;
	updatedAt: Date;
	createdBy: number;
	updatedBy: number;
	/** When it was deleted softly; undefined for a living one. */
	deletedAt?: Date;
}

/** An item of an MDO list. */
export interface ListItem {
	id: number;
	/** May be in several languages, like NO:"Kunde";US:"Customer" */
	name: string;
	/** For an associate, the initials */
	tooltip?: string;
	deleted?: boolean;
	rank?: number;
	extraInfo?: string;
	children?: ListItem[];
	/** Of a relation definition: the kinds of records at both ends. Its passive text is in `extraInfo`. */
	relates?: { source: RelationEnd; destination: RelationEnd };
}

export type RelationEnd = 'Contact' | 'Person' | 'Both';

/** A user-defined field or an extra field of an entity. */
export interface CustomFieldDefinition {
	entity: EntityName;
	/** SuperOffice:7 or another ProgId, or x_segment */
	key: string;
	label: string;
	type:
		| 'ShortText'
		| 'LongText'
		| 'Number'
		| 'Decimal'
		| 'Checkbox'
		| 'Date'
		| 'UnlimitedDate'
		| 'List'
		/** These are for extra fields only */
		| 'Integer'
		| 'DateTime'
		| 'Time'
		| 'TimeSpan'
		| 'RelationTo';
	/** Its choices are the MDO list udlist{listId} */
	listId?: number;
	mandatory?: boolean;
	maxLength?: number;
	/** In the entity's archive, like contactUdef/SuperOffice:7 or contactExtra/x_segment */
	column: string;
}

/** Whom a system user ticket stands for, in every tenant. */
export const SYSTEM_USER = 2;

const SOFT_DELETE: ReadonlySet<EntityName> = new Set(['Contact', 'Person', 'Ticket']);

/** What a tenant has: records, lists and custom fields. Tests may change all of it. */
export class TenantDatabase {
	readonly clock: Clock;
	/** By name of the MDO list, in lower case */
	readonly lists: Map<string, ListItem[]> = new Map([...standardLists(), ...linkLists()]);
	readonly customFields: CustomFieldDefinition[] = standardCustomFields();
	/** The contents of documents */
	readonly files = new DocumentFiles();
	/** Messages and attachments of requests */
	readonly requests = new RequestStore();
	readonly selectionMembers = new SelectionMembers();
	/** Ids of the sale types whose sales may have stakeholders */
	readonly typesWithStakeholders = new Set([1, 3]);
	/** Names of companies in another system, which is also searched for duplicates */
	readonly foreignCompanies: string[] = [];
	/** Told of every change from now on; nobody is, until a webhook is there */
	onChange?: (change: Change) => void;
	/** Told of every change in an extra table */
	onRowChange?: (change: RowChange) => void;
	private readonly companies: SeededCompanies;
	private readonly tables = new Map<EntityName, Map<number, StoredRecord>>();
	/** The last id given in each table, as SuperOffice never gives an id twice */
	private readonly lastIds = new Map<EntityName, number>();

	constructor(tenant: Tenant) {
		this.clock = tenant.clock;
		this.companies = new SeededCompanies(tenant);
		for (const person of seededPersons(tenant)) this.table('Person').set(person.id, person);
	}

	/** Living records by id, ascending. */
	all(entity: EntityName): StoredRecord[] {
		return this.records(entity).filter(({ deletedAt }) => deletedAt === undefined);
	}

	/** Records that were deleted softly, by id, ascending. */
	deleted(entity: EntityName): StoredRecord[] {
		return this.records(entity).filter(({ deletedAt }) => deletedAt !== undefined);
	}

	/** A living record. */
	find(entity: EntityName, id: number): StoredRecord | undefined {
		const record = this.table(entity).get(id);
		return record?.deletedAt === undefined ? record : undefined;
	}

	/** A record, also one that was deleted softly, as references to it still show its name. */
	findEvenDeleted(entity: EntityName, id: number): StoredRecord | undefined {
		return this.table(entity).get(id);
	}

	/** Adds a record with the next id. Who and when are the system user and now, unless given. */
	insert(
		entity: EntityName,
		record: Partial<StoredRecord> & { values: Record<string, unknown> },
	): StoredRecord {
		const table = this.table(entity);
		const now = this.clock.now();
		const inserted: StoredRecord = {
			id: Math.max(this.lastIds.get(entity) ?? 0, ...table.keys()) + 1,
			customFields: {},
			createdAt: now,
			updatedAt: now,
			createdBy: SYSTEM_USER,
			updatedBy: SYSTEM_USER,
			...record,
		};
		table.set(inserted.id, inserted);
		this.lastIds.set(entity, inserted.id);
		this.onChange?.({ entity, what: 'created', record: inserted });
		return inserted;
	}

	/**
	 * Changes a living record, and stamps it unless the change does.
	 * @throws Error if there is no such record
	 */
	update(entity: EntityName, id: number, change: (record: StoredRecord) => void): StoredRecord {
		const record = this.find(entity, id);
		if (!record) throw new Error(`There is no ${entity} ${id}`);
		const before = this.onChange && structuredClone(record.values);
		record.updatedAt = this.clock.now();
		record.updatedBy = SYSTEM_USER;
		change(record);
		this.onChange?.({ entity, what: 'changed', record, before });
		return record;
	}

	/**
	 * Deletes a record: softly if it is a Contact, a Person or a Ticket, for good if not.
	 * @throws Error if there is no such record
	 */
	remove(entity: EntityName, id: number): void {
		const record = this.find(entity, id);
		if (!record) throw new Error(`There is no ${entity} ${id}`);
		const isSoft = SOFT_DELETE.has(entity);
		if (!isSoft) this.table(entity).delete(id);
		else record.deletedAt = record.updatedAt = this.clock.now();
		if (entity === 'Ticket') record.values.BaseStatus = 'Deleted';
		this.onChange?.({ entity, what: isSoft ? 'softdeleted' : 'deleted', record });
	}

	/** Brings back a record that was deleted softly; a Ticket with an open status. */
	undelete(entity: EntityName, id: number): void {
		const record = this.table(entity).get(id);
		if (record?.deletedAt === undefined) throw new Error(`There is no deleted ${entity} ${id}`);
		record.deletedAt = undefined;
		record.updatedAt = this.clock.now();
		if (entity === 'Ticket') Object.assign(record.values, { BaseStatus: 'Active', Status: 1 });
		this.onChange?.({ entity, what: 'undeleted', record });
	}

	/** An item of a list, also one under a heading or a deleted one. Undefined for an unknown list as well. */
	listItem(list: string, id: number): ListItem | undefined {
		return this.listItems(list).find((item) => item.id === id);
	}

	/** All items of a list, those under headings included. */
	listItems(list: string): ListItem[] {
		const withChildren = (item: ListItem): ListItem[] => item.children ?? [item];
		return (this.lists.get(list.toLowerCase()) ?? []).flatMap(withChildren);
	}

	private records(entity: EntityName): StoredRecord[] {
		return [...this.table(entity).values()].sort((one, other) => one.id - other.id);
	}

	private table(entity: EntityName): Map<number, StoredRecord> {
		const table = this.tables.get(entity) ?? new Map<number, StoredRecord>();
		this.tables.set(entity, table);
		if (entity === 'Contact') this.companies.fill(table);
		return table;
	}
}

const databases = new WeakMap<Tenant, TenantDatabase>();

/** The database of a tenant, seeded on first use with its companies and persons, and the standard lists. */
export function databaseOf(tenant: Tenant): TenantDatabase {
	const database = databases.get(tenant) ?? new TenantDatabase(tenant);
	databases.set(tenant, database);
	return database;
}
