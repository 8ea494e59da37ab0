import type { INode } from 'n8n-workflow';

import { mayGiveTicket } from '../../nodes/GetSystemUserTicket/ai-tool';

const node = (type: string, parameters: INode['parameters'] = {}): INode => ({
	id: 'Ticket',
	name: 'Ticket',
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters,
});

test.each(['n8n-nodes-superoffice.getSystemUserTicket', 'CUSTOM.getSystemUserTicket'])(
	'%s gives the ticket',
	(type) => expect(mayGiveTicket(node(type))).toBe(true),
);

test.each([
	'n8n-nodes-superoffice.getSystemUserTicketTool',
	'CUSTOM.getSystemUserTicketTool',
	'n8n-nodes-superoffice.getSystemUserTicketHitlTool',
	'n8n-nodes-superoffice.anotherName',
	'',
])('a node of type "%s" gives the ticket only by the user’s choice', (type) => {
	expect(mayGiveTicket(node(type))).toBe(false);
	expect(mayGiveTicket(node(type, { giveTicketToModel: false }))).toBe(false);
	expect(mayGiveTicket(node(type, { giveTicketToModel: true }))).toBe(true);
});

test.each(['true', '={{ true }}', 1, { value: true }, [true]])(
	'%j in place of the choice gives no ticket',
	(giveTicketToModel) => {
		const tool = node('n8n-nodes-superoffice.getSystemUserTicketTool', { giveTicketToModel });
		expect(mayGiveTicket(tool)).toBe(false);
	},
);
