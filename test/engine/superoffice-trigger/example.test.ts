import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import type { IDataObject } from 'n8n-workflow';

import { chain, example } from '../support/workflows';
import { useTrigger } from './use-trigger';

const so = useTrigger();
const { nodes, connections } = example('tell-about-won-sales.json');
const named = (name: string) => nodes.find((node) => node.name === name)!;

let team: Server;
let told: string[];
beforeAll(async () => {
	team = createServer(async (request, response) => {
		told.push((JSON.parse(await text(request)) as { text: string }).text);
		response.end('ok');
	}).listen(0, '127.0.0.1');
	await once(team, 'listening');
});
afterAll(() => team.close());
beforeEach(() => (told = []));

async function published() {
	const { parameters, name } = named('Sale is won');
	const trigger = so.trigger(parameters, { settings: { name } });
	await trigger.publish();
	return trigger;
}

/** Passes items of an output of the trigger to what is connected to it. */
async function pass(items: IDataObject[], output: number): Promise<void> {
	const [connected] = connections['Sale is won']!.main![output]!;
	const next = structuredClone(named(connected!.node));
	next.parameters.url = `http://127.0.0.1:${(team.address() as AddressInfo).port}/`;
	const { error } = await so.n8n.engine.run(chain(next), { triggerItems: items });
	expect(error).toBeUndefined();
}

test('a sale that is won is told of, with its company, amount and owner', async () => {
	const trigger = await published();
	const { data } = so.tenant;
	const all = { Contact: 1, Associate: 4, Amount: 1250.5 };
	const { id } = data.insert('Sale', { values: { ...all, Heading: 'Saws “North”', Currency: 1 } });
	const other = data.insert('Sale', { values: { ...all, Heading: 'Advice', Contact: 0 } });
	for (const sale of [id, other.id]) {
		data.update('Sale', sale, ({ values }) => (values.Status = 'Sold'));
		await so.settle();
	}
	await pass(so.items(trigger), 0);
	const company = String(data.find('Contact', 1)!.values.Name);
	expect(told).toEqual([
		`Won: Saws “North”, ${company}, 1250.5 NOK (Kari Jensen)`,
		'Won: Advice, no company, 1250.5 (Kari Jensen)',
	]);
});

test('a sale that is gone by then is told of by its ID', async () => {
	const trigger = await published();
	await so.raise('sale.sold', 777);
	await pass(so.items(trigger), 0);
	expect(told).toEqual(['Won: the sale with the ID 777']);
});

test('a time without events is told of', async () => {
	const trigger = await published();
	so.hooks[0]!.state = 'TooManyErrors';
	await so.tick(trigger);
	await pass(so.items(trigger, 1), 1);
	expect(told).toEqual([
		expect.stringMatching(/^SuperOffice: The webhook had been stopped in SuperOffice/),
	]);
});
