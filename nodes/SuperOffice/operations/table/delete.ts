import { deleteRow } from '../../../../superoffice';
import { callOptions } from '../../options';
import { Run } from '../../run';
import { runItems } from '../../run-items';
import type { Operation } from '../operation';
import { readRowId, readTable, rowIdProperty, tableProperty } from './table';

export const deleteTableRow: Operation = {
	value: 'delete',
	name: 'Delete',
	description: 'Delete a row of an extra table for good',
	action: 'Delete a row of an extra table',
	properties: [tableProperty, rowIdProperty, callOptions()],
	async execute(context) {
		const run = new Run(context);
		return await runItems(context, async (item) => {
			const session = await run.sessionFor(item);
			const table = await readTable(run, item, session, { isExtra: true });
			const id = readRowId(run, item, session);
			await deleteRow(session, table, id);
			return [{ deleted: true, id }];
		});
	},
};
