import { faultTable, type ExchangeProtocol } from '../fault-table';
import { useFaultPlay } from './fault-play';
import { chain, ticketNode } from './workflows';

/** The group that takes as long as all others together, because of its retries. */
const slow = 'outages';

/** Runs the fault table in the node over one protocol, in two parts that can run in parallel. */
export function describeFaultTable(
	protocol: ExchangeProtocol,
	part: typeof slow | 'everything else',
): void {
	const { n8n, play, leaks } = useFaultPlay();
	const groups = Object.entries(faultTable).filter(
		([group]) => (group === slow) === (part === slow),
	);

	describe.each(groups)('%s', (_, cases) => {
		test.each(cases)('$name: $then', async (fault) => {
			const options = { timeout: fault.timeout ?? 5000 };
			const { result, says } = await play(fault, protocol, async ({ online, tenant }) => {
				const { output, ...run } = await n8n.engine.run(chain(ticketNode({ options })));
				const ticket = String(output('Ticket')[0]?.json.ticket);
				return { ...run, isLive: online.isLive(ticket, tenant) };
			});
			const { error, run, log, isLive } = result;

			const { restExchanges, soapExchanges, exchanges, strayConnects } = n8n.online.counts;
			const [tries, others] =
				protocol === 'rest' ? [restExchanges, soapExchanges] : [soapExchanges, restExchanges];
			expect({ records: exchanges, others, strayConnects }).toEqual({
				records: fault.records,
				others: 0,
				strayConnects: 0,
			});
			expect(tries).toBe(fault.tries);

			if (fault.then === 'ticket') {
				expect(error).toBeUndefined();
				expect(isLive).toBe(true);
				expect(leaks([log])).toEqual([]);
				return;
			}
			const isInputError = fault.then === 'INVALID_INPUT' || fault.then === 'INVALID_KEY';
			expect(error).toMatchObject({
				name: isInputError ? 'NodeOperationError' : 'NodeApiError',
				message: says,
				context: { itemIndex: 0 },
			});
			expect(error!.description).toMatch(fault.cure!);
			expect(leaks([error, log, run])).toEqual([]);
		});
	});

	afterAll(() => {
		const count = groups.flatMap(([, cases]) => cases).length;
		console.log(`The fault table over ${protocol.toUpperCase()}, ${part}: ${count} cases`);
	});
}
