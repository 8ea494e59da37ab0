import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import { describeError, findSuperOfficeError, toNodeError } from '../../n8n/errors';

/** Items under way at once; how often SuperOffice is called is limited elsewhere. */
const mostAtOnce = 10;

/** `0, 3 and 5` */
const listed = new Intl.ListFormat('en-GB');

/** Items that a message names one by one. */
const mostListed = 20;

/** What an item comes to, with files where it has some. */
export type Output = Pick<INodeExecutionData, 'json' | 'binary'>;

/** The same, for items that come to records alone. */
export async function runItems(
	context: IExecuteFunctions,
	handle: (item: number) => Promise<IDataObject[]>,
	orderKeyOf?: (item: number) => string,
): Promise<INodeExecutionData[]> {
	const toOutputs = async (item: number) => (await handle(item)).map((json) => ({ json }));
	return await runItemsWithFiles(context, toOutputs, orderKeyOf);
}

/**
 * Handles all items, several at once, and returns what they come to in their own order. Items with the same order key
 * are handled one after the other. After a failure no other item is begun, unless the node continues on failure.
 */
export async function runItemsWithFiles(
	context: IExecuteFunctions,
	handle: (item: number) => Promise<Output[]>,
	orderKeyOf: (item: number) => string = String,
): Promise<INodeExecutionData[]> {
	const count = context.getInputData().length;
	const outputs: INodeExecutionData[][] = [];
	const continues = context.continueOnFail();
	const signal = context.getExecutionCancelSignal();
	const failures: Array<{ error: unknown; item: number }> = [];
	const handleOne = async (item: number) => {
		if (failures.length > 0 || signal?.aborted) return;
		const outcome = await handle(item).then(
			(own) => ({ own }),
			(error: unknown) => ({ error }),
		);
		if ('own' in outcome) {
			outputs[item] = outcome.own.map((output) => ({ ...output, pairedItem: { item } }));
		} else if (continues) {
			outputs[item] = [{ json: { error: describeError(outcome.error) }, pairedItem: { item } }];
		} else {
			failures.push({ error: outcome.error, item });
		}
	};
	await runChains(chainsOf(count, orderKeyOf), handleOne);
	signal?.throwIfAborted();
	if (failures.length > 0) {
		const done = outputs.filter((output) => output !== undefined).length;
		throw stoppedBy(context, failures, done);
	}
	return outputs.flat();
}

/** The error that a run stops with, which says how far it came. */
export function stoppedBy(
	context: IExecuteFunctions,
	failures: ReadonlyArray<{ error: unknown; item: number }>,
	done: number,
): NodeApiError | NodeOperationError {
	// Of items that failed together, those whose records may exist all the same must not go unnoticed.
	const unknown = failures.filter(({ error }) => isOutcomeUnknown(error));
	const failure = (unknown[0] ?? failures[0])!;
	const count = context.getInputData().length;
	const progress = [`${done} of ${count} items were done before the node stopped`];
	if (failures.length > 1) progress.push(`, and ${failures.length} failed`);
	if (unknown.length > 1) {
		const items =
			unknown.length > mostListed
				? `${unknown.length} of them`
				: `items ${listed.format(unknown.map(({ item }) => `${item}`))}`;
		progress.push(`; ${items} may have been done`);
	}
	const error = toNodeError(context.getNode(), failure.error, failure.item);
	return count > 1 ? withProgress(error, `${progress.join('')}.`) : error;
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

function isOutcomeUnknown(error: unknown): boolean {
	return findSuperOfficeError(error)?.outcomeUnknown ?? false;
}

/** A run that stops halfway says how far it came. */
function withProgress(
	error: NodeApiError | NodeOperationError,
	progress: string,
): NodeApiError | NodeOperationError {
	error.description = [error.description, progress].filter(Boolean).join(' ');
	return error;
}
