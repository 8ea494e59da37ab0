import type { INodeProperties } from 'n8n-workflow';

import { columns, filterOption, language, optionsProperty, timeout } from '../SuperOffice/options';
import { titleCase } from '../SuperOffice/parameters';
import { entities } from '../SuperOffice/resources/entities';

export const properties: INodeProperties[] = [
	{
		displayName: 'Record',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: Object.entries(entities)
			.map(([value, { label }]) => ({ name: titleCase(label), value }))
			.sort((one, other) => one.name.localeCompare(other.name)),
		default: 'company',
		description: 'The kind of record to look for',
	},
	{
		displayName: 'Trigger On',
		name: 'triggerOn',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Created', value: 'created' },
			{ name: 'Created or Updated', value: 'createdOrUpdated' },
			{ name: 'Updated', value: 'updated' },
		],
		default: 'createdOrUpdated',
	},
	optionsProperty([
		{
			...columns('getColumns'),
			typeOptions: { loadOptionsMethod: 'getColumns', loadOptionsDependsOn: ['resource'] },
		},
		{
			...filterOption,
			description:
				'Take only records that match a filter in SuperOffice’s own language. What does not match when it changes is not looked at again until its next change.',
		},
		language,
		timeout,
	]),
];
