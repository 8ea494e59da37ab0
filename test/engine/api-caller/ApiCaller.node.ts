import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import type * as Errors from '../../../n8n/errors';
import type * as Transport from '../../../n8n/transport';

// The built code, so that it shares its state with the credential that n8n has loaded.
/* eslint-disable @typescript-eslint/no-require-imports */
const { callApi } = require('../../../dist/n8n/transport') as typeof Transport;
const { describeError, toNodeError } = require('../../../dist/n8n/errors') as typeof Errors;

/** A node that only calls a tenant's web API, as a node's operations do. */
export class ApiCaller implements INodeType {
	description: INodeType['description'] = {
		displayName: 'API Caller',
		name: 'apiCaller',
		group: ['transform'],
		version: 1,
		description: 'Calls a tenant',
		defaults: { name: 'API Caller' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'superOfficeApi', required: true }],
		properties: [{ displayName: 'Request', name: 'request', type: 'json', default: '{}' }],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items: INodeExecutionData[] = [];
		for (let item = 0; item < this.getInputData().length; item++) {
			const request = JSON.parse(
				this.getNodeParameter('request', item) as string,
			) as Transport.TenantRequest;
			try {
				const { status, body } = await callApi(this, request, item);
				items.push({ json: { status, body: body as object }, pairedItem: { item } });
			} catch (error) {
				if (!this.continueOnFail()) throw toNodeError(this.getNode(), error, item);
				items.push({ json: { error: describeError(error) }, pairedItem: { item } });
			}
		}
		return [items];
	}
}
