import type { IDataObject } from 'n8n-workflow';

import { listDefinitions, readBoolean } from '../../../../superoffice';
import { callOptions } from '../../options';
import { limitProperties } from '../../parameters';
import { Run } from '../../run';
import { runItems } from '../../run-items';
import type { Operation } from '../operation';

const includeDeleted = {
	displayName: 'Include Deleted',
	name: 'includeDeleted',
	type: 'boolean',
	default: false,
	description: 'Whether to return deleted lists as well',
} as const;

export const getLists: Operation = {
	value: 'getAll',
	name: 'Get Many',
	description: 'Get the lists that SuperOffice has, built-in and your own',
	action: 'Get many lists',
	properties: [...limitProperties, callOptions([includeDeleted])],
	async execute(context) {
		const run = new Run(context);
		return await runItems(context, async (item) => {
			const session = await run.sessionFor(item);
			const limit = run.limit(item);
			const given = run.options(item).includeDeleted ?? false;
			const lists = await listDefinitions(session, {
				includeDeleted: readBoolean(includeDeleted.displayName, given),
			});
			return lists.slice(0, limit) as IDataObject[];
		});
	},
};
