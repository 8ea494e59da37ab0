import { idKeyOf, pathOf } from './changes';
import { isObject } from './crm-session';
import { decodeCustomField } from './custom-field-values';
import { fromWire } from './dates';
import { joinElements } from './elements';
import type { Field } from './entity';
import { dayFromWire, selectedNames } from './field-values';
import { propertyAt } from './properties';

/**
 * A record as one flat object, under the keys that changes are given under, so that it can be written back as it is.
 * What SuperOffice left out, or does not show, is `null`; no date is empty text.
 *
 * @param record as the web API gives it
 */
export function simplify(
	fields: readonly Field[],
	record: Record<string, unknown>,
): Record<string, unknown> {
	return Object.fromEntries(fields.flatMap((field) => simplifyField(field, record)));
}

function simplifyField(field: Field, record: Record<string, unknown>): Array<[string, unknown]> {
	const idKey = idKeyOf(field);
	if (field.custom !== undefined) {
		const custom = isObject(record.CustomFields) ? record.CustomFields : {};
		const text = custom[field.id];
		const value = typeof text === 'string' ? decodeCustomField(field, text) : null;
		if (idKey === undefined) return [[field.id, value]];
		const name = custom[`${field.id}:DisplayText`];
		const isSet = value !== null && value !== 0 && value !== '';
		return [
			[field.id, isSet ? (name ?? value) : value === null ? null : ''],
			[idKey, isSet ? value : null],
		];
	}
	if (idKey === undefined)
		return [[field.id, simplifyValue(field, propertyAt(record, pathOf(field)))]];
	const reference = propertyAt(record, pathOf(field).slice(0, -1));
	if (!isObject(reference))
		return [
			[field.id, null],
			[idKey, null],
		];
	const id = Number(reference[field.idProperty ?? '']);
	return id > 0
		? [
				// Empty text would say that there is nothing, where the id alone is known.
				[field.id, reference[field.nameProperty ?? ''] || null],
				[idKey, id],
			]
		: [
				[field.id, ''],
				[idKey, null],
			];
}

function simplifyValue({ type }: Field, value: unknown): unknown {
	if (value === undefined || value === null) return null;
	if (type === 'date') return dayFromWire(String(value));
	if (type === 'dateTime') return fromWire(String(value));
	if (Array.isArray(value)) {
		if (type === 'elements') return joinElements(value);
		if (type === 'strings') return value.join(', ');
		if (type === 'selection') return selectedNames(value);
	}
	return value;
}
