import { topOf } from './changes';
import { isObject, type CrmSession } from './crm-session';
import type { Entity, Field, FieldType } from './entity';

/** The types of user-defined fields, in the published layout. */
const userDefinedTypes: Record<string, FieldType> = {
	ShortText: 'string',
	LongText: 'string',
	ListText: 'string',
	Number: 'integer',
	Decimal: 'number',
	Checkbox: 'boolean',
	Date: 'date',
	UnlimitedDate: 'date',
	List: 'list',
};

/** The types in the list of all custom fields. */
export const customFieldTypes: Record<string, FieldType> = {
	...userDefinedTypes,
	Integer: 'integer',
	DateTime: 'dateTime',
	Time: 'time',
	TimeSpan: 'timeSpan',
	RelationTo: 'record',
};

/** The fields of a kind of record, with those that the tenant has added to it; asked for once in a run. */
export async function fieldsOf(session: CrmSession, entity: Entity): Promise<Field[]> {
	return await session.once(`fields ${entity.name}`, async () => {
		if (entity.customFields === 'none') return [...entity.fields];
		const { name } = entity;
		const [layout, all] = await Promise.all([
			entity.customFields === 'layout'
				? session.callForList({ path: `/v1/${name}/UdefLayout/Published` })
				: [],
			session.callForList({ path: `/v1/${name}/CustomField` }),
		]);
		return [...entity.fields, ...customFields(entity, layout, all)];
	});
}

/** The list of all custom fields names no MDO lists, and the layout has no extra fields: together they are complete. */
function customFields(
	entity: Entity,
	layout: Array<Record<string, unknown>>,
	all: Array<Record<string, unknown>>,
): Field[] {
	const fields = new Map<string, Field>();
	const add = (field: Field | undefined) => field && fields.set(field.id, field);
	for (const info of layout) add(fromLayout(entity, info));
	for (const info of all) {
		const id = String(info.FieldName ?? '');
		if (id !== '' && !fields.has(id)) add(fromCustomField(entity, info));
	}
	return [...fields.values()];
}

function fromLayout(entity: Entity, info: Record<string, unknown>): Field | undefined {
	const id = String(info.ProgId ?? '');
	const type = userDefinedTypes[String(info.FieldType)];
	if (id === '' || type === undefined) return undefined;
	const { MdoListName: mdoList, UDListDefinitionId: listId } = info;
	const hasList = typeof mdoList === 'string' && mdoList !== '';
	const textLength = Number(info.TextLength ?? 0);
	return {
		id,
		label: firstText(info.FieldLabel, info.ShortLabel, id),
		type,
		custom: 'userDefined',
		...(type === 'list' ? { list: hasList ? mdoList : `udlist${Number(listId)}` } : {}),
		...(type === 'string' && textLength > 0 ? { maxLength: textLength } : {}),
		required: info.IsMandatory === true,
		readOnly: info.IsReadOnly === true,
		...columnOf(entity, 'userDefined', id),
	};
}

function fromCustomField(entity: Entity, info: Record<string, unknown>): Field | undefined {
	const id = String(info.FieldName);
	// A list of unknown name is set by id.
	const type = info.FieldType === 'MdoList' ? 'integer' : customFieldTypes[String(info.FieldType)];
	if (type === undefined) return undefined;
	const custom = id.toLowerCase().startsWith('x_') ? 'extra' : 'userDefined';
	return {
		id,
		label: firstText(info.DisplayName, info.ShortLabel, id),
		type,
		custom,
		required: info.IsMandatory === true,
		readOnly: info.IsReadOnly === true,
		...columnOf(entity, custom, id),
	};
}

function columnOf(entity: Entity, kind: 'userDefined' | 'extra', id: string) {
	const prefix = entity.customColumns?.[kind];
	return prefix === undefined ? {} : { column: `${prefix}/${id}` };
}

function firstText(...texts: unknown[]): string {
	return texts.find((text): text is string => typeof text === 'string' && text.trim() !== '') ?? '';
}

/**
 * The fields that the tenant wants filled in for every new record, by id.
 *
 * @param defaults a new record, as the tenant fills it in: it comes with the rights to each property
 */
export function mandatoryFields(
	fields: readonly Field[],
	defaults: Record<string, unknown>,
): Set<string> {
	const { FieldProperties: properties } = defaults;
	const isMandatory = (field: Field): boolean => {
		const key = field.custom === undefined ? topOf(field) : `CustomFields.${field.id}`;
		const own = isObject(properties) ? properties[key] : undefined;
		const right = isObject(own) ? own.FieldRight : undefined;
		const mask = isObject(right) ? right.Mask : undefined;
		if (typeof mask !== 'string') return field.required === true;
		return /\bUIHintMandatory\b/.test(mask);
	};
	const writable = fields.filter(({ readOnly, path }) => !readOnly && path === undefined);
	return new Set(writable.filter(isMandatory).map(({ id }) => id));
}
