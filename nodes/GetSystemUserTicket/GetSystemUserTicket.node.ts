import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { describeError, toNodeError } from '../../n8n/errors';
import { mayGiveTicket } from './ai-tool';
import { properties } from './properties';
import { TicketSource, type ItemTicket } from './ticket-source';

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
			'={{ $parameter.tenant === "define" ? "SuperOffice: defined here" : "SuperOffice: from credential" }}',
		description:
			'Get a verified SuperOffice ticket. To call SuperOffice you rarely need one: HTTP Request with the SuperOffice API credential is enough.',
		defaults: { name: 'Get System User Ticket' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'superOfficeApi', required: true }],
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const outcomes = await new TicketSource(this).getTickets(this.getInputData().length);
		const withTicket = mayGiveTicket(this.getNode());
		const output: INodeExecutionData[] = [];
		for (const [item, outcome] of outcomes.entries()) {
			if (outcome === undefined) continue;
			if ('error' in outcome) {
				const { error } = outcome;
				if (!this.continueOnFail()) throw toNodeError(this.getNode(), error, item);
				output.push({ json: { error: describeError(error) }, pairedItem: { item } });
			} else {
				output.push({ json: toJson(outcome, withTicket), pairedItem: { item } });
			}
		}
		return [output];
	}
}

function toJson({ answer, options }: ItemTicket, withTicket: boolean): IDataObject {
	const { ticket, reused } = answer;
	return {
		...(withTicket && { ticket: ticket.ticket }),
		contextIdentifier: ticket.contextIdentifier,
		environment: ticket.environment,
		webApiUrl: ticket.webApiUrl,
		issuedAt: ticket.issuedAt,
		expiresAt: ticket.expiresAt,
		reused,
		...(options.includeClaims && { claims: ticket.claims as IDataObject }),
	};
}
