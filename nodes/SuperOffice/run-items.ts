import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import { describeError, toNodeError } from '../../n8n/errors';

/** Items under way at once; how often SuperOffice is called is limited elsewhere. */
const mostAtOnce = 10;

/** Handles one item: returns what it comes to. */
export type HandleItem = (item: number) => Promise<IDataObject[]>;

/**
 * Handles all items, several at once, and returns what they come to in their own order. Items with the same order key
 * are handled one after the other. After a failure no other item is begun, unless the node continues on failure.
 */
export async function runItems(
	context: IExecuteFunctions,
	handle: HandleItem,
	orderKeyOf: (item: number) => string = String,
): Promise<INodeExecutionData[]> {
	const count = context.getInputData().length;
	const outputs: INodeExecutionData[][] = [];
	const continues = context.continueOnFail();
	const signal = context.getExecutionCancelSignal();
	let failure: { error: unknown; item: number } | undefined;
	const handleOne = async (item: number) => {
		if (failure !== undefined || signal?.aborted) return;
		const outcome = await handle(item).then(
			(records) => ({ records }),
			(error: unknown) => ({ error }),
		);
		if ('records' in outcome) {
			outputs[item] = outcome.records.map((json) => ({ json, pairedItem: { item } }));
		} else if (continues) {
			outputs[item] = [{ json: { error: describeError(outcome.error) }, pairedItem: { item } }];
		} else {
			failure ??= { error: outcome.error, item };
		}
	};
	await runChains(chainsOf(count, orderKeyOf), handleOne);
	signal?.throwIfAborted();
	if (failure !== undefined) {
		const done = outputs.filter((output) => output !== undefined).length;
		throw withProgress(toNodeError(context.getNode(), failure.error, failure.item), done, count);
	}
	return outputs.flat();
}

/** The items in chains: those of a chain come one after the other. */
function chainsOf(count: number, orderKeyOf: (item: number) => string): number[][] {
	const chains = new Map<string, number[]>();
	for (let item = 0; item < count; item++) {
		const key = orderKeyOf(item);
		const chain = chains.get(key);
		if (chain === undefined) chains.set(key, [item]);
		else chain.push(item);
	}
	return [...chains.values()];
}

async function runChains(
	chains: number[][],
	handleOne: (item: number) => Promise<void>,
): Promise<void> {
	const waiting = chains.values();
	const work = async () => {
		for (const chain of waiting) for (const item of chain) await handleOne(item);
	};
	await Promise.all(Array.from({ length: mostAtOnce }, work));
}

/** A run that stops halfway says how far it came. */
function withProgress(
	error: NodeApiError | NodeOperationError,
	done: number,
	count: number,
): NodeApiError | NodeOperationError {
	if (count > 1) {
		const progress = `${done} of ${count} items were done before the node stopped.`;
		error.description = [error.description, progress].filter(Boolean).join(' ');
	}
	return error;
}
