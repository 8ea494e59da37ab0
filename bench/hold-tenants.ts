/**
 * Caches a ticket for each tenant of an application, both read from stdin, and prints how many more bytes are in use
 * then.
 */
import { text } from 'node:stream/consumers';

import type { SystemUserCredentials } from '../superoffice';
import { readTestAuthority } from '../test/superoffice-online/tls/authority-folder';
import { httpTo } from '../test/unit/support/axios-http';
import { library } from './shipped';

export interface Input {
	application: SystemUserCredentials;
	tenants: Array<Pick<SystemUserCredentials, 'contextIdentifier' | 'systemUserToken'>>;
}

async function main(proxyUrl: string): Promise<void> {
	const { application, tenants } = JSON.parse(await text(process.stdin)) as Input;
	const http = httpTo({ proxyUrl, authority: await readTestAuthority() });
	const store = new library.TicketStore();
	await store.getTicket(application, http);
	const before = usedHeap();
	for (const tenant of tenants) await store.getTicket({ ...application, ...tenant }, http);
	console.log(usedHeap() - before);
	// Keeps the tickets and the input reachable until here.
	const held = tenants.filter((tenant) =>
		store.peekTicket(library.cacheKey({ ...application, ...tenant })),
	);
	if (held.length !== tenants.length) throw new Error('Not all of them are held.');
}

function usedHeap(): number {
	for (let round = 0; round < 3; round++) global.gc!();
	return process.memoryUsage().heapUsed;
}

main(process.argv[2]!).then(
	() => process.exit(),
	(error) => {
		console.error(error);
		process.exit(1);
	},
);
