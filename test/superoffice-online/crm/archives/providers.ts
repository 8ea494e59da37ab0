import reference from '../reference/archives.json';
import links from '../reference/link-archives.json';
import type { CustomFieldDefinition, TenantDatabase } from '../store';
import { sourceOf } from './source-of';
import type { ArchiveEntity } from './reading';
import type { Source } from './sources';
import type { ColumnType } from './values';

/** A column of an archive. */
export interface Column extends Source {
	name: string;
	label: string;
	/** '-' cannot be restricted */
	type: ColumnType;
	orderable: boolean;
	/** Whether it holds when a record was made or changed, which SuperOffice stores in UTC */
	isUtc: boolean;
}

interface ProviderReference {
	rest?: string;
	primaryKey: string;
	name: string;
	/** The kinds of rows, and what users call them */
	entities: Record<string, string>;
	columns: Record<string, string[]>;
	joins?: Record<string, string>;
	custom?: string[];
}

const PROVIDERS = { ...reference.providers, ...links.providers } as Record<
	string,
	ProviderReference
>;
const GROUPS = { ...reference.groups, ...links.groups } as Record<string, Record<string, string>>;

const ENTITIES: Record<string, ArchiveEntity> = {
	SimpleContact: 'Contact',
	Person: 'Person',
	FindProject: 'Project',
	FindSale: 'Sale',
	FindAppointment: 'Appointment',
	FindDocument: 'Document',
	FindSelection: 'Selection',
	Ticket: 'Ticket',
	TicketMessage: 'TicketMessage',
	AllUsers: 'User',
	RecycleContact: 'Contact',
	RecyclePerson: 'Person',
	RecycleTicket: 'Ticket',
	Relation: 'Relation',
	ProjectMember: 'ProjectMember',
	SaleStakeholder: 'SaleStakeholder',
	ContactSelection: 'SelectionMember',
	ContactPersonSelectionV2: 'SelectionMember',
};

const UDEF_TYPES = reference.customTypes.udef as Record<string, ColumnType>;
const EXTRA_TYPES = {
	Integer: 'int',
	DateTime: 'datetime',
	Time: '-',
	TimeSpan: 'timeSpan',
	RelationTo: 'listAny',
} as Record<string, ColumnType>;

/** An archive provider: which rows it has, and which columns. */
export class Provider {
	readonly entity: ArchiveEntity;
	/** Whether its rows are those that were deleted */
	readonly isRecycleBin: boolean;
	private readonly reference: ProviderReference;
	private readonly known = new Map<string, Column | undefined>();

	private constructor(readonly name: string) {
		this.reference = PROVIDERS[name]!;
		this.entity = ENTITIES[name]!;
		this.isRecycleBin = name.startsWith('Recycle');
	}

	private static readonly all = Object.keys(PROVIDERS).map((name) => new Provider(name));

	static readonly names: readonly string[] = Object.keys(PROVIDERS);

	/** By its name, ignoring case. */
	static named(name: string): Provider | undefined {
		return Provider.all.find((provider) => provider.name.toLowerCase() === name.toLowerCase());
	}

	/** The provider behind `v1/{entity}`, ignoring case. */
	static at(resource: string): Provider | undefined {
		return Provider.all.find(({ reference: { rest } }) => rest?.toLowerCase() === `/${resource}`);
	}

	get primaryKey(): string {
		return this.reference.primaryKey;
	}

	/** The kinds of rows, as EntityName and $entities name them; the first is the usual one. */
	get entities(): string[] {
		return Object.keys(this.reference.entities);
	}

	/** What a query without $select gets. */
	get defaultColumns(): string[] {
		const { primaryKey, name } = this.reference;
		return [primaryKey, name, ...(this.entity === 'Person' ? ['personContact/name'] : [])];
	}

	/** A column by its name: one of its own, a joined one, or a custom one of the tenant. */
	column(name: string, database: TenantDatabase): Column | undefined {
		const slash = name.lastIndexOf('/');
		const prefix = name.slice(0, Math.max(slash, 0));
		const field = this.reference.custom?.includes(prefix)
			? customFieldsOf(prefix, database).find(({ key }) => key === name.slice(slash + 1))
			: undefined;
		if (field) return this.customColumn(name, field);
		if (!this.known.has(name)) this.known.set(name, this.ownOrJoined(name, prefix));
		return this.known.get(name);
	}

	/** All columns, custom ones included. */
	columns(database: TenantDatabase): Column[] {
		const { columns, joins = {}, custom = [] } = this.reference;
		const names = [
			...Object.keys(columns),
			...Object.entries(joins).flatMap(([prefix, group]) =>
				Object.keys(GROUPS[group] ?? {}).map((name) => `${prefix}/${name}`),
			),
			...custom.flatMap((prefix) =>
				customFieldsOf(prefix, database).map(({ key }) => `${prefix}/${key}`),
			),
		];
		return [...new Set(names)].flatMap((name) => this.column(name, database) ?? []);
	}

	private ownOrJoined(name: string, prefix: string): Column | undefined {
		const own = this.reference.columns[name];
		const joined = GROUPS[this.reference.joins?.[prefix] ?? '']?.[name.slice(prefix.length + 1)];
		const type = own?.[0] ?? joined;
		if (type === undefined) return undefined;
		return this.newColumn(name, own?.[1] ?? name.slice(prefix.length + 1), type);
	}

	private customColumn(name: string, { label, type, listId }: CustomFieldDefinition): Column {
		const column = this.newColumn(name, label, `${UDEF_TYPES[type] ?? EXTRA_TYPES[type] ?? '-'}+`);
		return listId === undefined ? column : { ...column, list: `udlist${listId}` };
	}

	private newColumn(name: string, label: string, coded: string): Column {
		const type = coded.replace('+', '');
		return {
			...sourceOf(this.entity, name, type),
			name,
			label,
			type,
			orderable: coded.endsWith('+'),
			isUtc: /(updated|registered)Date$/i.test(name),
		};
	}
}

/** The custom fields under a prefix like contactUdef or, for a company joined to a sale, contact/contactUdef. */
function customFieldsOf(prefix: string, { customFields }: TenantDatabase): CustomFieldDefinition[] {
	const start = `${prefix.split('/').at(-1)}/`;
	return customFields.filter(({ column }) => column.startsWith(start));
}
