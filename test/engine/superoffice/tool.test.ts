import { displayParameter, type IDataObject, type INode, type INodeParameters } from 'n8n-workflow';
import { join } from 'node:path';

import { leaksIn, secretsOf } from '../support/secrets';
import { credentialId, toolCall } from '../support/workflows';
import { kinds } from './kinds';
import { byId, mapped, operation } from './node';
import { useNode } from './use-node';

const node = useNode(join(__dirname, '../tool-caller'));

const type = 'n8n-nodes-superoffice.superOfficeTool';
const asTool = (resource: string, name: string, parameters: INodeParameters = {}): INode =>
	operation(resource, name, parameters, { type });

/** What the model gets; nothing that it, the run or the log has may hold a secret. */
async function callTool(way: string, tool: INode, input: object = {}): Promise<string> {
	const { engine, online } = node.n8n;
	const { run, error, log, output } = await engine.run(toolCall(tool, way, input));
	expect(error).toBeUndefined();
	const { answer } = output('Agent')[0]!.json;
	const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
	const secrets = secretsOf(online, engine.credentials.get(credentialId).data);
	expect(secrets.length).toBeGreaterThan(3);
	expect(leaksIn([text, run, log], secrets)).toEqual([]);
	return text;
}

const read = (text: string) => JSON.parse(text) as IDataObject[];

describe.each(['call', 'request'])('an AI agent’s tool, by way of %s', (way) => {
	test('gives the ID and the main fields, ten at most, unless more is wanted', async () => {
		const get = async (parameters: INodeParameters) =>
			read(await callTool(way, asTool('company', 'get', { recordId: byId(3), ...parameters })));
		const [short] = await get({});
		expect(Object.keys(short!).length).toBeLessThanOrEqual(10);
		expect(short).toMatchObject({ ContactId: 3, Category: 'Customer', Associate: 'Kari Jensen' });
		expect(await get({ output: 'simplified' })).toEqual([short]);
		const [raw] = await get({ output: 'raw' });
		expect(raw).toMatchObject({ Category: { Id: 1, Value: 'Customer' }, _Links: {} });
		const outputFields = 'Name, segment, CATEGORY, nonsense';
		const [selected] = await get({ output: 'selected', outputFields });
		expect(Object.keys(selected!)).toEqual([
			...['Name', 'Category', 'CategoryId', 'SuperOffice:7', 'SuperOffice:7:id'],
		]);
	});

	test('takes the model’s texts for fields of every type', async () => {
		const fields = mapped(
			Object.fromEntries(
				['Name', 'Category', 'NoMailing', 'SuperOffice:2', 'SuperOffice:3'].map((id, index) => [
					id,
					`={{ $fromAI("f${index}", "", "string") }}`,
				]),
			),
		);
		const input = { f0: 'Ny', f1: 'supplier', f2: 'true', f3: '42', f4: '2026-12-24' };
		const create = asTool('company', 'create', { fields, output: 'raw' });
		const [made] = read(await callTool(way, create, input));
		const { values, customFields } = node.tenant.data.find('Contact', Number(made!.ContactId))!;
		expect(values).toMatchObject({ Name: 'Ny', Category: 3, NoMailing: true });
		expect(customFields).toMatchObject({
			'SuperOffice:2': '[I:42]',
			'SuperOffice:3': '[DT:12/24/2026 00:00:00.0000000]',
		});
	});

	test('tells the model what was wrong and what would be right', async () => {
		const recordId = { __rl: true, mode: 'id', value: '={{ $fromAI("id") }}' };
		const fields = mapped({ Category: '={{ $fromAI("category") }}' });
		const update = asTool('company', 'update', { recordId, fields });
		const unknown = await callTool(way, update, { id: '1', category: 'Custmer' });
		expect(unknown).toContain('there is no choice called “Custmer”');
		const missing = await callTool(way, update, { id: '999', category: 'Customer' });
		expect(missing).toContain('There is no company with the ID 999');
		expect(node.writes()).toEqual(['PATCH /v1/Contact/{id}']);
	});
});

test.each(kinds)('the main fields of a record are ten at most: $resource', async (kind) => {
	const { resource, idKey, fields } = kind;
	const values = Object.fromEntries(Object.entries(fields));
	const create = asTool(resource, 'create', { fields: mapped(values) });
	const [made] = read(await callTool('call', create));
	expect(Object.keys(made!).length).toBeLessThanOrEqual(10);
	expect(made).toHaveProperty(idKey);
	expect(made).toHaveProperty(kind.name.field);
});

test('the tool’s fields are filled in as text, and have labels of their own', async () => {
	for (const { resource } of kinds) {
		const panel = node.n8n.engine.openPanel(asTool(resource, 'create'));
		const { fields } = await panel.mappedFields('getFields');
		expect(new Set(fields.map((field) => field.type))).toEqual(new Set(['string']));
		const labels = fields.map(({ displayName }) => displayName);
		expect(new Set(labels).size).toBe(labels.length);
	}
});

test('the tool’s form asks how much the model is to see, the node’s whether to simplify', () => {
	const shown = (ending: string, parameters: INodeParameters) => {
		const { description } = node.n8n.engine.packages.getByNameAndVersion(
			`n8n-nodes-superoffice.superOffice${ending}`,
		);
		const values = { resource: 'company', operation: 'get', ...parameters };
		return description.properties
			.filter((property) => displayParameter(values, property, { typeVersion: 1 }, description))
			.map(({ name }) => name);
	};
	expect(shown('', {})).toEqual(['resource', 'operation', 'recordId', 'simplify', 'options']);
	expect(shown('Tool', { output: 'selected' })).toEqual([
		...[
			'toolDescription',
			'resource',
			'operation',
			'recordId',
			'output',
			'outputFields',
			'options',
		],
	]);
});
