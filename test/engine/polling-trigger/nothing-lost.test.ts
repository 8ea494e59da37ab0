import { idsOf, usePolling } from './use-polling';

const polling = usePolling();
const { n8n } = polling;

const companies = (count: number) =>
	Array.from({ length: count }, (_, index) =>
		polling.tenant.data.insert('Contact', { values: { Name: `Company ${index}` } }),
	);

test('a poll that fails says why, and loses nothing', async () => {
	const poller = await polling.publish();
	const [company] = companies(1);
	polling.pass();
	n8n.online.misbehave({ at: 'api', kind: 'status', status: 403 });
	const { message } = await polling.refusal(async () => await poller.poll());
	expect(message).toMatch(/^SuperOffice .*403.*\. .+/s);
	n8n.online.stopMisbehaving();
	expect(idsOf(await poller.poll())).toEqual([`${company!.id} created`]);
	expect(await poller.poll()).toBeNull();
});

test('a filter that SuperOffice refuses is told', async () => {
	const poller = polling.open({ options: { filter: 'nothing equals 1' } });
	const { message } = await polling.refusal(async () => await poller.poll());
	expect(message).toContain('nothing');
	expect(poller.staticData).toBe('{}');
});

test('after a day without n8n, what has happened comes, as it is by then', async () => {
	const poller = await polling.publish();
	const [company] = companies(1);
	polling.pass(60);
	polling.tenant.data.update('Contact', 1, () => undefined);
	polling.pass(23 * 60);
	polling.tenant.data.update('Contact', company!.id, ({ values }) => {
		values.Name = 'Last name';
	});
	polling.pass();
	poller.start();
	const found = await poller.poll();
	expect(idsOf(found)).toEqual(['1 updated', `${company!.id} created`]);
	expect(found![1]!.name).toBe('Last name');
	poller.start();
	expect(await poller.poll()).toBeNull();
});

test('all pages come, none twice', async () => {
	Object.assign(polling.tenant.settings, { pageCap: 40 });
	const poller = await polling.publish();
	const all = companies(130);
	polling.pass();
	expect(idsOf(await poller.poll())).toEqual(all.map(({ id }) => `${id} created`));
	expect(await poller.poll()).toBeNull();
});

test('10,500 at once come in two polls, the oldest first', async () => {
	const poller = await polling.publish();
	const old = companies(4000);
	polling.pass();
	const young = companies(6500);
	polling.pass();
	const first = idsOf(await poller.poll());
	expect(first.length).toBeLessThanOrEqual(10_000);
	expect(first.slice(0, 4000)).toEqual(old.map(({ id }) => `${id} created`));
	expect(poller.staticData.length).toBeLessThan(100_000);
	const rest: string[] = [];
	for (let found = first; found.length > 0; ) {
		found = idsOf(await poller.poll());
		rest.push(...found);
	}
	expect([...first, ...rest]).toEqual([...old, ...young].map(({ id }) => `${id} created`));
});

test('where n8n gives a poll little time, it brings fewer', async () => {
	const poller = await polling.publish();
	companies(1500);
	polling.pass();
	companies(1500);
	polling.pass();
	poller.budget = 36_000;
	expect(await poller.poll()).toHaveLength(1500);
	expect(await poller.poll()).toHaveLength(1500);
});

test('a workflow for which n8n keeps nothing is refused, with what to do', async () => {
	const poller = n8n.engine.poller(polling.nodeOf(), 'f3b0c44298fc1c149afbf4');
	const { message } = await polling.refusal(async () => await poller.poll());
	expect(message).toBe(
		'The ID of this workflow has more than 21 characters, and n8n does not keep for such workflows up to where they have polled. Duplicate the workflow, and publish the copy: n8n gives it a shorter ID.',
	);
	expect(await poller.poll('manual')).toHaveLength(1);
});

test.each([4, -4])(
	'a clock of this machine that is %i minutes behind does no harm',
	async (minutes) => {
		n8n.online.advance(minutes * 60_000);
		try {
			const [old] = companies(1);
			const poller = await polling.publish();
			const [company] = companies(1);
			polling.pass();
			expect(idsOf(await poller.poll())).toEqual([`${company!.id} created`]);
			expect(await poller.poll()).toBeNull();
			polling.tenant.data.update('Contact', old!.id, () => undefined);
			polling.pass();
			expect(idsOf(await poller.poll())).toEqual([`${old!.id} updated`]);
		} finally {
			n8n.online.advance(-minutes * 60_000);
		}
	},
);

test('a poll that takes longer than until the next one does not come twice', async () => {
	const poller = await polling.publish();
	const [company] = companies(1);
	polling.pass();
	const found = await Promise.all([poller.poll(), poller.poll()]);
	expect(found.flatMap((items) => idsOf(items))).toEqual([`${company!.id} created`]);
});

test('another kind of record, kind of change or tenant starts anew', async () => {
	const poller = await polling.publish();
	companies(1);
	polling.pass();
	for (const parameters of [{ resource: 'person' }, { triggerOn: 'created' }]) {
		poller.start(polling.nodeOf(parameters));
		expect(await poller.poll()).toBeNull();
	}
	poller.start(polling.nodeOf());
	expect(await poller.poll()).toBeNull();
	const other = n8n.online.tenant(n8n.useNewTenant());
	other.data.insert('Contact', { values: { Name: 'Of another tenant' } });
	polling.pass();
	expect(await poller.poll()).toBeNull();
	other.data.insert('Contact', { values: { Name: 'New there' } });
	polling.pass();
	expect((await poller.poll())?.map(({ name }) => name)).toEqual(['New there']);
});

test('what n8n keeps is small, and has nothing secret in it', async () => {
	const poller = await polling.publish();
	companies(3);
	polling.pass();
	await poller.poll();
	const credential = n8n.online.credential(polling.tenant.contextIdentifier);
	expect(poller.staticData.length).toBeLessThan(300);
	for (const secret of [credential.clientSecret, credential.systemUserToken]) {
		expect(poller.staticData).not.toContain(secret);
	}
});

test('a poll that finds nothing makes two calls at most', async () => {
	const poller = await polling.publish();
	companies(1);
	polling.pass();
	await poller.poll();
	n8n.online.resetCounts();
	expect(await poller.poll()).toBeNull();
	const calls = Object.values(n8n.online.apiCalls(polling.tenant.contextIdentifier));
	expect(calls.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(2);
});
