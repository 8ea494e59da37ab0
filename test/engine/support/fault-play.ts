import type { ExchangeProtocol, FaultCase, Scene } from '../fault-table';
import { useEngine, type TestEngine } from './engine';
import { useMovableDate } from './movable-date';
import { chain, credentialId, ticketNode } from './workflows';
import { leaksIn, secretsOf } from './secrets';
import { behindWrongProxy } from './wrong-proxy';

/** Longer than any cache lifetime, so that each case starts with nothing cached. */
const longAfter = 25 * 60 * 60 * 1000;
/** Longer than a ticket counts as alive without being checked, and shorter than an address is kept. */
const pastCheck = 2 * 60 * 1000;

/** n8n's engine and the local service, for running the cases of the fault table. */
export interface FaultPlay {
	n8n: TestEngine;
	/** Does some work with a new tenant while a fault is active. */
	play<T>(
		fault: FaultCase,
		protocol: ExchangeProtocol,
		work: (scene: Scene) => Promise<T>,
	): Promise<Played<T>>;
	/** Which of the case's secrets appear in these values. */
	leaks(things: unknown[]): string[];
}

export interface Played<T> {
	result: T;
	/** The expected message. */
	says: string;
}

export function useFaultPlay(): FaultPlay {
	const n8n = useEngine();
	const { later } = useMovableDate();
	return {
		n8n,
		play: async (fault, protocol, work) => {
			const { online } = n8n;
			later(longAfter);
			const tenant = n8n.useNewTenant();
			const scene = { online, tenant, protocol };
			n8n.useCredential(tenant, { exchangeProtocol: protocol, ...fault.filledIn?.(scene) });
			if (fault.withTicket) {
				await n8n.engine.run(chain(ticketNode()));
				later(pastCheck);
				online.resetCounts();
			}
			await fault.when?.(scene);
			const run = async () => await work(scene);
			online.advance(fault.clock ?? 0);
			try {
				const result = fault.proxy ? await behindWrongProxy(fault.proxy, run) : await run();
				return { result, says: (fault.says ?? '').replace('TENANT', tenant) };
			} finally {
				online.advance(-(fault.clock ?? 0));
			}
		},
		leaks: (things) => {
			const { data } = n8n.engine.credentials.get(credentialId);
			return leaksIn(things, secretsOf(n8n.online, data));
		},
	};
}
