/** The process in which n8n runs: its engine with this package as built, and a clock of its own. */
import { ownDate } from './own-date';

import { join } from 'node:path';

import { createEngine, type Engine } from '../test/engine/harness';
import { credentialId } from '../test/engine/support/workflows';
import type { Database, Memory, Order, Report } from './messages';
import { runSync, runWithTicket } from './workflows';

let engine: Engine;
let syncMemory: Database['syncMemory'];

async function carryOut(order: Order): Promise<Report | Memory | undefined> {
	if (order.kind === 'measure') return measure();
	ownDate.setSystemTime(order.now);
	if (order.kind === 'run') return await run(order.items);
	engine = await createEngine({ packageFolder: join(__dirname, '..') });
	engine.credentials.set(order.database.credential);
	({ syncMemory } = order.database);
	return undefined;
}

/** Both workflows are on the same schedule, so they run at the same time. */
async function run(items: number): Promise<Report> {
	const failures: string[] = [];
	const fail = (workflow: string) => (error: Error) => {
		failures.push(`${workflow}: ${error.message}`);
		return undefined;
	};
	const [synced] = await Promise.all([
		runSync(engine, syncMemory, items).catch(fail('Sync')),
		runWithTicket(engine, items).catch(fail('Ticket')),
	]);
	const credential = engine.credentials.get(credentialId);
	return { failures, synced, database: { credential, syncMemory } };
}

function measure(): Memory {
	for (let round = 0; round < 3; round++) global.gc!();
	const { heapUsed, rss } = process.memoryUsage();
	return { heap: heapUsed, rss };
}

process.on('message', (order: Order) => {
	carryOut(order).then(
		(answer) => process.send!({ answer }),
		(error: Error) => process.send!({ error: error.stack }),
	);
});
// The soak has ended, however it did.
process.on('disconnect', () => process.exit());
