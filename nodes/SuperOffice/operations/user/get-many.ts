import type { IDataObject } from 'n8n-workflow';

import { readBoolean, simplifyRow, usersArchive, usersOf } from '../../../../superoffice';
import { callOptions, columns } from '../../options';
import { limitProperties } from '../../parameters';
import { Run, toTexts } from '../../run';
import { runItems } from '../../run-items';
import type { Operation } from '../operation';

const includeInactive = {
	displayName: 'Include Inactive',
	name: 'includeInactive',
	type: 'boolean',
	default: false,
	description: 'Whether to return users as well who can no longer sign in',
} as const;

export const getUsers: Operation = {
	value: 'getAll',
	name: 'Get Many',
	description: 'Get the users of SuperOffice, people and system users',
	action: 'Get many users',
	properties: [...limitProperties, callOptions([columns('getUserColumns'), includeInactive])],
	async execute(context) {
		const run = new Run(context);
		return await runItems(context, async (item) => {
			const session = await run.sessionFor(item);
			const options = run.options(item);
			const chosen = toTexts(options.columns);
			const query = {
				columns: chosen.length > 0 ? chosen : undefined,
				inactive: readBoolean(includeInactive.displayName, options.includeInactive ?? false),
				limit: run.limit(item),
			};
			const rows: IDataObject[] = [];
			for await (const row of usersOf(session, query)) {
				rows.push(simplifyRow(row, usersArchive.primaryKey) as IDataObject);
			}
			return rows;
		});
	},
};
