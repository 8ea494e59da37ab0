import type { IDataObject } from 'n8n-workflow';

import {
	isOfCompanies,
	membersArchive,
	readSelection,
	selectionMembers,
	simplifyRow,
	type ArchiveRow,
	type SelectionInfo,
} from '../../../../superoffice';
import { rowOptions } from '../../options';
import { limitProperties, recordIdProperty } from '../../parameters';
import { toTexts } from '../../run';
import { runItems } from '../../run-items';
import { entities } from '../../resources/entities';
import type { RecordOperation } from '../operation';
import { kindOf } from './selection-kinds';

export const getSelectionMembers: RecordOperation = {
	value: 'getMembers',
	name: 'Get Members',
	description: () => 'Get the records in a selection',
	action: () => 'Get the members of a selection',
	isFor: ({ name }) => name === 'Selection',
	properties: (entity) => [
		recordIdProperty(entity),
		...limitProperties,
		rowOptions('getMemberColumns'),
	],
	async execute(run) {
		return await runItems(run.context, async (item) => {
			const session = await run.sessionFor(item);
			const id = run.recordId(item, session);
			const limit = run.limit(item);
			const chosen = toTexts(run.options(item).columns);
			const selection = await readSelection(session, id);
			const rows: IDataObject[] = [];
			const query = {
				kind: entities[kindOf(selection)],
				columns: chosen.length > 0 ? chosen : undefined,
				limit,
			};
			for await (const row of selectionMembers(session, selection, query)) {
				rows.push(memberOf(selection, row));
			}
			return rows;
		});
	},
};

/** A row, with what its record is in front. */
function memberOf(selection: SelectionInfo, row: ArchiveRow): IDataObject {
	const own = kindOf(selection);
	const ofCompanies = isOfCompanies(selection);
	const isPerson = /person$/i.test(String(row.EntityName));
	const memberType = ofCompanies ? (isPerson ? 'person' : 'company') : own;
	const { primaryKey } = entities[memberType].archive;
	const { [primaryKey]: memberId, ...shown } = simplifyRow(row, primaryKey) as IDataObject;
	// Of the membership, which nothing takes.
	delete shown[membersArchive.primaryKey];
	return { memberType, memberId, [primaryKey]: memberId, ...shown };
}
