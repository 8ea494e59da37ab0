import type { INodeProperties } from 'n8n-workflow';

import { fileCallTimeout } from '../../superoffice';

export const language: INodeProperties = {
	displayName: 'Language',
	name: 'language',
	type: 'string',
	default: 'en',
	placeholder: 'e.g. nb',
	description:
		'The language of texts that SuperOffice has in several, such as the names of list items',
};

export const timeout: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 30000,
	description: 'How many milliseconds one call of SuperOffice may take',
};

export const additionalProperties: INodeProperties = {
	displayName: 'Additional Properties',
	name: 'additionalProperties',
	type: 'json',
	default: '{}',
	description:
		'Properties that no field covers, under SuperOffice’s own names, as a JSON object. They win over the fields.',
};

export const emptyFields: INodeProperties = {
	displayName: 'Empty Field Names or IDs',
	name: 'emptyFields',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getWritableFields' },
	default: [],
	description:
		'Fields to empty. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

export function optionsProperty(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options,
	};
}

/** Of operations that send or receive files. */
export const fileTimeout: INodeProperties = { ...timeout, default: fileCallTimeout };

/** @param own other options, which come first */
export function callOptions(own: INodeProperties[] = []): INodeProperties {
	return optionsProperty([...own, language, timeout]);
}

/** Of operations that send or receive files. */
export function fileCallOptions(): INodeProperties {
	return optionsProperty([language, fileTimeout]);
}

/** @param own other options, which come after the fields */
export function writeOptions(own: INodeProperties[] = []): INodeProperties {
	return optionsProperty([additionalProperties, emptyFields, ...own, language, timeout]);
}

/** What can be done if several records match; an expression may give any of the words. */
export const multipleMatches = {
	label: 'On Multiple Matches',
	values: [
		{
			value: 'fail',
			label: 'Fail',
			description: 'Change nothing, and list the records that match',
		},
		{ value: 'updateAll', label: 'Update All' },
		{ value: 'updateFirst', label: 'Update First', description: 'The one with the lowest ID' },
	],
};

export function upsertOptions(): INodeProperties {
	return optionsProperty([
		additionalProperties,
		emptyFields,
		language,
		{
			displayName: multipleMatches.label,
			name: 'onMultipleMatches',
			type: 'options',
			options: multipleMatches.values.map(({ label: name, ...choice }) => ({ name, ...choice })),
			default: 'fail',
			description: 'What to do if several records match',
		},
		timeout,
	]);
}

/** What decides which columns there are, in the form that has it. */
export const chosenArchiveParameter = ['provider.value'];

export function columns(loadOptionsMethod: string): INodeProperties {
	return {
		displayName: 'Column Names or IDs',
		name: 'columns',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod, loadOptionsDependsOn: chosenArchiveParameter },
		default: [],
		description:
			'What to return of each record. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	};
}

/** Of something new that connects records. */
export const comment: INodeProperties = {
	displayName: 'Comment',
	name: 'comment',
	type: 'string',
	default: '',
	description: 'A text that SuperOffice shows with it',
};

/** What rows show, chosen from the columns that a method lists. */
export function rowOptions(loadOptionsMethod: string): INodeProperties {
	return callOptions([columns(loadOptionsMethod)]);
}

export const filterOption: INodeProperties = {
	displayName: 'Filter (OData)',
	name: 'filter',
	type: 'string',
	default: '',
	placeholder: "e.g. name begins 'Fjord' and category oneOf (1,2)",
	description: 'A filter in SuperOffice’s own language, in addition to the filters above',
};

/** @param otherwise what rows are sorted by if nothing is filled in */
export function sortBy(otherwise: string): INodeProperties {
	return {
		displayName: 'Sort By',
		name: 'orderBy',
		type: 'string',
		default: '',
		placeholder: 'e.g. name desc',
		description: `Columns to sort by, separated by commas, each with “desc” behind it for descending order. ${otherwise} if empty.`,
	};
}

export function getManyOptions(): INodeProperties {
	return optionsProperty([
		columns('getColumns'),
		filterOption,
		language,
		sortBy('By the ID'),
		timeout,
	]);
}
