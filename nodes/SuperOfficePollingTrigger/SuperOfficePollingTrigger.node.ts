import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { loadOptions } from '../SuperOffice/methods/load-options';
import { withNodeErrors } from '../SuperOffice/methods/with-node-errors';
import { pollOnce } from './poll';
import { properties } from './properties';

export class SuperOfficePollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SuperOffice Polling Trigger',
		name: 'superOfficePollingTrigger',
		icon: {
			light: 'file:../../icons/superoffice.svg',
			dark: 'file:../../icons/superoffice.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["triggerOn"] + ": " + $parameter["resource"] }}',
		description:
			'Starts the workflow with the records in SuperOffice CRM that are new or changed, by looking for them at set times',
		defaults: { name: 'SuperOffice Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'superOfficeApi', required: true }],
		properties,
	};

	methods = {
		loadOptions: withNodeErrors({ getColumns: loadOptions.getColumns }),
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollOnce(this);
	}
}
