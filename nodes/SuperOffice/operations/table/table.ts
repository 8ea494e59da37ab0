import type { IDataObject, INodeProperties } from 'n8n-workflow';

import {
	extraTableNamed,
	tableNamed,
	type Cells,
	type CrmSession,
	type Table,
} from '../../../../superoffice';
import { nameLocator, recordIdProperty } from '../../parameters';
import type { Run } from '../../run';

export const tableProperty = nameLocator('Table', {
	name: 'tableName',
	searchListMethod: 'searchTables',
	example: 'y_equipment',
	hint: 'Its name in the database',
});

/** What a row is called, and by what name SuperOffice has it in addresses. */
const row = { name: 'Table', label: 'row' };

const rowLocator = recordIdProperty(row);

export const rowIdProperty: INodeProperties = {
	...rowLocator,
	default: { mode: 'id', value: '' },
	// Rows have no names to be searched by, and no pages in SuperOffice.
	modes: rowLocator.modes!.filter(({ name }) => name === 'id'),
};

/** What is to be written. */
export function valuesProperty(mappingMode: 'defineBelow' | 'autoMapInputData'): INodeProperties {
	return {
		displayName: 'Values',
		name: 'fields',
		type: 'resourceMapper',
		noDataExpression: true,
		required: true,
		default: { mappingMode, value: null },
		typeOptions: {
			loadOptionsDependsOn: ['tableName.value'],
			resourceMapper: {
				resourceMapperMethod: 'getTableFields',
				mode: 'add',
				valuesLabel: 'Values',
				fieldWords: { singular: 'column', plural: 'columns' },
				addAllFields: false,
				multiKeyMatch: false,
				supportAutoMap: true,
				noFieldsError: 'SuperOffice lists no columns. Choose a table, and check the credential.',
			},
		},
	};
}

/** Choices of columns are those of the table that is chosen. */
export function perTable(property: INodeProperties): INodeProperties {
	const { typeOptions, options } = property;
	const inside = (options as INodeProperties[] | undefined)?.map((option) =>
		'values' in option
			? { ...option, values: (option.values as INodeProperties[]).map(perTable) }
			: perTable(option),
	);
	if (typeOptions?.loadOptionsMethod === undefined) {
		return inside === undefined ? property : ({ ...property, options: inside } as INodeProperties);
	}
	const others = typeOptions.loadOptionsDependsOn ?? [];
	return {
		...property,
		typeOptions: { ...typeOptions, loadOptionsDependsOn: [...others, 'tableName.value'] },
	};
}

/** @throws SuperOfficeError `INVALID_INPUT` */
export async function readTable(
	run: Run,
	item: number,
	session: CrmSession,
	{ isExtra }: { isExtra: boolean },
): Promise<Table> {
	return await (isExtra ? extraTableNamed : tableNamed)(session, run.text('tableName', item));
}

/** @throws SuperOfficeError `INVALID_INPUT` */
export function readRowId(run: Run, item: number, session: CrmSession): number {
	return run.recordIdIn('recordId', item, row, session);
}

/** What an item gives for columns; of an item that is mapped automatically, other fields are ignored. */
export function readValues({ context }: Run, item: number) {
	const { mappingMode, value } = context.getNodeParameter('fields', item) as unknown as {
		mappingMode: string;
		value: IDataObject | null;
	};
	return mappingMode === 'autoMapInputData'
		? { values: context.getInputData()[item]!.json, unknown: 'ignore' as const }
		: { values: value ?? {}, unknown: 'refuse' as const };
}

/** What is written to one row. */
export interface RowRequest {
	session: CrmSession;
	table: Table;
	cells: Cells;
}
