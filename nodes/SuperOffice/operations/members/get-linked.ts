import type { IDataObject } from 'n8n-workflow';

import { membersOf, simplifyRow } from '../../../../superoffice';
import { rowOptions } from '../../options';
import { limitProperties, recordIdProperty } from '../../parameters';
import { entities } from '../../resources/entities';
import { toTexts } from '../../run';
import { runItems } from '../../run-items';
import { aRecord, type RecordOperation } from '../operation';
import type { LinkedMembers } from './change-linked';

export function getOperation({ resource, noun }: LinkedMembers): RecordOperation {
	return {
		value: `get${noun}`,
		name: `Get ${noun}`,
		description: (entity) => `Get the ${noun.toLowerCase()} of ${aRecord(entity)}`,
		action: (entity) => `Get the ${noun.toLowerCase()} of ${aRecord(entity)}`,
		isFor: (entity) => entity === entities[resource],
		properties: (entity) => [
			recordIdProperty(entity),
			...limitProperties,
			rowOptions('getMemberColumns'),
		],
		async execute(run) {
			return await runItems(run.context, async (item) => {
				const session = await run.sessionFor(item);
				const id = run.recordId(item, session);
				const chosen = toTexts(run.options(item).columns);
				const limit = run.limit(item);
				const link = run.entity.members!;
				const columns = chosen.length > 0 ? chosen : undefined;
				const rows: IDataObject[] = [];
				for await (const row of membersOf(session, link, id, { columns, limit })) {
					rows.push(simplifyRow(row, link.archive.primaryKey) as IDataObject);
				}
				return rows;
			});
		},
	};
}
