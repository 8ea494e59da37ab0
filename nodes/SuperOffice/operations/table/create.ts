import type { IDataObject } from 'n8n-workflow';

import { createRow, decodeRow, encodeRow } from '../../../../superoffice';
import { callOptions } from '../../options';
import { Run } from '../../run';
import { runItems } from '../../run-items';
import type { Operation } from '../operation';
import { readTable, readValues, tableProperty, valuesProperty } from './table';

export const createTableRow: Operation = {
	value: 'create',
	name: 'Create',
	description: 'Create a row in an extra table',
	action: 'Create a row in an extra table',
	properties: [tableProperty, valuesProperty('defineBelow'), callOptions()],
	async execute(context) {
		const run = new Run(context);
		return await runItems(context, async (item) => {
			const session = await run.sessionFor(item);
			const table = await readTable(run, item, session, { isExtra: true });
			const { values, unknown } = readValues(run, item);
			const cells = encodeRow(session, table, values, { unknown });
			const id = await createRow(session, table, cells);
			return [{ id, ...decodeRow(table, cells) } as IDataObject];
		});
	},
};
