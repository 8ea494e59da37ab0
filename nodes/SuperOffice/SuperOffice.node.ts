import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { properties } from './description';
import { loadOptions } from './methods/load-options';
import { getFields } from './methods/resource-mapping';
import { searchArchives, searchListDefinitions, searchLists } from './methods/search-names';
import {
	searchCompanies,
	searchDeletedRecords,
	searchPersons,
	searchRecords,
} from './methods/search-records';
import { getTableFields, searchTables } from './methods/tables';
import { withNodeErrors } from './methods/with-node-errors';
import { resources } from './resource-operations';

export class SuperOffice implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SuperOffice',
		name: 'superOffice',
		icon: {
			light: 'file:../../icons/superoffice.svg',
			dark: 'file:../../icons/superoffice.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Read and change companies, contact persons, sales and other records in SuperOffice CRM',
		defaults: { name: 'SuperOffice' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'superOfficeApi', required: true }],
		properties,
	};

	methods = {
		loadOptions: withNodeErrors(loadOptions),
		listSearch: withNodeErrors({
			searchRecords,
			searchDeletedRecords,
			searchCompanies,
			searchPersons,
			searchTables,
			searchArchives,
			searchLists,
			searchListDefinitions,
		}),
		resourceMapping: withNodeErrors({ getFields, getTableFields }),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { operations } = resources[this.getNodeParameter('resource', 0) as string]!;
		const chosen = this.getNodeParameter('operation', 0);
		return [await operations.find(({ value }) => value === chosen)!.execute(this)];
	}
}
