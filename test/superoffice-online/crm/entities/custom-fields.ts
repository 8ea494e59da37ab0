import { illegal } from '../errors';
import type { CustomFieldDefinition } from '../store';
import type { Context } from './context';

type CustomFields = Record<string, string>;

const NO_DATE = '[DT:01/01/0001 00:00:00.0000000]';
const DATE =
	/^\[(?:DT:\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d(?:\.\d{1,7})?|D:\d\d\/\d\d\/\d{4}(?: [\d:.]+)?)\]$/;

/** A custom field that has no value, as the wire has it. */
export function emptyCustomField({ type }: CustomFieldDefinition): string {
	switch (type) {
		case 'ShortText':
		case 'LongText':
			return '';
		case 'Decimal':
			return '[F:0]';
		case 'Date':
		case 'UnlimitedDate':
		case 'DateTime':
		case 'Time':
			return NO_DATE;
		default:
			return '[I:0]';
	}
}

/** All custom fields of a record, with the texts of list items beside their keys. */
export function renderCustomFields(context: Context, values: CustomFields): CustomFields {
	const rendered: CustomFields = {};
	for (const field of context.customFields) {
		const text = values[field.key] ?? emptyCustomField(field);
		rendered[field.key] = text;
		if (field.listId !== undefined) {
			const item = context.database.listItem(`udlist${field.listId}`, numberIn(text));
			rendered[`${field.key}:DisplayText`] = item ? context.translate(item.name) : '';
			rendered[`${field.key}:DisplayTooltip`] = item?.tooltip ?? '';
		}
	}
	return rendered;
}

/** The deprecated twins of CustomFields, which write some values in another way. */
export function renderTwin(
	context: Context,
	values: CustomFields,
	twin: 'UserDefinedFields' | 'ExtraFields',
): CustomFields {
	const extra = twin === 'ExtraFields';
	const fields = context.customFields.filter(({ key }) => key.startsWith('x_') === extra);
	return Object.fromEntries(
		fields.map((field) => {
			const text = values[field.key] ?? emptyCustomField(field);
			if (extra) return [field.key, text];
			if (field.type === 'Checkbox') return [field.key, text === '[I:1]' ? 'True' : 'False'];
			return [field.key, text.replace(/^\[DT:/, '[D:')];
		}),
	);
}

/** A custom field by its key in any case. Throws if there is none, or the key is one that is never sent. */
export function findCustomField({ customFields }: Context, key: string): CustomFieldDefinition {
	if (/:(org|DisplayText|DisplayTooltip)$/i.test(key)) {
		throw illegal(`CustomFields: '${key}' cannot be set`);
	}
	const found = customFields.find((field) => field.key.toLowerCase() === key.toLowerCase());
	if (!found) throw illegal(`CustomFields: unknown field '${key}'`);
	return found;
}

/** Reads a whole map: fields that are not in it become empty. */
export function readCustomFields(context: Context, value: unknown): CustomFields {
	if (value === null) return {};
	if (typeof value !== 'object' || Array.isArray(value)) {
		throw illegal('CustomFields: an object is expected');
	}
	return Object.fromEntries(
		Object.entries(value as object).map(([key, text]) => {
			const field = findCustomField(context, key);
			return [field.key, readCustomField(context, field, text)];
		}),
	);
}

/** Reads the value of one custom field: encoded, or plain where SuperOffice's samples have it so. */
export function readCustomField(
	context: Context,
	field: CustomFieldDefinition,
	value: unknown,
): string {
	if (value === null || value === '') return emptyCustomField(field);
	const wrong = (expected: string) =>
		illegal(`CustomFields/${field.key}: ${expected}, but got ${JSON.stringify(value)}`);
	if (typeof value !== 'string') throw wrong('a text is expected');
	const { type, maxLength = Infinity } = field;
	switch (type) {
		case 'ShortText':
		case 'LongText':
			if (value.length > maxLength) throw wrong(`at most ${maxLength} characters are allowed`);
			return value;
		case 'Decimal':
			if (!/^\[F:-?\d+(\.\d+)?\]$/.test(value)) throw wrong('a number like [F:4.43] is expected');
			return value;
		case 'Checkbox':
			if (!/^\[I:[01]\]$/.test(value)) throw wrong('[I:0] or [I:1] is expected');
			return value;
		case 'Date':
		case 'UnlimitedDate':
		case 'DateTime':
		case 'Time':
			if (!DATE.test(value) || !isDate(value)) throw wrong('a date like [DT:..] is expected');
			return value.replace(/^\[D:(.{10})\]$/, '[DT:$1 00:00:00.0000000]');
		default: {
			if (!/^(\[I:-?\d+\]|-?\d+)$/.test(value)) throw wrong('a number like [I:3] is expected');
			const number = numberIn(value);
			if (field.listId !== undefined && number !== 0) {
				const item = context.database.listItem(`udlist${field.listId}`, number);
				if (!item) throw wrong(`an id of the list udlist${field.listId} is expected`);
			}
			return `[I:${number}]`;
		}
	}
}

/** The digits name a day that exists, month first. */
function isDate(text: string): boolean {
	const [, month, day, year] = /(\d\d)\/(\d\d)\/(\d{4})/.exec(text)!;
	const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
	return !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day);
}

function numberIn(text: string): number {
	return Number(/-?\d+/.exec(text)?.[0] ?? 0);
}
