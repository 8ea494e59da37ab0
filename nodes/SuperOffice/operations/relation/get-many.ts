import type { IDataObject } from 'n8n-workflow';

import { relationsArchive, relationsOf, simplifyRow } from '../../../../superoffice';
import { rowOptions } from '../../options';
import { limitProperties } from '../../parameters';
import { entities } from '../../resources/entities';
import { Run, toTexts } from '../../run';
import { runItems } from '../../run-items';
import type { Operation } from '../operation';
import { readRelated, relatedProperties, type RelatedRecord } from './related-record';

const related: RelatedRecord = {
	typeParameter: 'recordType',
	idParameter: 'recordId',
	typeLabel: 'Relations Of',
};

export const getRelations: Operation = {
	value: 'getAll',
	name: 'Get Many',
	description: 'Get the relations of a company or a contact person, whichever end they are at',
	action: 'Get many relations',
	properties: [...relatedProperties(related), ...limitProperties, rowOptions('getRelationColumns')],
	async execute(context) {
		const run = new Run(context);
		return await runItems(context, async (item) => {
			const session = await run.sessionFor(item);
			const { type, id } = readRelated(run, item, session, related);
			const chosen = toTexts(run.options(item).columns);
			const columns = chosen.length > 0 ? chosen : undefined;
			const limit = run.limit(item);
			const rows: IDataObject[] = [];
			for await (const row of relationsOf(session, entities[type], id, { columns, limit })) {
				rows.push(simplifyRow(row, relationsArchive.primaryKey) as IDataObject);
			}
			return rows;
		});
	},
};
