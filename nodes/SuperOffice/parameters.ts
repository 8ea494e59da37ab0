import type { INodeProperties } from 'n8n-workflow';

import type { Entity } from '../../superoffice';

/** The record that an operation is about. */
export function recordIdProperty(
	{ label, name, clientParameter = 'id' }: Entity,
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

/** Operators that take no value. */
const withoutValue = [
	'isNull',
	'isNotNull',
	'currentAssociate',
	'beforeToday',
	'today',
	'afterToday',
	'lastWeek',
	'thisWeek',
	'nextWeek',
	'lastMonth',
	'thisMonth',
	'nextMonth',
	'lastQuarter',
	'thisQuarter',
	'nextQuarter',
	'thisHalf',
	'thisYear',
];

export const filterProperties: INodeProperties[] = [
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Condition',
				name: 'conditions',
				values: [
					{
						displayName: 'Column Name or ID',
						name: 'column',
						type: 'options',
						typeOptions: { loadOptionsMethod: 'getFilterColumns' },
						default: '',
						description:
							'What to filter by. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
					},
					{
						displayName: 'Operator Name or ID',
						name: 'operator',
						type: 'options',
						typeOptions: {
							loadOptionsMethod: 'getFilterOperators',
							loadOptionsDependsOn: ['&column'],
						},
						default: '',
						description:
							'How to compare. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						displayOptions: { hide: { operator: withoutValue } },
						default: '',
						placeholder: 'e.g. Customer',
						description:
							'What to compare with. Several values are separated by commas. An item of a list may be given by its name or its ID.',
					},
				],
			},
		],
	},
	{
		displayName: 'Combine Filters',
		name: 'combineFilters',
		type: 'options',
		options: [
			{ name: 'And', value: 'and', description: 'All of the filters must match' },
			{ name: 'Or', value: 'or', description: 'At least one of the filters must match' },
		],
		default: 'and',
		description: 'How several filters work together',
	},
];

const language: INodeProperties = {
	displayName: 'Language',
	name: 'language',
	type: 'string',
	default: 'en',
	placeholder: 'e.g. nb',
	description:
		'The language of texts that SuperOffice has in several, such as the names of list items',
};

const timeout: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 30000,
	description: 'How many milliseconds one call of SuperOffice may take',
};

const additionalProperties: INodeProperties = {
	displayName: 'Additional Properties',
	name: 'additionalProperties',
	type: 'json',
	default: '{}',
	description:
		'Properties that no field covers, under SuperOffice’s own names, as a JSON object. They win over the fields.',
};

const emptyFields: INodeProperties = {
	displayName: 'Empty Field Names or IDs',
	name: 'emptyFields',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getWritableFields' },
	default: [],
	description:
		'Fields to empty. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

function optionsProperty(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options,
	};
}

export function callOptions(): INodeProperties {
	return optionsProperty([language, timeout]);
}

export function writeOptions(): INodeProperties {
	return optionsProperty([additionalProperties, emptyFields, language, timeout]);
}

export function upsertOptions(): INodeProperties {
	return optionsProperty([
		additionalProperties,
		emptyFields,
		language,
		{
			displayName: 'On Multiple Matches',
			name: 'onMultipleMatches',
			type: 'options',
			options: [
				{
					name: 'Fail',
					value: 'fail',
					description: 'Change nothing, and list the records that match',
				},
				{ name: 'Update All', value: 'updateAll' },
				{ name: 'Update First', value: 'updateFirst', description: 'The one with the lowest ID' },
			],
			default: 'fail',
			description: 'What to do if several records match',
		},
		timeout,
	]);
}

export function getManyOptions(): INodeProperties {
	return optionsProperty([
		{
			displayName: 'Column Names or IDs',
			name: 'columns',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'getColumns' },
			default: [],
			description:
				'What to return of each record. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		{
			displayName: 'Filter (OData)',
			name: 'filter',
			type: 'string',
			default: '',
			placeholder: "e.g. name begins 'Fjord' and category oneOf (1,2)",
			description: 'A filter in SuperOffice’s own language, in addition to the filters above',
		},
		language,
		{
			displayName: 'Sort By',
			name: 'orderBy',
			type: 'string',
			default: '',
			placeholder: 'e.g. name desc',
			description:
				'Columns to sort by, separated by commas, each with “desc” behind it for descending order. By the ID if empty.',
		},
		timeout,
	]);
}
