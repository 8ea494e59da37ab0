import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { describeClaims, type StoreAnswer } from '../../superoffice';
import { describeError, toNodeError } from '../shared/errors';
import { properties } from './properties';
import { TicketSource, type Options } from './ticket-source';

export class GetSystemUserTicket implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Get System User Ticket',
		name: 'getSystemUserTicket',
		icon: {
			light: 'file:../../icons/superoffice.svg',
			dark: 'file:../../icons/superoffice.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ $parameter.tenant === "define" ? "Tenant defined below" : "Tenant from credential" }}',
		description:
			'Get a verified SuperOffice ticket for your application’s system user. To call the API, HTTP Request with the SuperOffice API credential is enough.',
		defaults: { name: 'Get System User Ticket' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'superOfficeApi', required: true }],
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const source = await TicketSource.create(this);
		const output: INodeExecutionData[] = [];
		for (let item = 0; item < this.getInputData().length; item++) {
			try {
				const options = this.getNodeParameter('options', item, {}) as Options;
				const answer = await source.ticketFor(item, options);
				output.push({ json: toJson(answer, options), pairedItem: { item } });
			} catch (error) {
				if (!this.continueOnFail()) throw toNodeError(this.getNode(), error, item);
				output.push({ json: { error: describeError(error) }, pairedItem: { item } });
			}
		}
		return [output];
	}
}

function toJson({ ticket, reused }: StoreAnswer, { includeClaims }: Options): IDataObject {
	return {
		ticket: ticket.ticket,
		contextIdentifier: ticket.contextIdentifier,
		environment: ticket.environment,
		webApiUrl: ticket.webApiUrl,
		issuedAt: ticket.issuedAt,
		expiresAt: ticket.expiresAt,
		reused,
		...(includeClaims && { claims: describeClaims(ticket.claims) as IDataObject }),
	};
}
