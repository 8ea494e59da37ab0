import { setTimeout as sleep } from 'node:timers/promises';

import { host, useTrigger } from './use-trigger';

const so = useTrigger();

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

describe('a webhook that has come to an end is there again', () => {
	test('one that SuperOffice has stopped', async () => {
		const trigger = await so.published();
		await so.raise('contact.changed', 1);
		so.n8n.online.webhooks.route(host);
		await so.raise('contact.changed', 2);
		expect(so.hooks[0]).toMatchObject({ state: 'TooManyErrors', consecutiveErrors: 9 });
		so.n8n.online.webhooks.route(host, so.port);
		const { secret } = so.hooks[0]!;
		await so.tick(trigger);
		expect(so.hooks).toHaveLength(1);
		expect(so.hooks[0]).toMatchObject({ state: 'Active', consecutiveErrors: 0, secret });
		await so.raise('contact.changed', 3);
		expect(so.items(trigger).map(({ PrimaryKey }) => PrimaryKey)).toEqual([1, 3]);
		expect(so.items(trigger, 1)).toEqual([
			{
				event: 'trigger.gap',
				reason: 'stopped',
				from: expect.stringMatching(isoTime),
				to: expect.stringMatching(isoTime),
				lastError: 'The target did not answer: ENOTFOUND.',
				message: expect.stringContaining('The webhook had been stopped in SuperOffice'),
			},
		]);
		const [{ from, to }] = so.items(trigger, 1) as [{ from: string; to: string }];
		expect(Date.parse(from)).toBeLessThanOrEqual(Date.parse(to));
	});

	test('one that somebody has deleted', async () => {
		const trigger = await so.published();
		so.n8n.online.webhooks.remove(so.tenant.contextIdentifier, so.hooks[0]!.id);
		await so.tick(trigger);
		expect(so.hooks).toHaveLength(1);
		await so.raise('contact.changed', 3);
		expect(so.items(trigger)).toHaveLength(1);
		expect(so.items(trigger, 1)).toMatchObject([{ event: 'trigger.gap', reason: 'deleted' }]);
	});

	test('one that somebody has stopped, or changed', async () => {
		const trigger = await so.published();
		so.hooks[0]!.state = 'Stopped';
		so.hooks[0]!.events = ['sale.sold'];
		await so.tick(trigger);
		expect(so.hooks[0]).toMatchObject({ state: 'Active', events: ['contact.changed'] });
		expect(so.items(trigger, 1)).toMatchObject([{ reason: 'stopped' }]);
	});

	test('what people have added to it stays', async () => {
		const trigger = await so.published();
		Object.assign(so.hooks[0]!, {
			state: 'Stopped',
			errorEmails: ['ops@example.com'],
			description: 'ERP',
		});
		await so.tick(trigger);
		expect(so.hooks[0]).toMatchObject({
			state: 'Active',
			errorEmails: ['ops@example.com'],
			description: 'ERP',
		});
	});

	test('after n8n was down for an hour, and was started again', async () => {
		const trigger = await so.published();
		await so.raise('contact.changed', 1);
		so.n8n.online.webhooks.route(host);
		await so.raise('contact.changed', 2);
		await trigger.stopTrigger();
		so.restart();
		so.n8n.online.webhooks.route(host, so.port);
		await trigger.publish('init');
		await so.settle();
		expect(so.hooks[0]!.state).toBe('Active');
		expect(so.items(trigger, 1)).toMatchObject([
			{ event: 'trigger.gap', reason: 'stopped', from: expect.stringMatching(isoTime) },
		]);
	});
});

test('one that is well is left alone', async () => {
	const trigger = await so.published();
	so.n8n.online.resetCounts();
	await so.tick(trigger);
	await so.tick(trigger);
	expect(so.calls()).toEqual({ 'GET /v1/Webhook': 2 });
	expect(so.items(trigger, 1)).toEqual([]);
});

test('a webhook is signed with the new client secret once the credential has another', async () => {
	const trigger = await so.published();
	const { secret } = so.hooks[0]!;
	so.n8n.online.application.clientSecret += '-rotated';
	so.n8n.useCredential(so.tenant.contextIdentifier);
	// A trigger believes for some seconds that the credential is the same.
	await sleep(5100);
	await so.raise('contact.changed', 1);
	expect(so.items(trigger)).toEqual([]);
	await so.tick(trigger);
	expect(so.hooks).toHaveLength(1);
	expect(so.hooks[0]!.secret).not.toBe(secret);
	await so.raise('contact.changed', 2);
	expect(so.items(trigger)).toMatchObject([{ PrimaryKey: 2 }]);
	expect(so.items(trigger, 1)).toMatchObject([{ event: 'trigger.gap' }]);
});

describe('a process that has not published it', () => {
	test('finds the webhook by what n8n keeps', async () => {
		const trigger = await so.published();
		await trigger.stopTrigger();
		so.restart();
		so.n8n.online.webhooks.remove(so.tenant.contextIdentifier, so.hooks[0]!.id);
		await trigger.startTrigger('leadershipChange');
		await so.tick(trigger);
		expect(so.hooks.map(({ targetUrl }) => targetUrl)).toEqual([trigger.url(false)]);
	});

	test('finds it by its mark, where n8n keeps nothing', async () => {
		const trigger = await so.published();
		await trigger.createWebhook('manual', 'manual');
		await trigger.stopTrigger();
		so.restart();
		trigger.staticData = {};
		so.hooks[0]!.state = 'TooManyErrors';
		await trigger.startTrigger('leadershipChange');
		await so.tick(trigger);
		expect(so.hooks[0]!.state).toBe('Active');
		expect(so.items(trigger, 1)).toMatchObject([{ event: 'trigger.gap', reason: 'stopped' }]);
	});

	test('does not take another’s for its own', async () => {
		const trigger = await so.published();
		await trigger.stopTrigger();
		so.restart();
		const copy = so.trigger({}, { id: 'copyOfTheFlow', settings: { webhookId: 'copy' } });
		so.hooks[0]!.state = 'Stopped';
		await copy.startTrigger();
		await so.tick(copy);
		expect(so.hooks).toHaveLength(1);
		expect(so.hooks[0]!.state).toBe('Stopped');
	});
});

test('parameters may be expressions', async () => {
	const trigger = await so.published({
		events: '={{ ["contact.changed"] }}' as never,
		customEvents: '={{ "list." + "category.changed" }}',
		options: { catchUp: '={{ true }}' },
	});
	so.hooks[0]!.state = 'Stopped';
	await so.tick(trigger);
	expect(so.hooks[0]).toMatchObject({
		state: 'Active',
		events: ['contact.changed', 'list.category.changed'],
	});
	expect(so.items(trigger, 1)).toMatchObject([{ notCaughtUp: ['list.category.changed'] }]);
	expect(trigger.failures).toEqual([]);
});

test('nothing is created once the workflow is unpublished, whatever is still under way', async () => {
	const trigger = await so.published();
	so.tenant.settings.latency = 50;
	const ticking = so.tick(trigger);
	await trigger.deleteWebhook();
	await ticking;
	await so.tick(trigger);
	await trigger.stopTrigger();
	await so.settle();
	expect(so.hooks).toEqual([]);
});

test('a published change is looked after as it is now', async () => {
	const trigger = await so.published();
	await trigger.stopTrigger();
	await trigger.deleteWebhook();
	trigger.node.parameters.events = ['sale.sold'];
	await trigger.publish('update');
	so.hooks[0]!.state = 'Stopped';
	await so.tick(trigger);
	expect(so.hooks).toHaveLength(1);
	expect(so.hooks[0]).toMatchObject({ state: 'Active', events: ['sale.sold'] });
});

test('if it cannot be looked after, that is in the log once, and then a failed execution', async () => {
	const trigger = await so.published();
	so.tenant.settings.webhooks = 'notApproved';
	const log = await so.listening(async () => {
		for (let count = 0; count < 4; count++) await so.tick(trigger);
	});
	expect(log.filter((line) => line.includes('could not look after its webhook'))).toHaveLength(1);
	expect(trigger.failures).toHaveLength(1);
	expect(trigger.failures[0]!.message).toContain('must approve the application again');
	so.tenant.settings.webhooks = 'granted';
	so.hooks[0]!.state = 'Stopped';
	await so.tick(trigger);
	expect(so.hooks[0]!.state).toBe('Active');
});

describe('catching up', () => {
	test.each([-2, 2])('goes by SuperOffice’s clock, %i hours from n8n’s', async (hours) => {
		so.n8n.online.advance(hours * 3_600_000);
		try {
			const trigger = await so.published({ options: { catchUp: true } });
			so.n8n.online.advance(120_000);
			await so.tick(trigger);
			so.n8n.online.advance(120_000);
			so.n8n.online.webhooks.stop(so.tenant.contextIdentifier, so.hooks[0]!.id);
			so.tenant.data.update('Contact', 1, ({ values }) => (values.Department = 'Missed'));
			so.n8n.online.advance(5_000);
			await so.tick(trigger);
			await so.settle();
			expect(so.items(trigger)).toMatchObject([{ PrimaryKey: 1, caughtUp: true }]);
		} finally {
			so.n8n.online.advance(-hours * 3_600_000 - 245_000);
		}
	});

	test('emits what was created or changed meanwhile, marked', async () => {
		const { data } = so.tenant;
		const trigger = await so.published({
			events: [
				'contact.created',
				'contact.changed',
				'contact.softdeleted',
				'sale.created',
				'quote.sent',
			],
			options: { catchUp: true },
		});
		so.n8n.online.advance(3_600_000);
		data.update('Contact', 2, ({ values }) => (values.Department = 'Before'));
		await so.settle();
		so.hooks[0]!.state = 'TooManyErrors';
		so.n8n.online.advance(5_000);
		data.update('Contact', 1, ({ values }) => (values.Department = 'Missed'));
		const created = data.insert('Contact', { values: { Name: 'Missed AS' } });
		const sale = data.insert('Sale', { values: { Heading: 'Missed' } });
		data.update('Sale', sale.id, ({ values }) => (values.Heading = 'Missed again'));
		data.insert('Project', { values: { Name: 'Not asked for' } });
		so.n8n.online.advance(5_000);
		await so.tick(trigger);
		await so.settle();
		const caught = so.items(trigger).filter(({ caughtUp }) => caughtUp);
		expect(caught.map(({ Event, PrimaryKey }) => `${String(Event)} ${String(PrimaryKey)}`)).toEqual(
			['contact.changed 1', `contact.created ${created.id}`, `sale.created ${sale.id}`],
		);
		expect(caught[0]).toMatchObject({
			Entity: 'contact',
			ContextIdentifier: so.tenant.contextIdentifier,
			Timestamp: expect.stringMatching(isoTime),
			caughtUp: true,
		});
		expect(so.items(trigger, 1)).toMatchObject([
			{ event: 'trigger.gap', caughtUp: 3, notCaughtUp: ['contact.softdeleted', 'quote.sent'] },
		]);
	});

	test('the time without events is told, also where it cannot be found out what changed', async () => {
		const trigger = await so.published({ options: { catchUp: true } });
		so.hooks[0]!.state = 'Stopped';
		so.n8n.online.misbehave({ at: 'api', kind: 'status', status: 403, path: /Archive/ });
		await so.tick(trigger);
		await so.settle();
		expect(so.items(trigger, 1)).toMatchObject([
			{ event: 'trigger.gap', catchUpError: expect.stringContaining('status 403') },
		]);
	});
});
