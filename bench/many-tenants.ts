import { setTimeout as sleep } from 'node:timers/promises';

import type { IDataObject } from 'n8n-workflow';

import { ticketNode } from '../test/engine/support/workflows';
import { mostAtOnce, mostInASecond } from '../test/superoffice-online';
import { getTicket } from './contenders/sample-steps';
import { sampleInput } from './exchanges';
import { table } from './table';
import { expectGood, type World } from './world';

const parameters = {
	tenant: 'define',
	contextIdentifier: '={{ $json.contextIdentifier }}',
	systemUserToken: '={{ $json.systemUserToken }}',
};

/** Milliseconds after which every ticket needs a check. */
const trustedFor = 61_000;
/** Milliseconds that a check takes at the tenant. */
const timeOfCheck = 20;

/** 1,000 tenants with one item each: in one run of the node, and with the sample's steps, one after another. */
export async function compareManyTenants(world: World): Promise<string> {
	const { online } = world;
	world.useNewTenant();
	const items = Array.from({ length: 1000 }, () => {
		const { contextIdentifier, systemUserToken } = online.addTenant();
		return { contextIdentifier, systemUserToken };
	});
	const rows: string[][] = [];
	const addRow = (name: string, seconds: number, tickets: Array<[unknown, unknown]>) => {
		const posts = online.requests.filter(({ method }) => method === 'POST');
		const checks = online.requests.filter(({ path }) => path.endsWith('/currentPrincipal'));
		const accepted = tickets.filter(([ticket, tenant]) =>
			online.isLive(String(ticket), String(tenant)),
		);
		rows.push([
			name,
			online.counts.exchanges.toLocaleString('en'),
			String(mostInASecond(posts)),
			online.counts.currentPrincipal.toLocaleString('en'),
			String(mostAtOnce([...posts, ...checks])),
			accepted.length.toLocaleString('en'),
			seconds.toFixed(1),
		]);
	};
	const playOurs = async (name: string) => {
		const measured = await world.measure([ticketNode(parameters)], items);
		expectGood(measured, 'Ticket', items.length);
		const tickets = measured.result
			.output('Ticket')
			.map(({ json }: { json: IDataObject }): [unknown, unknown] => [
				json.ticket,
				json.contextIdentifier,
			]);
		addRow(name, measured.time / 1000, tickets);
	};
	await playOurs('ours, no tickets');
	await sleep(trustedFor);
	online.misbehave({ at: 'api', kind: 'slow', milliseconds: timeOfCheck });
	await playOurs('ours, tickets there');
	online.stopMisbehaving();
	online.resetCounts();
	const start = performance.now();
	const tickets: Array<[unknown, unknown]> = [];
	for (const { contextIdentifier } of items) {
		const ticket = await getTicket(sampleInput(world, contextIdentifier));
		tickets.push([ticket, contextIdentifier]);
	}
	addRow('sample', (performance.now() - start) / 1000, tickets);
	return table(
		[
			'',
			'exchanges',
			'most in any second',
			'ticket checks',
			'most calls at once',
			'tickets their tenant takes',
			'seconds',
		],
		rows,
	);
}
