import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import { editorSession } from '../../../n8n/editor-sessions';
import {
	extraTables,
	isEmpty,
	isSameName,
	restrictionTypeOf,
	tableNamed,
	writableColumns,
	type ArchiveColumn,
	type Table,
} from '../../../superoffice';
import { isTool } from '../is-tool';
import { labelOf, types } from './resource-mapping';

/** The tenant's own tables, by parts of their names. */
export async function searchTables(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const wanted = filter.trim().toLowerCase();
	const tables = await extraTables(await editorSession(this));
	return {
		results: tables
			.map(({ name, label }) => ({
				name: label === name ? name : `${label} (${name})`,
				value: name,
			}))
			.filter(({ name }) => name.toLowerCase().includes(wanted)),
	};
}

/** Undefined as long as none is chosen. */
async function chosenTable(context: ILoadOptionsFunctions): Promise<Table | undefined> {
	const given = context.getCurrentNodeParameter('tableName');
	const name = typeof given === 'object' ? (given as { value: unknown } | null)?.value : given;
	return isEmpty(name) ? undefined : await tableNamed(await editorSession(context), name);
}

/** The columns of the chosen table, as those of an archive. */
export async function columnsOfTable(context: ILoadOptionsFunctions): Promise<ArchiveColumn[]> {
	const table = await chosenTable(context);
	return (table?.columns ?? []).map((column) => ({
		name: column.id,
		label: column.label,
		type: restrictionTypeOf(column),
		canFilter: true,
		canSort: true,
	}));
}

/** The columns of the chosen table that can be written. */
export async function getTableFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const table = await chosenTable(this);
	if (table === undefined) return { fields: [] };
	const operation = this.getCurrentNodeParameter('operation') as string;
	const isKey = (id: string) => operation === 'upsert' && isSameName(id, table.primaryKey);
	const writable = writableColumns(table);
	const columns = table.columns.filter((column) => writable.includes(column) || isKey(column.id));
	return {
		fields: columns.map(
			(column): ResourceMapperField => ({
				id: column.id,
				displayName: labelOf(column, columns),
				required: operation === 'create' && column.required === true,
				defaultMatch: false,
				canBeUsedToMatch: false,
				display: true,
				// Shown only where it is wanted: a column that is shown is also sent.
				removed: column.required !== true && !isKey(column.id),
				// A model fills in text, and nothing else.
				type: isTool(this) ? 'string' : (types[column.type] ?? 'string'),
			}),
		),
	};
}
