import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { SuperOfficeError } from '../superoffice';

/**
 * An error as n8n shows it: what failed as the message, what to do as the description, at its item if there is one. An
 * error that is n8n's already keeps its own message, description and status.
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	const known = findSuperOfficeError(error);
	if (known === undefined) {
		if (error instanceof NodeApiError || error instanceof NodeOperationError) {
			error.context.itemIndex ??= itemIndex;
			return error;
		}
		return new NodeOperationError(node, error instanceof Error ? error : String(error), {
			itemIndex,
		});
	}
	const { code, message, hint, httpStatus } = known;
	if (code === 'INVALID_INPUT' || code === 'INVALID_KEY') {
		return new NodeOperationError(node, message, { description: hint, itemIndex });
	}
	return new NodeApiError(
		node,
		{ message },
		{ message, description: hint, httpCode: httpStatus?.toString(), itemIndex },
	);
}

/** The same with what to do in the message: where n8n publishes a workflow, it shows no more. */
export function toStandaloneError(node: INode, error: unknown): NodeApiError | NodeOperationError {
	const shown = toNodeError(node, error);
	shown.message = describeError(error);
	return shown;
}

/** The same in one text, for the item that stands for a failed one. */
export function describeError(error: unknown): string {
	const known = findSuperOfficeError(error);
	if (known !== undefined) return `${known.message} ${known.hint}`;
	return error instanceof Error ? error.message : String(error);
}

/** The library's error, also where n8n has wrapped it in errors of its own. */
export function findSuperOfficeError(error: unknown): SuperOfficeError | undefined {
	if (error instanceof SuperOfficeError) return error;
	return error instanceof Error ? findSuperOfficeError(error.cause) : undefined;
}
