import type { Field } from '../../../superoffice/crm/entity';

/** What a reference is, whichever field it is in; the field adds its id, label and column. */
type Reference = Pick<Field, 'type' | 'list' | 'idProperty' | 'nameProperty'>;

/** An item of a list whose items are `{ Id, Value }`, as most are inside records. */
export const listItem = (list: string): Reference => ({
	type: 'list',
	list,
	idProperty: 'Id',
	nameProperty: 'Value',
});

export const country: Reference = {
	type: 'list',
	list: 'country',
	idProperty: 'CountryId',
	nameProperty: 'Name',
};

export const user: Reference = {
	type: 'user',
	list: 'associate',
	idProperty: 'AssociateId',
	nameProperty: 'FullName',
};

export const companyRecord: Reference = {
	type: 'record',
	idProperty: 'ContactId',
	nameProperty: 'Name',
};

export const personRecord: Reference = {
	type: 'record',
	idProperty: 'PersonId',
	nameProperty: 'FullName',
};

export const projectRecord: Reference = {
	type: 'record',
	idProperty: 'ProjectId',
	nameProperty: 'Name',
};

export const saleRecord: Reference = {
	type: 'record',
	idProperty: 'SaleId',
	nameProperty: 'Title',
};

const addressLines = [
	{ name: 'Address1', label: 'Address 1', column: 'line1' },
	{ name: 'Address2', label: 'Address 2', column: 'line2' },
	{ name: 'Address3', label: 'Address 3', column: 'line3' },
	{ name: 'Zipcode', label: 'Zip Code', column: 'zip' },
	{ name: 'City', label: 'City', column: 'city' },
	{ name: 'County', label: 'County', column: 'county' },
	{ name: 'State', label: 'State', column: 'state' },
] as const;

/** The lines of an address: ids `StreetAddress1`, labels `Visiting Address 1`, columns `streetAddress/line1`. */
export const addressFields = (
	part: 'Street' | 'Postal',
	labelled: string,
	join: string,
): readonly Field[] =>
	addressLines.map(({ name, label, column }) => ({
		id: `${part}${name}`,
		label: `${labelled} ${label}`,
		type: 'string',
		path: `Address/${part}/${name}`,
		column: `${join}/${column}`,
	}));

/** When the record was made and changed, and by whom; the columns compare days only. */
export const auditFields = (
	columns: { created: string; updated: string; createdBy: string; updatedBy: string } = {
		created: 'registeredDate',
		updated: 'updatedDate',
		createdBy: 'registeredBy',
		updatedBy: 'updatedBy',
	},
): readonly Field[] => [
	{
		id: 'CreatedDate',
		label: 'Created',
		type: 'dateTime',
		column: columns.created,
		readOnly: true,
	},
	{
		id: 'UpdatedDate',
		label: 'Updated',
		type: 'dateTime',
		column: columns.updated,
		readOnly: true,
	},
	{ id: 'CreatedBy', label: 'Created By', ...user, column: columns.createdBy, readOnly: true },
	{ id: 'UpdatedBy', label: 'Updated By', ...user, column: columns.updatedBy, readOnly: true },
];

/** The status of follow-ups, documents and sales; no column has it, as `completed` only says yes or no. */
export const completed: Field = {
	id: 'Completed',
	label: 'Completed',
	type: 'enum',
	values: [
		{ value: 'NotStarted', label: 'Not Started' },
		{ value: 'Started', label: 'Started' },
		{ value: 'Completed', label: 'Completed' },
	],
};

/** Who and what a follow-up, a document or a sale belongs to. */
export const activityLinks: readonly Field[] = [
	{ id: 'Contact', label: 'Company', ...companyRecord, column: 'contactId' },
	{
		id: 'Person',
		label: 'Contact Person',
		...personRecord,
		column: 'personId',
		description: 'Must belong to the company',
	},
	{ id: 'Project', label: 'Project', ...projectRecord, column: 'projectId' },
];
