import { illegal } from '../errors';
import { emptyValue, entities, structs, type Property } from '../reference';
import type { StoredRecord } from '../store';
import { linkValue } from '../links/settle';
import { writeDate } from '../wire-dates';
import { renderAddress, type StoredAddress } from './addresses';
import { isHidden, type Context } from './context';
import { renderCustomFields, renderTwin } from './custom-fields';
import { fieldProperties } from './field-properties';
import { fullName, renderReference } from './references';

/** An entity as SuperOffice answers it, without what is not selected: that is null. */
export function renderEntity(
	context: Context,
	record: StoredRecord,
	select: string | null,
): Record<string, unknown> {
	const { entity, reference } = context;
	const rendered: Record<string, unknown> = {};
	for (const [name, property] of Object.entries(reference.properties)) {
		rendered[name] = isHidden(context, name)
			? null
			: renderProperty(context, record, name, property);
	}
	const chosen = select === null ? rendered : selected(context, rendered, select);
	return {
		...chosen,
		TableRight: { Mask: 'FULL', Reason: '' },
		FieldProperties: fieldProperties(context, record),
		...(entity !== 'Ticket' && { _Links: links(context, record) }),
	};
}

/** One property as the wire has it. */
export function renderProperty(
	context: Context,
	record: StoredRecord,
	name: string,
	property: Property,
): unknown {
	const stamp = stampOf(record, context, name);
	const value = stamp === undefined ? record.values[name] : stamp;
	switch (property.type) {
		case 'date':
		case 'datetime':
			return writeDate((value as Date | null | undefined) ?? null, zoneOf(context, name));
		case 'ref':
			return renderReference(context, property, Number(value ?? 0));
		case 'map':
			if (name === 'CustomFields') return renderCustomFields(context, record.customFields);
			return renderTwin(context, record.customFields, name as 'UserDefinedFields' | 'ExtraFields');
		case 'struct':
			if (property.of !== 'Address') return value ?? null;
			return renderAddress(context.entity, (value as StoredAddress | undefined) ?? {});
		case 'list':
			return renderList(context, property, (value as unknown[] | undefined) ?? []);
		default:
			return value ?? emptyValue(property);
	}
}

/** The zone that a property is in: BirthDate is a day, which no zone moves. */
export function zoneOf({ timeZone }: Context, name: string): Context['timeZone'] {
	return name === 'BirthDate' ? { ...timeZone, zone: 'UTC' } : timeZone;
}

/** What the record itself says, not its values. */
function stampOf(record: StoredRecord, context: Context, name: string): unknown {
	const { entity, reference } = context;
	switch (name) {
		case reference.id:
			return record.id;
		case 'CreatedDate':
		case 'CreatedAt':
			return record.createdAt;
		case 'UpdatedDate':
		case 'LastChanged':
			return record.updatedAt;
		case 'CreatedBy':
			return record.createdBy;
		case 'UpdatedBy':
			return record.updatedBy;
		case 'FullName':
		case 'FormalName':
			return entity === 'Person' ? fullName(record) : linkValue(context, record, name);
		default:
			return linkValue(context, record, name);
	}
}

function renderList(context: Context, { of, list }: Property, values: unknown[]): unknown {
	if (of === 'EntityElement') {
		return (values as Array<{ Value: string; Description?: string }>).map((element) => ({
			Value: element.Value,
			StrippedValue: element.Value.replace(/[\s()-]/g, ''),
			Description: element.Description ?? '',
		}));
	}
	if (of !== 'SelectableMDOListItem') return values;
	// Not those that were chosen alone, but all that can be.
	return context.database
		.listItems(list!)
		.filter(({ id, deleted }) => !deleted || values.includes(id))
		.map((item) => ({
			...Object.fromEntries(
				Object.entries(structs.SelectableMDOListItem!).map(([name, field]) => [
					name,
					field.type === 'datetime' ? writeDate(null, context.timeZone) : emptyValue(field),
				]),
			),
			Id: item.id,
			Name: context.translate(item.name),
			ToolTip: item.tooltip ?? '',
			Deleted: item.deleted ?? false,
			Rank: item.rank ?? 0,
			Type: list,
			Selected: values.includes(item.id),
		}));
}

/** `$select` by names and paths like Category/Id: all else is null. */
function selected(
	{ reference }: Context,
	rendered: Record<string, unknown>,
	select: string,
): Record<string, unknown> {
	const chosen: Record<string, unknown> = Object.fromEntries(
		Object.keys(rendered).map((name) => [name, null]),
	);
	for (const path of select.split(',').map((part) => part.trim())) {
		const [name = '', field] = path.split('/');
		const known = name in reference.properties;
		if (!known) throw illegal(`$select: unknown property '${name}'`);
		const value = rendered[name] as Record<string, unknown> | null;
		if (field === undefined || value === null) chosen[name] = value;
		else {
			if (!(field in value)) throw illegal(`$select: unknown property '${path}'`);
			const empty = Object.fromEntries(Object.keys(value).map((key) => [key, null]));
			chosen[name] = { ...empty, ...(chosen[name] as object | null), [field]: value[field] };
		}
	}
	return chosen;
}

function links({ tenant, entity, reference }: Context, record: StoredRecord): object {
	const base = `https://${tenant.apiHost}/${tenant.contextIdentifier}/api/v1`;
	const self = `${base}/${entity}/${record.id}`;
	const referenced = Object.entries(reference.properties).flatMap(([name, property]) => {
		const id = Number(record.values[name] ?? 0);
		if (property.type !== 'ref' || property.entity === undefined || id === 0) return [];
		return entities[property.entity] ? [[name, `${base}/${property.entity}/${id}`]] : [];
	});
	return {
		Self: self,
		...(reference.udefLayout && { UdefLayout: `${base}/${entity}/UdefLayout/Published` }),
		...(Object.fromEntries(referenced) as object),
	};
}
