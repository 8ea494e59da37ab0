import type { IDataObject } from 'n8n-workflow';

import { addListItem, isEmpty, readText, SuperOfficeError } from '../../../../superoffice';
import { callOptions } from '../../options';
import { Run } from '../../run';
import { runItems } from '../../run-items';
import type { Operation } from '../operation';
import { listProperty, readListName } from './list-name';

export const addItem: Operation = {
	value: 'addItem',
	name: 'Add Item',
	description: 'Add an item at the end of a list, also if it has one of that name',
	action: 'Add an item to a list',
	properties: [
		listProperty('searchListDefinitions', 'Category'),
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Key Account',
			description: 'What the item is called. For several languages: NO:"Kunde";US:"Customer".',
		},
		{
			displayName: 'Tooltip',
			name: 'tooltip',
			type: 'string',
			default: '',
			description: 'A text that SuperOffice shows with the item',
		},
		callOptions(),
	],
	async execute(context) {
		const run = new Run(context);
		return await runItems(
			context,
			async (item) => {
				const session = await run.sessionFor(item);
				const list = readListName(run, item);
				const name: unknown = context.getNodeParameter('name', item, '');
				if (isEmpty(name)) {
					throw new SuperOfficeError(
						'INVALID_INPUT',
						'Name is empty.',
						'Enter what the item is to be called.',
					);
				}
				const tooltip: unknown = context.getNodeParameter('tooltip', item, '');
				const added = await addListItem(session, list, {
					name: readText('Name', name).trim(),
					tooltip: isEmpty(tooltip) ? undefined : readText('Tooltip', tooltip),
				});
				return [added as IDataObject];
			},
			// One after the other: the list has them in the order of the items.
			() => 'one list',
		);
	},
};
