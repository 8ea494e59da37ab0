/**
 * Runs the nodes read from stdin, with a credential read with them, in an n8n engine of its own, and prints how many
 * more bytes of memory the process took up at most meanwhile.
 */
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Worker } from 'node:worker_threads';

import type { INode } from 'n8n-workflow';

import { createEngine, type StoredCredential } from '../test/engine/harness';
import { keepFilesOnDisk } from '../test/engine/superoffice/files';
import { chain } from '../test/engine/support/workflows';

export interface Input {
	credential: StoredCredential;
	nodes: INode[];
}

/** A thread that watches the memory of the whole process, also while the main thread is busy. */
const watcher = `
	const { parentPort } = require('node:worker_threads');
	let peak = 0;
	const look = () => (peak = Math.max(peak, process.memoryUsage.rss()));
	const watching = setInterval(look, 2);
	parentPort.on('message', () => {
		look();
		clearInterval(watching);
		parentPort.postMessage(peak);
		parentPort.close();
	});
	parentPort.postMessage('watching');`;

async function main(): Promise<void> {
	const { credential, nodes } = JSON.parse(await text(process.stdin)) as Input;
	const engine = await createEngine({ packageFolder: join(__dirname, '..') });
	engine.credentials.set(credential);
	// As n8n does by default.
	const deleteFiles = await keepFilesOnDisk();
	// The first run loads what n8n loads late.
	const noOperation = { ...nodes[0]!, type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
	await engine.run(chain(noOperation));
	const worker = new Worker(watcher, { eval: true });
	await next(worker);
	for (let round = 0; round < 3; round++) global.gc!();
	const before = process.memoryUsage.rss();
	const { error } = await engine.run(chain(...nodes));
	if (error) throw error;
	worker.postMessage('stop');
	const peak = (await next(worker)) as number;
	await engine.close();
	await deleteFiles();
	console.log(peak - before);
}

async function next(worker: Worker): Promise<unknown> {
	return await new Promise((resolve, reject) => {
		worker.once('message', resolve);
		worker.once('error', reject);
	});
}

main().then(
	() => process.exit(),
	(error) => {
		console.error(error);
		process.exit(1);
	},
);
