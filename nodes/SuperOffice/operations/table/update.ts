import type { IDataObject } from 'n8n-workflow';

import { decodeRow, encodeRow, updateRow } from '../../../../superoffice';
import { callOptions } from '../../options';
import { Run } from '../../run';
import { runItems } from '../../run-items';
import type { Operation } from '../operation';
import {
	readRowId,
	readTable,
	readValues,
	rowIdProperty,
	tableProperty,
	valuesProperty,
} from './table';

export const updateTableRow: Operation = {
	value: 'update',
	name: 'Update',
	description: 'Change columns of a row in an extra table; the others stay as they are',
	action: 'Update a row of an extra table',
	properties: [tableProperty, rowIdProperty, valuesProperty('defineBelow'), callOptions()],
	async execute(context) {
		const run = new Run(context);
		return await runItems(
			context,
			async (item) => {
				const session = await run.sessionFor(item);
				const table = await readTable(run, item, session, { isExtra: true });
				const id = readRowId(run, item, session);
				const { values, unknown } = readValues(run, item);
				const cells = encodeRow(session, table, values, { unknown });
				await updateRow(session, table, id, cells);
				return [{ id, ...decodeRow(table, cells) } as IDataObject];
			},
			// Items about the same row are handled one after the other.
			(item) => run.orderKeyOf('recordId', item),
		);
	},
};
