import type { INodeProperties } from 'n8n-workflow';

import { outputFileProperty } from '../../files';
import { language, optionsProperty, timeout } from '../../options';

/** An expression may give them in small letters as well. */
export const methods = {
	label: 'Method',
	values: ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'].map((value) => ({ value, label: value })),
};

/** What is made of the answer; an expression may give any of the words. */
export const responseFormat = {
	label: 'Response Format',
	values: [
		{ value: 'file', label: 'File', description: 'The bytes of the answer, as they come' },
		{ value: 'json', label: 'JSON', description: 'An item for each element of a list' },
	],
};

export const callProperties: INodeProperties[] = [
	{
		displayName: methods.label,
		name: 'method',
		type: 'options',
		options: methods.values.map(({ label: name, value }) => ({ name, value })),
		default: 'GET',
	},
	{
		displayName: 'Path',
		name: 'path',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. /v1/Contact/5/Persons',
		description:
			'As it stands after /api in <a href="https://docs.superoffice.com/en/api/reference/restful/rest/index.html">SuperOffice’s documentation</a>. Whatever it is, the call goes to the web API of the credential’s tenant.',
	},
	{
		displayName: 'Query Parameters',
		name: 'queryParameters',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Parameter',
		default: {},
		options: [
			{
				displayName: 'Parameter',
				name: 'parameters',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. $select',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: 'e.g. personId,fullName',
					},
				],
			},
		],
	},
	{
		displayName: 'Body',
		name: 'body',
		type: 'json',
		displayOptions: { show: { method: ['DELETE', 'PATCH', 'POST', 'PUT'] } },
		default: '',
		placeholder: 'e.g. {"Name": "text"}',
		description: 'What to send, as JSON',
	},
	{
		displayName: responseFormat.label,
		name: 'responseFormat',
		type: 'options',
		options: responseFormat.values.map(({ label: name, ...choice }) => ({ name, ...choice })),
		default: 'json',
		description: 'What to make of the answer',
	},
	{ ...outputFileProperty, displayOptions: { show: { responseFormat: ['file'] } } },
	optionsProperty([
		{
			displayName: 'All Pages',
			name: 'allPages',
			type: 'boolean',
			default: false,
			description:
				'Whether to read a list to its end and to return an item for each of its rows. With the method GET only. Sort by the ID ($orderBy), or rows may come twice or not at all.',
		},
		language,
		timeout,
	]),
];
