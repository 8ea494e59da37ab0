import type {
	EngineRequest,
	EngineResponse,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
} from 'n8n-workflow';

interface Tool {
	name: string;
	description: string;
	metadata: { sourceNodeName: string };
	invoke(input: IDataObject): Promise<string>;
}

/** Calls the one tool connected to it, as n8n's AI Agent does, and gives out what the model would get. */
export class ToolCaller implements INodeType {
	description: INodeType['description'] = {
		displayName: 'Tool Caller',
		name: 'toolCaller',
		group: ['transform'],
		version: 1,
		description: 'Calls a tool',
		defaults: { name: 'Tool Caller' },
		inputs: ['main', { type: 'ai_tool', displayName: 'Tool' }],
		outputs: ['main'],
		properties: [
			{
				displayName: 'Way',
				name: 'way',
				type: 'options',
				options: [
					// Versions 1 and 2 of AI Agent.
					{ name: 'Call', value: 'call' },
					// From version 3 on, the engine runs the tool's node between two runs of the agent's.
					{ name: 'Request', value: 'request' },
				],
				default: 'call',
			},
			{ displayName: 'Input', name: 'input', type: 'json', default: '{}' },
		],
	};

	async execute(
		this: IExecuteFunctions,
		response?: EngineResponse,
	): Promise<INodeExecutionData[][] | EngineRequest> {
		const [tool] = (await this.getInputConnectionData('ai_tool', 0)) as [Tool];
		const { description } = tool;
		const given = (answer: unknown) => [[{ json: { description, answer } as IDataObject }]];
		const [answered] = response?.actionResponses ?? [];
		if (answered) return given(answered.data.data?.ai_tool?.[0]?.map(({ json }) => json));
		const input = JSON.parse(this.getNodeParameter('input', 0) as string) as IDataObject;
		if (this.getNodeParameter('way', 0) === 'call') {
			// An agent tells the model why a tool failed.
			return given(await tool.invoke(input).catch(String));
		}
		const { sourceNodeName: nodeName } = tool.metadata;
		const action = { actionType: 'ExecutionNodeAction', type: 'ai_tool', id: 'call-1' } as const;
		return { actions: [{ ...action, nodeName, input, metadata: {} }], metadata: {} };
	}
}
