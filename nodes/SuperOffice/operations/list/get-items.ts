import type { IDataObject } from 'n8n-workflow';

import { isEmpty, listItems, readText } from '../../../../superoffice';
import { callOptions } from '../../options';
import { limitProperties } from '../../parameters';
import { Run } from '../../run';
import { runItems } from '../../run-items';
import type { Operation } from '../operation';
import { listProperty, readListName } from './list-name';

const additional = {
	displayName: 'Additional',
	name: 'additional',
	type: 'string',
	default: '',
	placeholder: 'e.g. SaleTypeID=1',
	description: 'What the items of some lists depend on, such as the stages of a type of sale',
} as const;

export const getItems: Operation = {
	value: 'getItems',
	name: 'Get Items',
	description: 'Get the items of a list that are in use, with their headings',
	action: 'Get the items of a list',
	properties: [
		listProperty('searchLists', 'category'),
		...limitProperties,
		callOptions([additional]),
	],
	async execute(context) {
		const run = new Run(context);
		return await runItems(context, async (item) => {
			const session = await run.sessionFor(item);
			const limit = run.limit(item);
			const given = run.options(item).additional;
			const more = isEmpty(given) ? '' : readText(additional.displayName, given);
			const items = await listItems(session, readListName(run, item), more);
			return items.slice(0, limit) as unknown as IDataObject[];
		});
	},
};
