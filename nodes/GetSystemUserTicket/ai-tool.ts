import type { INode, INodeProperties } from 'n8n-workflow';

const onToolOnly = { show: { '@tool': [true] } };

/** What the model is told of the tool. n8n would give it the node’s description, which is for people. */
export const toolDescription: INodeProperties = {
	displayName: 'Description',
	name: 'toolDescription',
	type: 'string',
	typeOptions: { rows: 3 },
	default:
		'Signs in to a SuperOffice CRM tenant as the application’s system user. Returns the tenant’s identifier, its environment, the URL of its web API, and until when the sign-in is valid. Leaves out the ticket itself unless the user has allowed it.',
	required: true,
	description: 'What the model is told about this tool',
	displayOptions: onToolOnly,
};

export const giveTicketToModel: INodeProperties = {
	displayName: 'Give Ticket to Model',
	name: 'giveTicketToModel',
	type: 'boolean',
	default: false,
	// Nor can the model fill it in, with $fromAI().
	noDataExpression: true,
	description:
		'Whether the answer contains the ticket, which opens the tenant’s data with the system user’s rights. It is then sent to the model’s provider, and may be kept there. Usually the model needs none: an HTTP Request tool with the SuperOffice API credential calls SuperOffice without.',
	displayOptions: onToolOnly,
};

/** Whether the ticket may be in the output: always from the node itself, but from the tool only if the user says so. */
export function mayGiveTicket({ type, parameters }: INode): boolean {
	// The tool is a type of its own, with Tool at the end. Whatever is not surely the node counts as the tool.
	const isNode = type.endsWith('.getSystemUserTicket');
	// As it is in the form: an expression does not count, whatever it yields.
	return isNode || parameters[giveTicketToModel.name] === true;
}
