/** How a field's value is given, and how SuperOffice has it. */
export type FieldType =
	| 'string'
	| 'integer'
	| 'number'
	| 'boolean'
	/** A day. */
	| 'date'
	| 'dateTime'
	/** Text, `hh:mm:ss`. */
	| 'time'
	| 'timeSpan'
	/** One of the names in `values`. */
	| 'enum'
	/** An item of the MDO list `list`: its name or its id. */
	| 'list'
	/** The text of an item of the MDO list `list`. */
	| 'listText'
	/** A user: initials, full name or id. */
	| 'user'
	/** Another record: its id. */
	| 'record'
	/** Texts, in SuperOffice a list of `{ Value, Description }`: e-mail addresses, phone numbers. */
	| 'elements'
	/** Items of the MDO list `list`, of which any number is selected. */
	| 'selection'
	/** Texts. */
	| 'strings';

/** A field of a record: what people fill in, and where SuperOffice has it. */
export interface Field {
	/** SuperOffice's name of the property (`Category`), or of the custom field (`SuperOffice:7`, `x_name`). */
	id: string;
	/** As SuperOffice's own user interface calls it. */
	label: string;
	type: FieldType;
	/** Where the property is in the entity, if not at its top under `id`: `Address/Street/City`. */
	path?: string;
	/** What the id of a reference is called inside it: `Id`, `CountryId`, `AssociateId`. */
	idProperty?: string;
	/** What its name is called inside it: `Value`, `Name`, `FullName`. */
	nameProperty?: string;
	/** MDO list that offers the items. */
	list?: string;
	/** Ids that no item has, and that SuperOffice takes all the same. */
	otherIds?: readonly number[];
	/** Of an enum: SuperOffice's names, with those of its user interface. */
	values?: ReadonlyArray<{ value: string; label: string }>;
	/** Of an enum: a property that says the same in numbers, by SuperOffice's names of the values. */
	numbers?: { property: string; values: Readonly<Record<string, number>> };
	/** The archive's column with the same value, for fields that a record can be found by. */
	column?: string;
	/** In characters. */
	maxLength?: number;
	/** Filled in for every new record, as far as is known without asking the tenant. */
	required?: boolean;
	readOnly?: boolean;
	/** A field of the tenant's own, in `CustomFields`; one kind is named by ProgId, the other `x_name`. */
	custom?: 'userDefined' | 'extra';
	/** What users would not guess. */
	description?: string;
}

/** What a kind of record is. */
export interface Entity {
	/** SuperOffice's name, also in paths: `/v1/Contact`. */
	name: string;
	/** What a record is called in messages: `company`. */
	label: string;
	/** What many are called: `companies`. */
	plural: string;
	idKey: string;
	archive: {
		provider: string;
		/** Column with the record's id. */
		primaryKey: string;
		/** Column with what people know the record by. */
		name: string;
		/** Columns that tell two records of the same name apart. */
		details: readonly string[];
		/** What a list of records shows unless columns are chosen. */
		columns: readonly string[];
		/** Its kinds of rows, where some do not come unless they are named. */
		entities?: readonly string[];
	};
	fields: readonly Field[];
	/** Which lists of custom fields SuperOffice has for it: with a published layout, extra fields only, or none. */
	customFields: 'layout' | 'extraOnly' | 'none';
	/** Prefixes of the archive's columns of custom fields, for user-defined and for extra ones. */
	customColumns?: { userDefined?: string; extra?: string };
	/** The call that brings a deleted record back. */
	undelete?: { path: string; idName: string; takesMany: boolean };
	/** Whether a record has messages, with attachments. */
	hasMessages?: boolean;
	/** Whether a record has a file as its content. */
	hasContent?: boolean;
	/** The call that changes single interests, which are in the field `Interests`. */
	interests?: { path: string; idName: string };
	/** What merging two of them can be told. */
	merge?: { identicalPersons?: boolean; moveAfterDate?: boolean; deleteSource?: boolean };
	/** Fields by which SuperOffice looks for duplicates: the name, and what tells two of that name apart. */
	duplicates?: { name: string; department: string };
	/** Persons, and perhaps companies, that belong to it. */
	members?: MemberLink;
	/** Parameter in the addresses of SuperOffice's web client: `contact_id`. */
	clientParameter?: string;
}

/** What persons belong to a record by: a small record for each, such as a project member. */
export interface MemberLink {
	/** SuperOffice's name, also in paths: `/v1/ProjectMember`. */
	name: string;
	/** What one is called in messages: `project member`. */
	label: string;
	idKey: string;
	/** Property with the id of the record that they belong to: `ProjectId`. */
	ownerKey: string;
	/** What they are in it: an item of a list. */
	role: Field;
	/** Whether a company can be one without a person. */
	takesCompanies: boolean;
	/** Column in the archive of the records they belong to that says whether it takes any. */
	enabledColumn?: string;
	archive: {
		provider: string;
		/** Column with the id of the small record. */
		primaryKey: string;
		entities: readonly string[];
		/** Columns with the ids of those connected. */
		owner: string;
		person: string;
		company: string;
		/** What a list of them shows unless columns are chosen. */
		columns: readonly string[];
	};
}
