import type { IDataObject, INodeProperties } from 'n8n-workflow';

import {
	isDynamic,
	queryArchive,
	readText,
	simplifyRow,
	SuperOfficeError,
	type ArchiveRow,
	type FilterCondition,
} from '../../../../superoffice';
import { filterProperties } from '../../filters';
import { columns, filterOption, language, optionsProperty, sortBy, timeout } from '../../options';
import { limitProperties, nameLocator } from '../../parameters';
import { Run, toTexts } from '../../run';
import { runItems } from '../../run-items';
import { entityOfArchive } from '../../resources/entities';
import type { Operation } from '../operation';

const archiveProperty = nameLocator('Archive', {
	name: 'provider',
	searchListMethod: 'searchArchives',
	example: 'FindSale',
	hint: 'With “dynamic”, any table: its columns are paths such as contact.category_idx.name',
});

const entities: INodeProperties = {
	displayName: 'Kinds of Rows',
	name: 'entities',
	type: 'string',
	default: '',
	placeholder: 'e.g. appointment, document',
	description:
		'SuperOffice’s names of the kinds to return, separated by commas. The usual ones if empty.',
};

const moreColumns: INodeProperties = {
	displayName: 'More Columns',
	name: 'moreColumns',
	type: 'string',
	default: '',
	placeholder: 'e.g. contact.contact_id, contact.category_idx.name',
	description: 'Columns that the list does not offer, separated by commas',
};

export const queryOperation: Operation = {
	value: 'query',
	name: 'Query',
	description: 'Get rows of any archive, which is what SuperOffice calls its searches',
	action: 'Query an archive',
	properties: [
		archiveProperty,
		...limitProperties,
		...filterProperties,
		optionsProperty([
			columns('getColumns'),
			filterOption,
			entities,
			language,
			moreColumns,
			sortBy('By the ID, or by all columns'),
			timeout,
		]),
	],
	async execute(context) {
		const run = new Run(context);
		return await runItems(context, async (item) => {
			const session = await run.sessionFor(item);
			const parameter = <T>(name: string, fallback: T) =>
				context.getNodeParameter(name, item, fallback) as T;
			const provider = readProvider(run, item);
			const options = run.options(item);
			const { conditions = [] } = parameter<{ conditions?: FilterCondition[] }>('filters', {});
			const archive = entityOfArchive(provider)?.archive;
			const chosen = [...toTexts(options.columns), ...toTexts(options.moreColumns)];
			const rows = queryArchive(session, {
				provider,
				primaryKey: archive?.primaryKey,
				columns: chosen.length > 0 ? [...new Set(chosen)] : usualColumns(provider),
				filters: {
					conditions,
					combine: parameter<'and' | 'or'>('combineFilters', 'and'),
					// Of an expression that comes to nothing, the key is there: without the filter, all would be found.
					text: readText('Filter (OData)', 'filter' in options ? options.filter : ''),
				},
				orderBy: String(options.orderBy ?? ''),
				entities: toTexts(options.entities),
				limit: run.limit(item),
			});
			const outputs: IDataObject[] = [];
			for await (const row of rows) outputs.push(toOutput(row, archive?.primaryKey));
			return outputs;
		});
	},
};

/** Those that Get Many shows; of others, the first ones that there are. */
function usualColumns(provider: string): readonly string[] {
	const archive = entityOfArchive(provider)?.archive;
	return archive?.provider.toLowerCase() === provider.toLowerCase() ? archive.columns : [];
}

function readProvider(run: Run, item: number): string {
	const provider = run.text('provider', item);
	if (provider === '') {
		throw new SuperOfficeError(
			'INVALID_INPUT',
			'No archive is chosen.',
			'Choose an archive from the list, or enter its name, such as FindSale.',
		);
	}
	return isDynamic(provider) ? 'dynamic' : provider;
}

/** Of rows without a key column that is known, SuperOffice's own key and their kind are all that tells them apart. */
function toOutput(row: ArchiveRow, primaryKey: string | undefined): IDataObject {
	if (primaryKey !== undefined) return simplifyRow(row, primaryKey) as IDataObject;
	const { EntityName } = row;
	const { PrimaryKey, ...shown } = simplifyRow(row, 'PrimaryKey');
	return { PrimaryKey, EntityName, ...shown } as IDataObject;
}
