import type {
	FieldType as MapperType,
	ILoadOptionsFunctions,
	INodePropertyOptions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import { editorSession } from '../../../n8n/editor-sessions';
import {
	archiveColumns,
	canMatch,
	choicesOf,
	defaultsOf,
	fieldsOf,
	mandatoryFields,
	type Choice,
	type CrmSession,
	type Field,
} from '../../../superoffice';
import { isTool } from '../is-tool';
import { chosenEntity } from './chosen-entity';

/** All of them are saved in the workflow; a longer list is filled in as text. */
const mostChoices = 100;

/** Operations that make a new record, whatever there is already. */
const creating = ['create', 'upload', 'createFromTemplate'];

export const types: Partial<Record<Field['type'], MapperType>> = {
	integer: 'number',
	number: 'number',
	boolean: 'boolean',
	date: 'dateTime',
	dateTime: 'dateTime',
};

/** The fields that can be written, those of the tenant's own included. */
export async function getFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const entity = chosenEntity(this);
	const operation = this.getCurrentNodeParameter('operation') as string;
	const session = await editorSession(this);
	const [fields, columns, defaults] = await Promise.all([
		fieldsOf(session, entity),
		archiveColumns(session, entity.archive.provider),
		defaultsOf(session, entity),
	]);
	const required = operation === 'update' ? new Set<string>() : mandatoryFields(fields, defaults);
	// They are taken from the file where nothing is filled in.
	if (operation === 'upload') for (const id of ['Header', 'Name']) required.delete(id);
	const writable = fields.filter(({ readOnly }) => !readOnly);
	return {
		fields: await Promise.all(
			writable.map(async (field): Promise<ResourceMapperField> => {
				const isRequired = creating.includes(operation) && required.has(field.id);
				return {
					id: field.id,
					displayName: labelOf(field, writable),
					required: isRequired,
					defaultMatch: field.column === entity.archive.name,
					canBeUsedToMatch: canMatch(field, columns),
					display: true,
					// Shown only where it is wanted: a field that is shown is also sent.
					removed: !required.has(field.id) && field.column !== entity.archive.name,
					// A model fills in text, and nothing else.
					...(isTool(this) ? { type: 'string' } : await inputFor(session, field)),
				};
			}),
		),
	};
}

/** Labels are what users choose by, and the keys that a model sees, so no two may be equal. */
export function labelOf(field: Field, all: readonly Field[]): string {
	const isUnique = all.filter(({ label }) => label === field.label).length === 1;
	return isUnique ? field.label : `${field.label} (${field.id})`;
}

async function inputFor(
	session: CrmSession,
	field: Field,
): Promise<Pick<ResourceMapperField, 'type' | 'options'>> {
	if (field.type === 'enum') {
		const options = (field.values ?? []).map(({ label }) => ({ name: label, value: label }));
		return { type: 'options', options };
	}
	if (field.type === 'list' || field.type === 'user') {
		const choices = await choicesOf(session, field);
		if (choices.length > 0 && choices.length <= mostChoices) {
			return { type: 'options', options: choiceOptions(choices) };
		}
	}
	return { type: types[field.type] ?? 'string' };
}

/** Names that several share are told apart by ID. */
export function choiceOptions(choices: readonly Choice[]): INodePropertyOptions[] {
	return choices.map(({ id, name, otherNames }) => {
		const isUnique = choices.filter((choice) => choice.name === name).length === 1;
		if (isUnique) return { name, value: name };
		const details = [...otherNames.filter((other) => other !== name), `ID ${id}`];
		return { name: `${name} (${details.join(', ')})`, value: String(id) };
	});
}
