import type { TenantDatabase } from '../store';
import { EntityTable, ListTable, UdefTable, type EntityColumn } from './entity-table';
import { ExtraTable } from './extra-table';
import type { Cells, TableColumn } from './cells';
import type { Table } from './table';

const text = (name: string, property: string, maxLength: number): EntityColumn => ({
	name,
	label: property,
	kind: 'ShortText',
	property,
	maxLength,
});
const id = (name: string, property: string, to?: string): EntityColumn => ({
	name,
	label: property,
	kind: 'Integer',
	property,
	to,
});
const required = (column: EntityColumn): EntityColumn => ({ ...column, isRequired: true });
const key = (name: string): EntityColumn => ({ name, label: 'ID', kind: 'Integer' });
const stamps: EntityColumn[] = ['registered', 'updated'].map((name) => ({
	name,
	label: name,
	kind: 'DateTime',
	isReadOnly: true,
}));

const CONTACT: EntityColumn[] = [
	key('contact_id'),
	required(text('name', 'Name', 219)),
	text('department', 'Department', 219),
	text('number1', 'Number1', 49),
	text('number2', 'Number2', 49),
	text('orgNr', 'OrgNr', 49),
	required(id('country_id', 'Country', 'country')),
	required(id('business_idx', 'Business', 'business')),
	required(id('category_idx', 'Category', 'category')),
	id('associate_id', 'Associate', 'associate'),
	{ ...id('xstop', 'Xstop'), kind: 'Checkbox' },
	...stamps,
];

const PERSON: EntityColumn[] = [
	key('person_id'),
	required(id('contact_id', 'Contact', 'contact')),
	required(text('firstname', 'Firstname', 99)),
	text('lastname', 'Lastname', 99),
	text('title', 'Title', 239),
	...stamps,
];

/** The columns of the extra table that every tenant starts with. */
const EQUIPMENT: TableColumn[] = [
	{ name: 'x_code', label: 'Code', kind: 'ShortText', maxLength: 20 },
	{ name: 'x_name', label: 'Name', kind: 'ShortText', maxLength: 100, isRequired: true },
	{ name: 'x_note', label: 'Note', kind: 'LongText' },
	{ name: 'x_company', label: 'Company', kind: 'RelationTo', to: 'contact' },
	{ name: 'x_count', label: 'Count', kind: 'Integer' },
	{ name: 'x_price', label: 'Price', kind: 'Decimal' },
	{ name: 'x_active', label: 'Active', kind: 'Checkbox' },
	{ name: 'x_bought', label: 'Bought', kind: 'Date' },
	{ name: 'x_checked', label: 'Checked', kind: 'DateTime' },
	{ name: 'x_opens', label: 'Opens', kind: 'Time' },
	{ name: 'x_warranty', label: 'Warranty', kind: 'TimeSpan' },
	{ name: 'x_condition', label: 'Condition', kind: 'MdoList' },
];

/** No mass operation may touch them. */
const PROTECTED = [
	'associate',
	'credentials',
	'role',
	'functionright',
	'modulelicense',
	'sequence',
	'databasemodel',
	'registry',
	'config',
	'login',
];

/** The tables of a tenant's database. */
export class Tables {
	private readonly extra = new Map<string, ExtraTable>();

	constructor(private readonly database: TenantDatabase) {
		this.add('y_equipment', 'Equipment', EQUIPMENT);
		this.add('y_rental', 'Rental', [
			{ name: 'x_equipment', label: 'Equipment', kind: 'RelationTo', to: 'y_equipment' },
			{ name: 'x_days', label: 'Days', kind: 'Integer' },
		]);
	}

	/** Adds an extra table. */
	add(name: string, label: string, columns: TableColumn[]): ExtraTable {
		const table = new ExtraTable(name, label, columns, this.database.clock, (change) =>
			this.database.onRowChange?.(change),
		);
		this.extra.set(name, table);
		return table;
	}

	/** An extra table, for tests. Throws if there is none. */
	get(name: string): ExtraTable {
		const table = this.extra.get(name);
		if (!table) throw new Error(`There is no table ${name}`);
		return table;
	}

	/** All rows of an extra table. */
	rows(name: string): Cells[] {
		const table = this.get(name);
		return table.ids().map((row) => table.read(row)!);
	}

	find(name: string): Table | undefined {
		const { database } = this;
		switch (name.toLowerCase()) {
			case 'contact':
				return new EntityTable('contact', 'contact_id', CONTACT, 'Contact', database);
			case 'person':
				return new EntityTable('person', 'person_id', PERSON, 'Person', database);
			case 'udcontactsmall':
				return new UdefTable('udcontactsmall', 'contact_id', 'Contact', database);
			case 'udpersonsmall':
				return new UdefTable('udpersonsmall', 'person_id', 'Person', database);
			case 'category':
			case 'business':
			case 'country':
				return new ListTable(
					name.toLowerCase(),
					`${name.toLowerCase()}_id`,
					name.toLowerCase(),
					database,
				);
			case 'extra_tables':
				return this.ofTables();
			default:
				return this.extra.get(name.toLowerCase());
		}
	}

	isProtected(name: string): boolean {
		return PROTECTED.includes(name.toLowerCase());
	}

	/** The table with the names of the extra tables. */
	private ofTables(): Table {
		const columns: TableColumn[] = [
			{ name: 'table_name', label: 'Table', kind: 'ShortText' },
			{ name: 'name', label: 'Name', kind: 'ShortText' },
		];
		const table = new ExtraTable('extra_tables', 'Extra tables', columns, this.database.clock);
		for (const { name, label } of this.extra.values()) {
			table.insert({ table_name: name, name: label });
		}
		return table;
	}
}

const known = new WeakMap<TenantDatabase, Tables>();

/** The tables of a tenant's database, which tests may change. */
export function tablesOf(database: TenantDatabase): Tables {
	const tables = known.get(database) ?? new Tables(database);
	known.set(database, tables);
	return tables;
}
