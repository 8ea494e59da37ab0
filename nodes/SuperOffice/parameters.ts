import type { INodeProperties } from 'n8n-workflow';

import type { Entity } from '../../superoffice';

/** The record that an operation is about. */
export function recordIdProperty(
	{ label, name, clientParameter = 'id' }: Pick<Entity, 'label' | 'name' | 'clientParameter'>,
	searchListMethod = 'searchRecords',
): INodeProperties {
	return {
		displayName: titleCase(label),
		name: 'recordId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select a ${label}...`,
				typeOptions: { searchListMethod, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 5',
				validation: [
					{
						type: 'regex',
						properties: {
							regex: '^\\s*[1-9][0-9]*\\s*$',
							errorMessage: 'The ID is a whole number',
						},
					},
				],
			},
			{
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder: `e.g. https://online.superoffice.com/Cust12345/default.aspx?${clientParameter}=5`,
				hint: `The address of the ${label} in SuperOffice, or in its web API (.../api/v1/${name}/5)`,
			},
		],
	};
}

export function titleCase(text: string): string {
	return text.replace(/(^|[\s-])[a-z]/g, (letter) => letter.toUpperCase());
}

/** What is to be written. */
export function fieldsProperty(mode: 'add' | 'upsert'): INodeProperties {
	return {
		displayName: 'Fields',
		name: 'fields',
		type: 'resourceMapper',
		noDataExpression: true,
		required: true,
		default: { mappingMode: 'defineBelow', value: null },
		typeOptions: {
			resourceMapper: {
				resourceMapperMethod: 'getFields',
				mode,
				valuesLabel: 'Fields',
				fieldWords: { singular: 'field', plural: 'fields' },
				addAllFields: false,
				multiKeyMatch: true,
				supportAutoMap: true,
				noFieldsError: 'SuperOffice lists no fields. Check the credential.',
			},
		},
	};
}

/** How a record is returned: a workflow wants it whole, a model wants it short. */
export const outputProperties: INodeProperties[] = [
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		displayOptions: { hide: { '@tool': [true] } },
		default: true,
		description:
			'Whether to return the record as one flat list of fields, under the names that they are written under, instead of as SuperOffice gives it',
	},
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		displayOptions: { show: { '@tool': [true] } },
		options: [
			{
				name: 'Simplified',
				value: 'simplified',
				description: 'The ID and the most important fields, ten at most',
			},
			{ name: 'Raw', value: 'raw', description: 'The record as SuperOffice gives it' },
			{ name: 'Selected Fields', value: 'selected' },
		],
		default: 'simplified',
		description: 'How much of the record the model gets to see',
	},
	{
		displayName: 'Output Fields',
		name: 'outputFields',
		type: 'string',
		displayOptions: { show: { '@tool': [true], output: ['selected'] } },
		default: '',
		placeholder: 'e.g. Name, Category, SuperOffice:7',
		description: 'The fields that the model gets to see, separated by commas',
	},
];

export const limitProperties: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		displayOptions: { show: { returnAll: [false] } },
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
	},
];

/** What asks for something by its name: an archive, a list, a table. */
export function nameLocator(
	displayName: string,
	{
		name,
		searchListMethod,
		example,
		hint,
	}: {
		name: string;
		searchListMethod: string;
		/** Of what may be entered in place of a choice */
		example: string;
		hint?: string;
	},
): INodeProperties {
	const article = /^[AEIOU]/.test(displayName) ? 'an' : 'a';
	return {
		displayName,
		name,
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select ${article} ${displayName.toLowerCase()}...`,
				typeOptions: { searchListMethod, searchable: true },
			},
			{
				displayName: 'By Name',
				name: 'name',
				type: 'string',
				placeholder: `e.g. ${example}`,
				...(hint === undefined ? {} : { hint }),
			},
		],
	};
}
