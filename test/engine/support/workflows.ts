import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeParameters,
} from 'n8n-workflow';

import type { WorkflowToRun } from '../harness';

/** The credential that the examples name. */
export const credentialId = 'superOfficeAccount';

const credentialName = 'SuperOffice account';

const credentials = { superOfficeApi: { id: credentialId, name: credentialName } };

/** The credential that the examples name, as n8n saves it. */
export function savedCredential(data: ICredentialDataDecryptedObject) {
	return { id: credentialId, name: credentialName, type: 'superOfficeApi', data };
}

/** A workflow from `examples/`, the same file that a user imports. */
export function example(file: string): WorkflowToRun {
	const path = join(__dirname, '../../../examples', file);
	return JSON.parse(readFileSync(path, 'utf8')) as WorkflowToRun;
}

/** Manual Trigger, then the given nodes one after the other. */
export function chain(...nodes: INode[]): WorkflowToRun {
	const all = [node('Start', 'n8n-nodes-base.manualTrigger', 1), ...nodes];
	const connections = Object.fromEntries(
		all
			.slice(1)
			.map(({ name }, index) => [
				all[index]!.name,
				{ main: [[{ node: name, type: 'main' as const, index: 0 }]] },
			]),
	);
	return { nodes: all, connections };
}

/** The Get System User Ticket node, with these parameters and node settings. */
export function ticketNode(parameters: INodeParameters = {}, settings: Partial<INode> = {}): INode {
	return {
		...node('Ticket', 'n8n-nodes-superoffice.getSystemUserTicket', 1, parameters),
		credentials,
		...settings,
	};
}

/** The SuperOffice node, with these parameters and node settings. */
export function superOfficeNode(parameters: INodeParameters, settings: Partial<INode> = {}): INode {
	return {
		...node('SuperOffice', 'n8n-nodes-superoffice.superOffice', 1, parameters),
		credentials,
		...settings,
	};
}

/** The SuperOffice Trigger node. */
export function triggerNode(parameters: INodeParameters, settings: Partial<INode> = {}): INode {
	return {
		...node('SuperOffice Trigger', 'n8n-nodes-superoffice.superOfficeTrigger', 1.1, parameters),
		webhookId: 'd2c1f3a0-5c7e-4d4e-9b59-0a8f0c6f3b11',
		credentials,
		...settings,
	};
}

/** The SuperOffice Polling Trigger, with these parameters. */
export function pollingNode(parameters: INodeParameters = {}): INode {
	const type = 'n8n-nodes-superoffice.superOfficePollingTrigger';
	return { ...node('SuperOffice Polling Trigger', type, 1, parameters), credentials };
}

/** The Get System User Ticket node as an AI agent's tool. */
export function ticketTool(parameters: INodeParameters = {}, settings: Partial<INode> = {}): INode {
	return {
		...ticketNode(parameters, settings),
		type: 'n8n-nodes-superoffice.getSystemUserTicketTool',
	};
}

/** A stand-in for an AI agent that calls a tool once. */
export function toolCall(tool: INode, way: string, input: object): WorkflowToRun {
	const parameters = { way, input: JSON.stringify(input) };
	const { nodes, connections } = chain(
		node('Agent', 'n8n-nodes-tool-caller.toolCaller', 1, parameters),
	);
	const toAgent = { ai_tool: [[{ node: 'Agent', type: 'ai_tool' as const, index: 0 }]] };
	return { nodes: [...nodes, tool], connections: { ...connections, [tool.name]: toAgent } };
}

/** n8n's HTTP Request node, with the SuperOffice credential as its predefined credential type. */
export function httpRequestNode(url: string, headers: Record<string, string> = {}): INode {
	const parameters: INodeParameters = {
		url,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'superOfficeApi',
		sendHeaders: true,
		headerParameters: {
			parameters: Object.entries(headers).map(([name, value]) => ({ name, value })),
		},
		options: {},
	};
	return { ...node('Request', 'n8n-nodes-base.httpRequest', 4.2, parameters), credentials };
}

/**
 * The options of HTTP Request that make it go page by page.
 *
 * @param parameter of the query, by which pages differ; its value is an expression
 * @param isLast an expression
 */
export function pagination(
	parameter: { name: string; value: string },
	isLast: string,
): INodeParameters {
	return {
		pagination: {
			pagination: {
				paginationMode: 'updateAParameterInEachRequest',
				parameters: { parameters: [{ type: 'qs', ...parameter }] },
				paginationCompleteWhen: 'other',
				completeExpression: isLast,
			},
		},
	};
}

/** A node that calls the tenant's web API through the package's transport, once per item. */
export function apiCallerNode(request: object | string, settings: Partial<INode> = {}): INode {
	const parameters = { request: typeof request === 'string' ? request : JSON.stringify(request) };
	return {
		...node('Call', 'n8n-nodes-api-caller.apiCaller', 1, parameters),
		credentials,
		...settings,
	};
}

/** Trigger items, numbered from 1. */
export function numbered(count: number): IDataObject[] {
	return Array.from({ length: count }, (_, index) => ({ number: index + 1 }));
}

function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: INodeParameters = {},
): INode {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}
