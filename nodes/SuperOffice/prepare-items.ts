import type { IExecuteFunctions } from 'n8n-workflow';

import { toNodeError } from '../../n8n/errors';

/**
 * What each item asks for, read before anything is done; the error of an item that cannot be read stands in its place.
 *
 * @throws the first of those errors, unless the node continues on failure
 */
export async function prepareItems<T>(
	context: IExecuteFunctions,
	prepare: (item: number) => Promise<T>,
): Promise<Array<T | Error>> {
	const items = [...context.getInputData().keys()];
	const prepared = await Promise.all(
		items.map(async (item) => await prepare(item).catch((error: Error) => error)),
	);
	const invalid = prepared.findIndex((one) => one instanceof Error);
	if (invalid >= 0 && !context.continueOnFail()) {
		throw toNodeError(context.getNode(), prepared[invalid], invalid);
	}
	return prepared;
}
