import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { mostAtOnce, mostInASecond, type Misbehaviour } from '../../superoffice-online';
import { useEngine } from '../support/engine';
import { leaksIn, secretsOf } from '../support/secrets';
import { chain, credentialId, numbered } from '../support/workflows';
import { behindWrongProxy } from '../support/wrong-proxy';
import { byId, mapped, operation } from './node';

const n8n = useEngine();

let tenant: string;
beforeEach(() => {
	tenant = n8n.useNewTenant();
	n8n.online.tenant(tenant).companies = 80;
});

const ofNumber: INodeParameters = { recordId: byId('={{ $json.number }}') };
const getCompany = (settings: Partial<INode> = {}) =>
	operation('company', 'get', ofNumber, settings);
const create = (settings: Partial<INode> = {}) =>
	operation(
		'company',
		'create',
		{ fields: mapped({ Name: '=Acme {{ $json.number }}' }) },
		settings,
	);
const continues = { onError: 'continueRegularOutput' } as const;
const inOrder = (count: number) => Array.from({ length: count }, (_, item) => ({ item }));
const settings = () => n8n.online.tenant(tenant).settings;
const calls = () => n8n.online.requests.filter(({ path }) => path.includes('/api/v1/'));
const records = () => calls().filter(({ path }) => /v1\/Contact(\/\d+)?$/.test(path));
const fail = (how: object) =>
	n8n.online.misbehave({ at: 'api', path: /v1\/Contact(\/\d+)?$/, ...how } as Misbehaviour);
const sleep = async (milliseconds: number) =>
	await new Promise((resolve) => setTimeout(resolve, milliseconds));
const until = async (isSo: () => boolean) => {
	while (!isSo()) await sleep(2);
};

async function run(node: INode, triggerItems?: IDataObject[], signal?: AbortSignal) {
	const result = await n8n.engine.run(chain(node), { triggerItems, signal });
	const items = result.output('SuperOffice');
	const credential = n8n.engine.credentials.get(credentialId).data;
	const shown = [result.error, result.log, items];
	expect(leaksIn(shown, secretsOf(n8n.online, credential))).toEqual([]);
	return { ...result, items };
}

/** Names of the companies that were created in this test, in the order of their ids. */
const created = () =>
	n8n.online
		.tenant(tenant)
		.data.all('Contact')
		.map(({ values }) => String(values.Name))
		.filter((name) => name.startsWith('Acme'));

async function createsThirty(meanwhile: () => Promise<void>) {
	settings().latency = 50;
	const running = run(create(), numbered(30));
	await until(() => created().length >= 5);
	await meanwhile();
	const { items, error } = await running;
	expect(error).toBeUndefined();
	const names = numbered(30).map(({ number }) => `Acme ${String(number)}`);
	expect(items.map(({ json }) => json.Name)).toEqual(names);
	expect(created().sort()).toEqual([...names].sort());
}

describe('a run goes on, each item done once, when', () => {
	test('its ticket dies in the middle', async () => {
		await run(getCompany(), [{ number: 1 }]);
		n8n.online.resetCounts();
		await createsThirty(async () => await Promise.resolve(n8n.online.expireAllTickets()));
		expect(n8n.online.counts.exchanges).toBe(1);
	});

	test('its ticket dies right after it was accepted', async () => {
		await run(getCompany(), [{ number: 1 }]);
		n8n.online.resetCounts();
		// Turned down for a moment, the ticket is checked.
		n8n.online.misbehave({ at: 'api', kind: 'status', status: 401, times: 1 });
		await createsThirty(async () => {
			expect(n8n.online.counts).toMatchObject({ currentPrincipal: 1, exchanges: 0 });
			await Promise.resolve(n8n.online.expireAllTickets());
		});
		expect(n8n.online.counts.exchanges).toBe(1);
	});

	test('its tenant moves', async () => {
		await createsThirty(
			async () => await Promise.resolve(n8n.online.moveTenant(tenant, 'online7.superoffice.com')),
		);
		expect(n8n.online.counts).toMatchObject({ exchanges: 1, state: 2 });
	});

	test('SuperOffice is not reachable for a moment', async () => {
		await createsThirty(async () => {
			// Long enough for a call to fall into it; calls under way are left alone.
			await behindWrongProxy('missing', async () => await sleep(1100));
		});
	});
});

describe('status 429', () => {
	test.each([
		['seconds', () => '2'],
		['a date', () => new Date(Date.now() + 5000).toUTCString()],
	])('is waited for by all calls of the tenant, with Retry-After in %s', async (_, retryAfter) => {
		await run(getCompany(), [{ number: 1 }]);
		n8n.online.resetCounts();
		settings().latency = 100;
		const first = run(create(), numbered(12));
		await until(() => created().length >= 2);
		fail({ kind: 'status', status: 429, times: 1, headers: { 'Retry-After': retryAfter() } });
		await until(() => records().some(({ status }) => status === 429));
		const { answeredAt } = records().find(({ status }) => status === 429)!;
		const others = run(getCompany(), [{ number: 2 }, { number: 3 }]);
		for (const { error } of await Promise.all([first, others])) expect(error).toBeUndefined();
		expect(new Set(created()).size).toBe(12);
		expect(created()).toHaveLength(12);
		const early = calls().filter(
			({ arrivedAt }) => arrivedAt > answeredAt! + 250 && arrivedAt < answeredAt! + 1500,
		);
		expect(early.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
	});

	test('that never ends becomes an error after some tries, which says so', async () => {
		fail({ kind: 'status', status: 429, headers: { 'Retry-After': '0' } });
		const { error } = await run(getCompany(), [{ number: 1 }]);
		expect(error!.message).toContain('called too often (status 429)');
		expect(error!.description).toMatch(/^It was tried 8 times. Try again/);
		expect(records()).toHaveLength(8);
	});
});

describe('pace', () => {
	test('is at most ten calls in any second, several of them at once, outputs in the order of items', async () => {
		settings().latency = 300;
		const { items, error } = await run(getCompany(), numbered(60));
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.ContactId)).toEqual(
			numbered(60).map(({ number }) => number),
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(inOrder(60));
		expect(mostInASecond(calls())).toBeLessThanOrEqual(10);
		expect(mostAtOnce(calls())).toBeGreaterThan(2);
	});

	test('keeps the order of updates of one record, however the record is named', async () => {
		settings().latency = 50;
		const ids = ['id', 'url', 'number', 'client'].flatMap((way) => [way, way]);
		const addresses: Record<string, IDataObject> = {
			id: { mode: 'id', value: ' 7 ' },
			number: { mode: 'id', value: 7 },
			url: { mode: 'url', value: `https://online2.superoffice.com/${tenant}/api/v1/Contact/7` },
			client: {
				mode: 'url',
				value: `https://online.superoffice.com/${tenant}/default.aspx?contact_id=7`,
			},
		};
		// The earlier, the slower: only order keeps the last one last.
		for (let left = ids.length; left > 0; left--) {
			n8n.online.misbehave({
				at: 'api',
				method: 'PATCH',
				kind: 'slow',
				milliseconds: 60 * left,
				times: 1,
			});
		}
		const node = operation('company', 'update', {
			recordId: { __rl: true, mode: '={{ $json.mode }}', value: '={{ $json.value }}' },
			fields: mapped({ Department: '=Dept {{ $itemIndex }}' }),
		});
		const { error, items } = await run(
			node,
			ids.map((way) => addresses[way]!),
		);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.Department)).toEqual(ids.map((_, item) => `Dept ${item}`));
		const patches = n8n.online.requests.filter(({ method }) => method === 'PATCH');
		expect(patches.map(({ body }) => /Dept \d/.exec(body)?.[0])).toEqual(
			ids.map((_, item) => `Dept ${item}`),
		);
		expect(mostAtOnce(patches)).toBe(1);
	});

	test('keeps the order of items that find one record by different keys', async () => {
		const { data } = n8n.online.tenant(tenant);
		const Emails = ['a', 'b'].map((name) => ({ Value: `${name}@kim.example`, Description: '' }));
		const { id } = data.insert('Person', { values: { Lastname: 'Kim', Contact: 1, Emails } });
		settings().latency = 100;
		const fields = mapped({ Emails: '={{ $json.email }}', Title: '={{ $json.email }}' }, [
			'Emails',
		]);
		const emails = ['a@kim.example', 'b@kim.example'];
		const { items, error } = await run(
			operation('person', 'upsert', { fields }),
			emails.map((email) => ({ email })),
		);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => [json.PersonId, json.Title])).toEqual(
			emails.map((email) => [id, email]),
		);
		const patches = n8n.online.requests.filter(({ method }) => method === 'PATCH');
		expect(patches.map(({ body }) => /[ab]@kim/.exec(body)?.[0])).toEqual(['a@kim', 'b@kim']);
		expect(mostAtOnce(patches)).toBe(1);
	});

	test('ends when the run is canceled: no call is begun after that', async () => {
		settings().latency = 100;
		const canceling = new AbortController();
		const running = run(create(), numbered(60), canceling.signal).catch(() => undefined);
		await until(() => created().length >= 3);
		canceling.abort();
		await sleep(100);
		const sent = n8n.online.requests.length;
		await running;
		await sleep(2500);
		expect(n8n.online.requests.length).toBe(sent);
	});
});

describe('items that fail', () => {
	const numbers = [1, 2, 999, 4].map((number) => ({ number }));

	test('are error items if the node continues on errors, and the others are done', async () => {
		const { items, error } = await run(getCompany(continues), numbers);
		expect(error).toBeUndefined();
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(inOrder(4));
		expect(items.map(({ json }) => json.ContactId)).toEqual([1, 2, undefined, 4]);
		expect(Object.keys(items[2]!.json)).toEqual(['error']);
		expect(items[2]!.json.error).toMatch(/Contact id 999 not found.*Check the ID/);
	});

	test('stop the run otherwise, which says how far it came', async () => {
		const { error } = await run(getCompany(), [{ number: 999 }, ...numbered(39)]);
		expect(error).toMatchObject({ context: { itemIndex: 0 } });
		const [, done] = /(\d+) of 40 items were done before the node stopped/.exec(
			error!.description!,
		)!;
		const read = records().filter(({ status }) => status === 200);
		expect(Number(done)).toBe(read.length);
		expect(read.length).toBeLessThan(20);
	});

	test('do not hide behind each other that a record may exist', async () => {
		settings().latency = 300;
		// One is turned down, and meanwhile another is lost.
		fail({ kind: 'status', status: 400, times: 1 });
		fail({ kind: 'lost', times: 1 });
		const { error } = await run(create(), numbered(2));
		expect(error!.message).toContain('may have been created');
		expect(error!.description).toContain('0 of 2 items were done');
		expect(error!.description).toContain('2 failed');
	});

	test('are named where several records may exist', async () => {
		settings().latency = 300;
		fail({ kind: 'cut', times: 2 });
		const { error } = await run(create(), numbered(2));
		expect(error!.description).toContain('items 0 and 1 may have been done');
	});
});

test('items of two tenants each go to their own, with that tenant’s fields and lists', async () => {
	n8n.useNewTenant({
		contextIdentifier: '={{ $json.tenant }}',
		systemUserToken: '={{ $json.token }}',
	});
	const tenants = [n8n.online.addTenant(), n8n.online.addTenant()] as const;
	// The same name has another id in the second tenant.
	for (const [index, { data }] of tenants.entries()) {
		data.lists.get('category')!.push({ id: 90 + index, name: 'Own' });
	}
	const triggerItems = numbered(6).map(({ number }, item) => {
		const { contextIdentifier, systemUserToken } = tenants[item % 2]!;
		return { number, tenant: contextIdentifier, token: systemUserToken };
	});
	const fields = mapped({ Name: '=Acme {{ $json.number }}', Category: 'Own' });
	for (const node of [
		operation('company', 'create', { fields }),
		operation('company', 'upsert', { fields: { ...fields, matchingColumns: ['Name'] } }),
	]) {
		const { error, items } = await run(node, triggerItems);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.CategoryId)).toEqual([90, 91, 90, 91, 90, 91]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(inOrder(6));
	}
	tenants.forEach(({ data }, index) => {
		const names = data.all('Contact').map(({ values }) => String(values.Name));
		expect(names.filter((name) => name.startsWith('Acme')).sort()).toEqual(
			[1, 3, 5].map((number) => `Acme ${number + index}`),
		);
	});
});
