import type { IDataObject } from 'n8n-workflow';

import { readRow } from '../../../../superoffice';
import { callOptions } from '../../options';
import { Run } from '../../run';
import { runItems } from '../../run-items';
import type { Operation } from '../operation';
import { readRowId, readTable, rowIdProperty, tableProperty } from './table';

export const getTableRow: Operation = {
	value: 'get',
	name: 'Get',
	description: 'Get a row of an extra table',
	action: 'Get a row of an extra table',
	properties: [tableProperty, rowIdProperty, callOptions()],
	async execute(context) {
		const run = new Run(context);
		return await runItems(context, async (item) => {
			const session = await run.sessionFor(item);
			const table = await readTable(run, item, session, { isExtra: true });
			return [(await readRow(session, table, readRowId(run, item, session))) as IDataObject];
		});
	},
};
