/** What a relation is called, and by what name SuperOffice has it in addresses. */
export const relation = { name: 'Relation', label: 'relation' };

/** The kinds of records that relations connect. */
export const relatedTypes = [
	{ value: 'company', label: 'Company' },
	{ value: 'person', label: 'Contact Person' },
];
