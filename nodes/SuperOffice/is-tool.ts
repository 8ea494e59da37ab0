import type { FunctionsBase } from 'n8n-workflow';

/** Whether the node is an AI agent's tool: n8n makes a node type of its own for that. */
export function isTool(context: Pick<FunctionsBase, 'getNode'>): boolean {
	return context.getNode().type.endsWith('Tool');
}
