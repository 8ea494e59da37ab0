import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { prepareItems } from './prepare-items';
import { runItems } from './run-items';

/** What one item asks for. */
interface Prepared {
	/** Items with the same one can go into one call. */
	batchKey: string;
	/** How much of a call it takes. */
	size: number;
}

/** What an item of a batch comes to. */
export type Outcome = IDataObject[] | Error;

/**
 * Handles all items, as many as possible in one call, and returns what they come to in their own order. A batch is sent
 * as soon as one of its items has its turn.
 *
 * @param prepare reads what an item asks for. If that fails for one item, nothing is sent at all, unless the node
 * continues on failure
 * @param send returns an outcome for each item of a batch, in their order
 * @param mostInOne the size of a batch; an item that is larger is a batch by itself
 */
export async function runBatches<T extends Prepared>(
	context: IExecuteFunctions,
	{
		prepare,
		send,
		mostInOne,
	}: {
		prepare: (item: number) => Promise<T>;
		send: (batch: T[]) => Promise<Outcome[]>;
		mostInOne: number;
	},
): Promise<INodeExecutionData[]> {
	const prepared = await prepareItems(context, prepare);
	const batches = batchesOf(prepared, mostInOne);
	return await runItems(context, async (item) => {
		const own = prepared[item]!;
		if (own instanceof Error) throw own;
		const batch = batches.get(own)!;
		batch.sending ??= send(batch.prepared);
		const outcome = (await batch.sending)[batch.prepared.indexOf(own)]!;
		if (outcome instanceof Error) throw outcome;
		return outcome;
	});
}

interface Batch<T> {
	prepared: T[];
	size: number;
	sending?: Promise<Outcome[]>;
}

function batchesOf<T extends Prepared>(
	all: ReadonlyArray<T | Error>,
	mostInOne: number,
): Map<T, Batch<T>> {
	const open = new Map<string, Batch<T>>();
	const batches = new Map<T, Batch<T>>();
	for (const one of all) {
		if (one instanceof Error) continue;
		let batch = open.get(one.batchKey);
		if (batch === undefined || batch.size + one.size > mostInOne) {
			batch = { prepared: [], size: 0 };
			open.set(one.batchKey, batch);
		}
		batch.prepared.push(one);
		batch.size += one.size;
		batches.set(one, batch);
	}
	return batches;
}
