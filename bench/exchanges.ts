import { setTimeout as sleep } from 'node:timers/promises';

import type { INode } from 'n8n-workflow';

import { ticketNode } from '../test/engine/support/workflows';
import { getTicket, type SampleInput } from './contenders/sample-steps';
import { median, milliseconds, ratio, table } from './table';
import { contenders, expectGood, numbered, requestOf, type World } from './world';

const sizes = [
	{ items: 1, rounds: 15 },
	{ items: 50, rounds: 7 },
	{ items: 1000, rounds: 3 },
];

/** Milliseconds between rounds, so that the rate limiter does not delay one because of the one before. */
const pause = 1000;

/** The measurements of one contender in one state, one per round. */
interface Figures {
	exchanges: number[];
	times: number[];
}

/** Figures by state, then by contender. */
class Records {
	private readonly figures = new Map<string, Map<string, Figures>>();

	add(state: string, contender: string, exchanges: number, time: number): void {
		const ofState = this.figures.get(state) ?? new Map<string, Figures>();
		const figures = ofState.get(contender) ?? { exchanges: [], times: [] };
		figures.exchanges.push(exchanges);
		figures.times.push(time);
		this.figures.set(state, ofState.set(contender, figures));
	}

	/** A row for each state: exchanges of each contender, our time, and the others' as ratios to it. */
	rows(items: number): string[][] {
		return [...this.figures].map(([state, ofState]) => {
			const all = [...ofState.values()];
			const [ours, ...others] = all.map(({ times }) => median(times));
			return [
				items.toLocaleString('en'),
				state,
				...all.map(({ exchanges }) => median(exchanges).toLocaleString('en')),
				milliseconds(ours!),
				...others.map((time) => ratio(time, ours!)),
			];
		});
	}
}

/** Exchanges and time of HTTP Request with each contender's credential. */
export async function compareRequests(world: World): Promise<string> {
	const rows: string[][] = [];
	for (const { items, rounds } of sizes) {
		const records = new Records();
		// The first round is a warm-up.
		for (let round = 0; round <= rounds; round++) {
			await sleep(pause);
			const into = round === 0 ? new Records() : records;
			for (const name of Object.keys(contenders) as Array<keyof typeof contenders>) {
				await playRequests(world, name, items, into);
			}
		}
		rows.push(...records.rows(items));
	}
	return table(
		[
			'items',
			'',
			'exchanges: ours',
			'idiom',
			'sample',
			'time: ours',
			'idiom ÷ ours',
			'sample ÷ ours',
		],
		rows,
	);
}

async function playRequests(
	world: World,
	name: keyof typeof contenders,
	items: number,
	records: Records,
): Promise<void> {
	const { online } = world;
	const node = requestOf(world.useNewTenant(contenders[name]), contenders[name]);
	const play = async (state: string, count = items) => {
		const measured = await world.measure([node], numbered(items));
		records.add(state, name, measured.exchanges, measured.time);
		expectGood(measured, 'Request', count);
	};
	await play('no ticket');
	await play('ticket there');
	online.expireAllTickets();
	await play('ticket dead');
	if (items !== 50) return;
	online.misbehave({ at: 'api', kind: 'status', status: 500 });
	node.onError = 'continueRegularOutput';
	await play('all answered 500');
	online.stopMisbehaving();
	delete node.onError;
	await play('right after that');
}

/** Get System User Ticket, against the sample's steps run once per item, as in a program of their own. */
export async function compareTickets(world: World): Promise<string> {
	const rows: string[][] = [];
	for (const { items, rounds } of sizes) {
		const records = new Records();
		for (let round = 0; round <= rounds; round++) {
			await sleep(pause);
			await playTickets(world, items, round === 0 ? new Records() : records);
		}
		rows.push(...records.rows(items));
	}
	return table(['items', '', 'exchanges: ours', 'sample', 'time: ours', 'sample ÷ ours'], rows);
}

async function playTickets(world: World, items: number, records: Records): Promise<void> {
	const tenant = world.useNewTenant();
	const nodes: INode[] = [ticketNode()];
	const input = sampleInput(world, tenant);
	for (const state of ['no ticket', 'ticket there']) {
		const measured = await world.measure(nodes, numbered(items));
		expectGood(measured, 'Ticket', items);
		records.add(state, 'ours', measured.exchanges, measured.time);
		world.online.resetCounts();
		const start = performance.now();
		for (let item = 0; item < items; item++) await getTicket(input);
		records.add(state, 'sample', world.online.counts.exchanges, performance.now() - start);
	}
}

/** What the sample needs to know about a tenant. */
export function sampleInput({ online }: World, tenant: string): SampleInput {
	const { environment, ...fields } = online.credential(tenant);
	const { host, publicKeyPem } = online.login(environment);
	return { ...fields, loginHost: host, publicKey: publicKeyPem };
}
