import { NodeConnectionTypes, type INodeProperties, type INodeType } from 'n8n-workflow';

/** A node as n8n offers it to AI agents: a type of its own, with a description for the model. */
export function nodeAsTool(type: INodeType): INodeType {
	const { usableAsTool, ...description } = type.description;
	if (!usableAsTool) throw new Error(`Node cannot be used as a tool: ${description.name}`);
	const toolDescription: INodeProperties = {
		displayName: 'Description',
		name: 'toolDescription',
		type: 'string',
		default: description.description,
	};
	const properties = [...description.properties];
	if (!properties.some(({ name }) => name === toolDescription.name)) {
		properties.unshift(toolDescription);
	}
	const ofTool: INodeType['description'] = {
		...description,
		name: `${description.name}Tool`,
		displayName: `${description.displayName} Tool`,
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
		properties,
	};
	return Object.create(type, { description: { value: ofTool } }) as INodeType;
}
