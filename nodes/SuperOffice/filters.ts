import type { INodeProperties } from 'n8n-workflow';

import { chosenArchiveParameter } from './options';

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
						typeOptions: {
							loadOptionsMethod: 'getFilterColumns',
							loadOptionsDependsOn: chosenArchiveParameter,
						},
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
