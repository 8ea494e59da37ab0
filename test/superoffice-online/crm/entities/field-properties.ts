import type { Property } from '../reference';
import type { StoredRecord } from '../store';
import { isHidden, isMandatory, type Context } from './context';

interface FieldProperty {
	FieldRight: { Mask: string; Reason: string };
	FieldType: string | null;
	FieldLength: number;
}

/** Project reports these as mandatory though nobody fills them in. */
const SAID_TO_BE_MANDATORY = [
	'HasImage',
	'ImageDescription',
	'ActiveStatusMonitorId',
	'ProjectMembers',
];

/** Rights and hints for each property, and each custom field as CustomFields.{key}. */
export function fieldProperties(
	context: Context,
	record: StoredRecord,
): Record<string, FieldProperty> {
	const { reference, customFields } = context;
	const standard = Object.entries(reference.properties).map(([name, property]) => [
		name,
		{
			FieldRight: right(context, record, name, property),
			FieldType: null,
			FieldLength: property.max ?? 0,
		},
	]);
	const custom = customFields.map(({ key, type, maxLength }) => [
		`CustomFields.${key}`,
		{
			FieldRight: {
				Mask: [
					'Update',
					...(key.startsWith('x_') ? ['Unused4'] : []),
					...(isMandatory(context, key) ? ['UIHintMandatory'] : []),
				].join(', '),
				Reason: '',
			},
			FieldType: type,
			FieldLength: maxLength ?? 0,
		},
	]);
	return Object.fromEntries([...standard, ...custom]) as Record<string, FieldProperty>;
}

/** Whether a property comes from the person's company, and cannot be written for the person. */
export function isOfCompany({ entity }: Context, record: StoredRecord, name: string): boolean {
	const shared = ['Category', 'Business', 'Associate'].includes(name);
	return entity === 'Person' && shared && Number(record.values.Contact ?? 0) !== 0;
}

function right(
	context: Context,
	record: StoredRecord,
	name: string,
	property: Property,
): FieldProperty['FieldRight'] {
	if (isHidden(context, name)) return { Mask: 'None', Reason: '' };
	if (isOfCompany(context, record, name)) {
		return { Mask: 'Read', Reason: '[SR_ACCESS_PERSONONCOMPANY]' };
	}
	const mandatory =
		isMandatory(context, name) ||
		(context.entity === 'Project' && SAID_TO_BE_MANDATORY.includes(name));
	const mask = property.readOnly ? 'Read' : 'Update';
	return { Mask: mandatory ? `${mask}, UIHintMandatory` : mask, Reason: '' };
}
