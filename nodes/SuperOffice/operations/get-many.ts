import type { IDataObject } from 'n8n-workflow';

import {
	archiveRows,
	filterText,
	readText,
	simplifyRow,
	type FilterCondition,
} from '../../../superoffice';
import { filterProperties } from '../filters';
import { getManyOptions } from '../options';
import { limitProperties } from '../parameters';
import { toTexts } from '../run';
import { runItems } from '../run-items';
import type { RecordOperation } from './operation';

export const getMany: RecordOperation = {
	value: 'getAll',
	name: 'Get Many',
	description: ({ plural }) => `Get ${plural}, all or those that filters let through`,
	action: ({ plural }) => `Get many ${plural}`,
	properties: () => [...limitProperties, ...filterProperties, getManyOptions()],
	async execute(run) {
		const { context, entity } = run;
		return await runItems(context, async (item) => {
			const session = await run.sessionFor(item);
			const parameter = <T>(name: string, fallback: T) =>
				context.getNodeParameter(name, item, fallback) as T;
			const { provider, primaryKey, columns: usual } = entity.archive;
			const options = run.options(item);
			const { columns, orderBy } = options;
			// Of an expression that comes to nothing, the key is there: without the filter, all would be found.
			const filter = 'filter' in options ? options.filter : '';
			const { conditions = [] } = parameter<{ conditions?: FilterCondition[] }>('filters', {});
			const combine = parameter<'and' | 'or'>('combineFilters', 'and');
			const chosen = toTexts(columns);
			const query = {
				provider,
				primaryKey,
				columns: chosen.length > 0 ? chosen : usual,
				filter: await filterText(session, provider, {
					conditions,
					combine,
					text: readText('Filter (OData)', filter),
				}),
				orderBy: String(orderBy ?? ''),
				limit: run.limit(item),
			};
			const rows: IDataObject[] = [];
			for await (const row of archiveRows(session, query)) {
				rows.push(simplifyRow(row, primaryKey) as IDataObject);
			}
			return rows;
		});
	},
};
