import type { INode, INodeParameters } from 'n8n-workflow';

import { chain, ticketTool } from '../engine/support/workflows';
import { startFakeModel, type FakeModel } from './support/fake-model';
import { useRealN8n, workflowIdOf } from './support/n8n';
import type { Workflow } from './support/real-n8n';

const real = useRealN8n();

const modelCredential = { id: 'modelAccount', name: 'Model account' };

let model: FakeModel;
beforeAll(async () => {
	model = await startFakeModel({ giveTicketToModel: true });
	const data = { apiKey: 'sk-none', url: model.url };
	await real.n8n.importCredential({ ...modelCredential, type: 'openAiApi', data });
});
afterAll(() => model?.close());

/** Shorter pieces could appear anywhere by chance. */
const shortestPiece = 12;

/** All pieces of the tickets there are that appear in a text. */
const ticketsIn = (text: string) =>
	real.online.tickets
		.flatMap(({ ticket }) =>
			Array.from({ length: ticket.length - shortestPiece + 1 }, (_, start) =>
				ticket.slice(start, start + shortestPiece),
			),
		)
		.filter((piece) => text.includes(piece));

/** What the model’s provider received in the conversation that begins with this text. */
const receivedFor = (prompt: string) =>
	model.received.filter((body) => body.includes(prompt)).join('\n');

test.each([
	// Calls its tools itself.
	2.2,
	// Has n8n’s engine run them.
	3,
])('AI Agent %s gives the model no ticket, unless the user has chosen so', async (version) => {
	const tenant = await real.useNewTenant();
	const id = `agent-${version}`;
	await real.n8n.importWorkflows(
		workflowWithAgents(id, version, {
			'by default': {},
			'by the word of the model': {
				giveTicketToModel: '={{ $fromAI("giveTicketToModel", "", "boolean") }}',
			},
			'by choice of the user': { giveTicketToModel: true },
		}),
	);
	model.received.length = 0;
	const { error, description, output } = await real.n8n.execute(workflowIdOf(id));
	expect([error, description]).toEqual([undefined, undefined]);
	expect(output('by choice of the user')).toMatchObject([{ output: 'Done.' }]);

	const { ticket } = real.online.tickets.at(-1)!;
	expect(real.online.isLive(ticket, tenant)).toBe(true);
	for (const prompt of ['by default', 'by the word of the model']) {
		const received = receivedFor(prompt);
		expect(received).toContain(`contextIdentifier\\":\\"${tenant}`);
		expect(received).toContain('Leaves out the ticket itself');
		expect(ticketsIn(received)).toEqual([]);
	}
	expect(receivedFor('by choice of the user')).toContain(ticket);
});

/** A workflow with one AI Agent after the other, each with the node as its tool. */
function workflowWithAgents(
	id: string,
	typeVersion: number,
	parametersOf: Record<string, INodeParameters>,
): Workflow {
	const names = Object.keys(parametersOf);
	const base = { position: [0, 0] as INode['position'] };
	const agents = names.map((name) => ({
		...base,
		id: name,
		name,
		type: '@n8n/n8n-nodes-langchain.agent',
		typeVersion,
		parameters: { promptType: 'define', text: name, options: {} },
	}));
	const tools = names.map((name) => {
		const toolName = `Ticket ${name}`;
		return { ...ticketTool(parametersOf[name]), id: toolName, name: toolName };
	});
	const modelNode = {
		...base,
		id: 'Model',
		name: 'Model',
		type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
		typeVersion: 1.2,
		parameters: { model: { __rl: true, mode: 'id', value: 'fake' }, options: {} },
		credentials: { openAiApi: modelCredential },
	};
	const to = (type: 'ai_tool' | 'ai_languageModel', ...nodes: string[]) => ({
		[type]: [nodes.map((node) => ({ node, type, index: 0 }))],
	});
	const { nodes, connections } = chain(...agents);
	return {
		id: workflowIdOf(id),
		name: id,
		nodes: [...nodes, ...tools, modelNode],
		connections: {
			...connections,
			...Object.fromEntries(names.map((name) => [`Ticket ${name}`, to('ai_tool', name)])),
			Model: to('ai_languageModel', ...names),
		},
	};
}
