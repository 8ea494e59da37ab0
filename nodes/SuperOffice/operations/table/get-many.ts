import type { IDataObject } from 'n8n-workflow';

import { readText, tableRows, type FilterCondition } from '../../../../superoffice';
import { filterProperties } from '../../filters';
import { columns, language, optionsProperty, timeout } from '../../options';
import { limitProperties } from '../../parameters';
import { Run, toTexts } from '../../run';
import { runItems } from '../../run-items';
import type { Operation } from '../operation';
import { perTable, readTable, tableProperty } from './table';

const options = optionsProperty([
	columns('getColumns'),
	{
		displayName: 'Filter (OData)',
		name: 'filter',
		type: 'string',
		default: '',
		placeholder: "e.g. y_equipment.x_name begins 'Print'",
		description:
			'A filter in SuperOffice’s own language, in addition to the filters above, with the name of the table in front of each column',
	},
	language,
	{
		displayName: 'Sort By',
		name: 'orderBy',
		type: 'string',
		default: '',
		placeholder: 'e.g. x_name desc',
		description:
			'Columns to sort by, separated by commas, each with “desc” behind it for descending order. By the ID if empty.',
	},
	timeout,
]);

export const getTableRows: Operation = {
	value: 'getAll',
	name: 'Get Many',
	description: 'Get rows of an extra table, all or those that filters let through',
	action: 'Get many rows of an extra table',
	properties: [tableProperty, ...limitProperties, ...[...filterProperties, options].map(perTable)],
	async execute(context) {
		const run = new Run(context);
		return await runItems(context, async (item) => {
			const session = await run.sessionFor(item);
			const table = await readTable(run, item, session, { isExtra: true });
			const own = run.options(item);
			// Of an expression that comes to nothing, the key is there: without the filter, all would be found.
			const filter = 'filter' in own ? own.filter : '';
			const { conditions = [] } = context.getNodeParameter('filters', item, {}) as {
				conditions?: FilterCondition[];
			};
			const chosen = toTexts(own.columns);
			const rows: IDataObject[] = [];
			const query = {
				columns: chosen.length > 0 ? chosen : undefined,
				conditions,
				combine: context.getNodeParameter('combineFilters', item, 'and') as 'and' | 'or',
				text: readText('Filter (OData)', filter),
				orderBy: String(own.orderBy ?? ''),
				limit: run.limit(item),
			};
			for await (const row of tableRows(session, table, query)) rows.push(row as IDataObject);
			return rows;
		});
	},
};
