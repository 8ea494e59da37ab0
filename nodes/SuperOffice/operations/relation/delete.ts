import { deleteRelation } from '../../../../superoffice';
import { callOptions } from '../../options';
import { recordIdProperty } from '../../parameters';
import { Run } from '../../run';
import { runItems } from '../../run-items';
import type { Operation } from '../operation';
import { relation } from './relation';

const locator = recordIdProperty(relation);

export const deleteRelationOperation: Operation = {
	value: 'delete',
	name: 'Delete',
	description: 'Delete a relation for good; the records that it connects stay',
	action: 'Delete a relation',
	properties: [
		{
			...locator,
			default: { mode: 'id', value: '' },
			// Relations have no names to be searched by, and no pages in SuperOffice.
			modes: locator.modes!.filter(({ name }) => name === 'id'),
		},
		callOptions(),
	],
	async execute(context) {
		const run = new Run(context);
		return await runItems(context, async (item) => {
			const session = await run.sessionFor(item);
			const id = run.recordIdIn('recordId', item, relation, session);
			await deleteRelation(session, id);
			return [{ deleted: true, id }];
		});
	},
};
