import type { CustomFieldDefinition, EntityName } from '../store';

type Field = Pick<CustomFieldDefinition, 'key' | 'label' | 'type'> & Partial<CustomFieldDefinition>;

/** The list with the segments of companies, as the user-defined list udlist108. */
export const SEGMENTS = 108;

const USER_DEFINED: Field[] = [
	{ key: 'SuperOffice:1', label: 'Nickname', type: 'ShortText', maxLength: 20 },
	{ key: 'SuperOffice:2', label: 'Number of Seats', type: 'Number' },
	{ key: 'SuperOffice:3', label: 'Contract Date', type: 'Date' },
	{ key: 'SuperOffice:5', label: 'Reference Customer', type: 'Checkbox' },
	{ key: 'SuperOffice:7', label: 'Segment', type: 'List', listId: SEGMENTS },
	{ key: 'SuperOffice:8', label: 'Discount', type: 'Decimal' },
];
const NOTE: Field = { key: 'x_note', label: 'Note', type: 'ShortText', maxLength: 100 };

/** The user-defined and extra fields that every tenant starts with. */
export function standardCustomFields(): CustomFieldDefinition[] {
	const of = (entity: EntityName, prefix: string, fields: Field[]): CustomFieldDefinition[] =>
		fields.map((field) => ({ ...field, entity, column: `${prefix}/${field.key}` }));
	return [
		...of('Contact', 'contactUdef', USER_DEFINED),
		...of('Contact', 'contactExtra', [
			{ key: 'x_score', label: 'Score', type: 'Integer' },
			NOTE,
			{ key: 'x_since', label: 'Customer Since', type: 'DateTime' },
		]),
		...of('Person', 'personUdef', USER_DEFINED),
		...of('Project', 'projectUdef', USER_DEFINED),
		...of('Sale', 'saleUdef', USER_DEFINED),
		...of('Appointment', 'appointmentUdef', USER_DEFINED),
		...of('Document', 'documentUdef', USER_DEFINED),
		...of('Ticket', 'extra', [{ key: 'x_severity', label: 'Severity', type: 'Integer' }, NOTE]),
	];
}
