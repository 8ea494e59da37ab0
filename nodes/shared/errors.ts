import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { SuperOfficeError } from '../../superoffice';

/** An error as n8n shows it: what failed as the message, what to do as the description, at its item. */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	if (!(error instanceof SuperOfficeError)) {
		return new NodeOperationError(node, error instanceof Error ? error : String(error), {
			itemIndex,
		});
	}
	const { code, message, hint, httpStatus } = error;
	if (code === 'INVALID_INPUT' || code === 'INVALID_KEY') {
		return new NodeOperationError(node, message, { description: hint, itemIndex });
	}
	return new NodeApiError(
		node,
		{ message },
		{ message, description: hint, httpCode: httpStatus?.toString(), itemIndex },
	);
}

/** The same in one text, for the item that stands for a failed one. */
export function describeError(error: unknown): string {
	if (error instanceof SuperOfficeError) return `${error.message} ${error.hint}`;
	return error instanceof Error ? error.message : String(error);
}
