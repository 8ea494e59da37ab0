import { faultTable } from './fault-table';
import { useFaultPlay } from './support/fault-play';
import { chain, credentialId, httpRequestNode, ticketNode } from './support/workflows';

const { n8n, play, leaks } = useFaultPlay();
const slow = 'outages';
/** Each face asks for an exchange as often as the node does, and leaves as many records. */
const counts = () => {
	const { restExchanges: tries, exchanges: records } = n8n.online.counts;
	return { tries, records };
};
const cases = Object.entries(faultTable)
	.filter(([group]) => group !== slow)
	.flatMap(([, group]) => group)
	// Other faces use a ticket without checking it first.
	.filter(({ then, withTicket }) => then !== 'ticket' && !withTicket);

/** The same faults outside the plain node, which `describeFaultTable` covers. */
describe.each(cases)('$name', (fault) => {
	test('in the credential’s test: the form shows the message and the hint', async () => {
		const { result, says } = await play(fault, 'rest', async () =>
			n8n.engine.testCredential(n8n.engine.credentials.get(credentialId)),
		);
		expect(result.status).toBe('Error');
		expect(result.message.startsWith(`${says} `)).toBe(true);
		expect(result.message.slice(says.length)).toMatch(fault.cure!);
		expect(leaks([result])).toEqual([]);
		expect(counts()).toEqual({ tries: fault.tries, records: fault.records });
	});

	test('in HTTP Request with the credential', async () => {
		const { result, says } = await play(fault, 'rest', async () =>
			n8n.engine.run(
				chain(httpRequestNode('https://online.superoffice.com/Cust1/api/v1/Contact/1')),
			),
		);
		const { error, run, log } = result;
		expect(`${error?.message} ${error?.description}`).toContain(says);
		expect(leaks([error, log, run])).toEqual([]);
		expect(counts()).toEqual({ tries: fault.tries, records: fault.records });
	});

	test('in a node that continues on errors', async () => {
		const settings = { onError: 'continueRegularOutput' as const };
		const { result, says } = await play(fault, 'rest', async () =>
			n8n.engine.run(chain(ticketNode({}, settings))),
		);
		const { error, output, run, log } = result;
		expect(error).toBeUndefined();
		const [item] = output('Ticket');
		expect(Object.keys(item!.json)).toEqual(['error']);
		expect(String(item!.json.error).startsWith(`${says} `)).toBe(true);
		expect(String(item!.json.error)).toMatch(fault.cure!);
		expect(leaks([log, run])).toEqual([]);
	});
});
