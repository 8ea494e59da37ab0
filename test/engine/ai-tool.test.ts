import { displayParameter, type INodeParameters } from 'n8n-workflow';
import { join } from 'node:path';

import { useEngine } from './support/engine';
import { leaksIn, secretsOf } from './support/secrets';
import { credentialId, ticketTool, toolCall } from './support/workflows';

const n8n = useEngine(join(__dirname, 'tool-caller'));

/** What an AI agent's model gets from the node as a tool. */
const callTool = async (
	way: string,
	parameters: INodeParameters = {},
	{ input = {}, ...settings }: Parameters<typeof ticketTool>[1] & { input?: object } = {},
) => {
	const tool = ticketTool(parameters, settings);
	const { run, error, log, output } = await n8n.engine.run(toolCall(tool, way, input));
	expect(error).toBeUndefined();
	const { answer, description } = output('Agent')[0]!.json as Record<string, unknown>;
	const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
	const secrets = secretsOf(n8n.online, n8n.engine.credentials.get(credentialId).data);
	return { text, description: String(description), run, log, secrets };
};

const newestTicket = () => n8n.online.tickets.at(-1)!.ticket;

describe.each([
	['calls the tool itself', 'call'],
	['has the engine run the tool', 'request'],
])('an AI agent that %s', (_, way) => {
	test('gets everything but the ticket', async () => {
		const tenant = n8n.useNewTenant();
		const { text, run, log, secrets } = await callTool(way, { options: { includeClaims: true } });
		const [{ claims, ...others }] = JSON.parse(text) as [Record<string, unknown>];
		expect(others).toEqual({
			contextIdentifier: tenant,
			environment: n8n.online.tenant(tenant).environment,
			webApiUrl: expect.stringContaining(`/${tenant}/api`),
			issuedAt: expect.any(String),
			expiresAt: expect.any(String),
			reused: false,
		});
		expect(claims).toMatchObject({ company_name: n8n.online.tenant(tenant).companyName });
		expect(secrets).toContain(newestTicket());
		expect(leaksIn([text, run, log], secrets)).toEqual([]);
	});

	test('gets the ticket if the user has chosen so', async () => {
		const tenant = n8n.useNewTenant();
		const { text } = await callTool(way, { giveTicketToModel: true });
		expect(text).toContain(newestTicket());
		expect(n8n.online.isLive(newestTicket(), tenant)).toBe(true);
	});

	test.each([
		['an expression', '={{ true }}'],
		['the model’s own word', '={{ $fromAI("giveTicketToModel", "", "boolean") }}'],
		['a text', 'true'],
	])('gets no ticket by %s', async (_what, giveTicketToModel) => {
		n8n.useNewTenant();
		const input = { giveTicketToModel: true };
		const { text, run, log, secrets } = await callTool(way, { giveTicketToModel }, { input });
		expect(text).toContain('contextIdentifier');
		expect(leaksIn([text, run, log], secrets)).toEqual([]);
	});

	test('is told why there is no ticket, without any secret', async () => {
		n8n.useNewTenant();
		n8n.online.misbehave({ at: 'exchange', kind: 'refuse', reason: 'Revoked' });
		for (const settings of [{}, { onError: 'continueRegularOutput' as const }]) {
			const { text, run, log, secrets } = await callTool(way, {}, settings);
			expect(text).toContain('SuperOffice refused: Revoked');
			expect(leaksIn([text, run, log], secrets)).toEqual([]);
		}
	});
});

test('the model is told that it gets no ticket unless the user allows it', async () => {
	n8n.useNewTenant();
	const { description } = await callTool('call');
	expect(description).toMatch(/Leaves out the ticket itself unless the user has allowed it/);
});

test('the choice is in the tool’s form only, is off, and can be no expression', () => {
	const forms = ['', 'Tool'].map((ending) => {
		const type = `n8n-nodes-superoffice.getSystemUserTicket${ending}`;
		const { description } = n8n.engine.packages.getByNameAndVersion(type);
		const node = { typeVersion: 1 };
		return description.properties.filter((property) =>
			displayParameter({ tenant: 'credential' }, property, node, description),
		);
	});
	const [ofNode, ofTool] = forms.map((form) => form.map(({ name }) => name));
	expect(ofNode).toEqual(['tenant', 'options']);
	expect(ofTool).toEqual(['toolDescription', 'tenant', 'giveTicketToModel', 'options']);
	expect(forms[1]!.find(({ name }) => name === 'giveTicketToModel')).toMatchObject({
		default: false,
		noDataExpression: true,
	});
});
