import type { IDataObject } from 'n8n-workflow';

import { currentUser } from '../../../../superoffice';
import { callOptions } from '../../options';
import { Run } from '../../run';
import { runItems } from '../../run-items';
import type { Operation } from '../operation';

export const getCurrentUser: Operation = {
	value: 'getCurrent',
	name: 'Get Current',
	description: 'Get the user that SuperOffice is called as',
	action: 'Get the current user',
	properties: [callOptions()],
	async execute(context) {
		const run = new Run(context);
		return await runItems(context, async (item) => [
			(await currentUser(await run.sessionFor(item))) as IDataObject,
		]);
	},
};
