import { host, useTrigger } from './use-trigger';

const so = useTrigger();

test('a published trigger has one webhook, which people in SuperOffice recognize', async () => {
	const trigger = await so.published({
		events: ['contact.created', 'sale.sold'],
		customEvents: 'list.category.changed, y_rental.created',
	});
	expect(so.hooks).toHaveLength(1);
	expect(so.hooks[0]).toMatchObject({
		name: `n8n: Companies to ERP (${host})`,
		events: ['contact.created', 'sale.sold', 'list.category.changed', 'y_rental.created'],
		targetUrl: trigger.url(false),
		state: 'Active',
		type: 'webhook',
	});
	expect(so.hooks[0]!.secret.length).toBeGreaterThan(40);
	expect(trigger.executions).toEqual([]);
});

test('a long workflow name leaves room for the host', async () => {
	const trigger = so.trigger({}, { name: 'Long '.repeat(40) });
	await trigger.publish();
	expect(so.hooks[0]!.name).toMatch(/^n8n: Long Long .* \(hooks\.example\.com\)$/);
	expect(so.hooks[0]!.name.length).toBeLessThanOrEqual(100);
});

test('no character of a workflow’s name is cut in half', async () => {
	await so.trigger({}, { name: '😀'.repeat(60) }).publish();
	await so
		.trigger({}, { name: `a${'😀'.repeat(60)}`, id: 'b', settings: { webhookId: 'b' } })
		.publish();
	expect(so.hooks).toHaveLength(2);
	for (const { name } of so.hooks) expect(name).not.toMatch(/\p{Surrogate}/u);
});

test('each webhook has a secret of its own, which is kept and shown nowhere', async () => {
	const one = await so.published();
	const two = so.trigger({}, { settings: { id: 'other', webhookId: 'other' } });
	const other = so.trigger({}, { id: 'anotherFlow', settings: { webhookId: 'another' } });
	await two.publish();
	await other.publish();
	const secrets = so.hooks.map(({ secret }) => secret);
	expect(new Set(secrets).size).toBe(3);
	const kept = JSON.stringify([
		one.staticData,
		two.staticData,
		so.hooks.map((hook) => ({ ...hook, secret: '' })),
	]);
	for (const secret of [...secrets, so.n8n.online.application.clientSecret]) {
		expect(kept).not.toContain(secret);
	}
});

test('published again, it takes up the webhook that is there, and saves it only if it is to be another', async () => {
	const trigger = await so.published();
	so.n8n.online.resetCounts();
	await trigger.publish('init');
	expect(so.calls()).toEqual({ 'GET /v1/Webhook': 1 });
	trigger.node.parameters.events = ['contact.changed', 'contact.created'];
	await trigger.publish('init');
	expect(so.hooks).toHaveLength(1);
	expect(so.hooks[0]!.events).toEqual(['contact.changed', 'contact.created']);
	expect(so.calls()).toMatchObject({ 'PUT /v1/Webhook/{id}': 1 });
	expect(so.calls()).not.toHaveProperty('POST /v1/Webhook');
	await so.raise('contact.created', 7);
	expect(so.items(trigger)).toHaveLength(1);
});

test('no other webhook is touched', async () => {
	const { contextIdentifier } = so.tenant;
	const targetUrl = `https://${host}/webhook/somebody-elses/webhook`;
	const name = `n8n: Companies to ERP (${host})`;
	so.n8n.online.webhooks.add(contextIdentifier, { name, targetUrl, events: ['contact.changed'] });
	so.n8n.online.webhooks.add(contextIdentifier, { targetUrl, isForeign: true, state: 'Stopped' });
	const before = JSON.stringify(so.hooks);
	const trigger = await so.published();
	await so.tick(trigger);
	await trigger.unpublish();
	expect(JSON.stringify(so.hooks)).toBe(before);
});

test('of several webhooks for its URL, one is left', async () => {
	const trigger = await so.published();
	so.n8n.online.webhooks.add(so.tenant.contextIdentifier, so.hooks[0]!);
	await trigger.publish('init');
	expect(so.hooks).toHaveLength(1);
	await so.raise('contact.changed', 5);
	expect(so.items(trigger)).toHaveLength(1);
});

test('an unpublished trigger has no webhook', async () => {
	const trigger = await so.published();
	await trigger.unpublish();
	expect(so.hooks).toEqual([]);
	expect(trigger.staticData).not.toHaveProperty('node:SuperOffice Trigger.url');
	// It does not matter whether somebody was faster.
	await trigger.deleteWebhook();
});

test('time in which it was unpublished is no gap, even where n8n still has an earlier time', async () => {
	const trigger = await so.published();
	const { staticData } = trigger;
	await trigger.unpublish();
	// n8n 1 does not save what was deleted if SuperOffice could not be told.
	trigger.staticData = staticData;
	await trigger.publish('activate');
	await so.settle();
	expect(so.items(trigger, 1)).toEqual([]);
});

test('the end of a test of which this process knows nothing does not end what is published', async () => {
	const trigger = await so.published();
	await trigger.createWebhook('manual', 'manual');
	await trigger.stopTrigger();
	so.restart();
	await trigger.publish('init');
	await trigger.deleteWebhook({ isTest: true });
	so.hooks[0]!.state = 'Stopped';
	// The rate limiter may hold back a call for up to a second.
	const isActive = () => so.hooks.some(({ state }) => state === 'Active');
	for (let ticks = 0; ticks < 4 && !isActive(); ticks++) await so.tick(trigger);
	expect(so.hooks).toMatchObject([{ targetUrl: trigger.url(false), state: 'Active' }]);
});

test('a test is received by another process than the one that began it', async () => {
	const trigger = so.trigger();
	await trigger.createWebhook('manual', 'manual');
	so.restart();
	await so.raise('contact.changed', 5);
	expect(so.items(trigger)).toMatchObject([{ PrimaryKey: 5 }]);
});

test('a test in the editor has a webhook of its own, and removes it', async () => {
	const trigger = await so.published();
	await trigger.createWebhook('manual', 'manual');
	expect(so.hooks.map(({ targetUrl }) => targetUrl)).toEqual([
		trigger.url(false),
		trigger.url(true),
	]);
	expect(so.hooks[0]!.secret).not.toBe(so.hooks[1]!.secret);
	so.hooks[0]!.state = 'Stopped';
	await so.raise('contact.changed', 5);
	expect(so.items(trigger)).toMatchObject([{ Event: 'contact.changed', PrimaryKey: 5 }]);
	await trigger.deleteWebhook({ isTest: true });
	expect(so.hooks.map(({ targetUrl }) => targetUrl)).toEqual([trigger.url(false)]);
});

describe('what keeps it from being published', () => {
	const refusal = async (trigger = so.trigger()) => {
		const error = await trigger.publish().then(
			() => undefined,
			(thrown: Error) => thrown,
		);
		expect(so.hooks).toEqual([]);
		return error!.message;
	};

	test('an address that SuperOffice cannot reach', async () => {
		so.n8n.online.webhooks.route(host);
		const message = await refusal();
		expect(message).toContain(`SuperOffice did not accept the webhook for https://${host}/`);
		expect(message).toContain('The target did not answer: ENOTFOUND');
		expect(message).toContain('WEBHOOK_URL');
	});

	test('an address without https', async () => {
		const trigger = so.n8n.engine.trigger(so.trigger().node, {
			webhookUrl: 'http://localhost:5678/',
		});
		const message = await refusal(trigger);
		expect(message).toContain('http://localhost:5678/webhook/');
		expect(message).toContain('Set WEBHOOK_URL to the https address');
		expect(so.calls()).not.toHaveProperty('POST /v1/Webhook');
	});

	test.each([
		['notGranted', 'not authorized to use the Webhook agent'],
		['notApproved', 'must be approved again'],
	] as const)('an application whose webhooks are %s', async (webhooks, words) => {
		so.tenant.settings.webhooks = webhooks;
		const message = await refusal();
		expect(message).toContain('SuperOffice does not let this application have webhooks.');
		expect(message).toContain(words);
		expect(message).toContain('an administrator of the tenant must approve the application again');
	});

	test('no event', async () => {
		expect(await refusal(so.trigger({ events: [] }))).toBe(
			'No event is chosen. Choose one in Events, or enter one in Custom Events.',
		);
	});

	test('an event that cannot be', async () => {
		const message = await refusal(
			so.trigger({ customEvents: 'y_rental.created, category changed' }),
		);
		expect(message).toContain('“category changed” in Custom Events is not the name of an event.');
	});
});

test('a webhook whose creation got no answer is there all the same', async () => {
	so.n8n.online.misbehave({ at: 'api', kind: 'lost', method: 'POST', path: /Webhook$/, times: 1 });
	const trigger = await so.published();
	expect(so.hooks).toHaveLength(1);
	await so.raise('contact.changed', 5);
	expect(so.items(trigger)).toHaveLength(1);
});

test('n8n starts before SuperOffice can reach it: the workflow stays published, and the gap is told', async () => {
	const trigger = await so.published();
	await trigger.stopTrigger();
	so.restart();
	const [hook] = so.hooks;
	so.n8n.online.webhooks.stop(so.tenant.contextIdentifier, hook!.id);
	so.n8n.online.webhooks.route(host);
	const log = await so.listening(async () => await trigger.publish('init'));
	expect(log.join('\n')).toContain('SuperOffice did not accept the webhook');
	so.n8n.online.webhooks.route(host, so.port);
	await so.tick(trigger);
	expect(so.hooks).toMatchObject([{ id: hook!.id, state: 'Active' }]);
	expect(so.items(trigger, 1)).toMatchObject([
		{ reason: 'stopped', from: expect.stringMatching(/^\d{4}-/) },
	]);
});

test('n8n starts while SuperOffice is away: the workflow stays published', async () => {
	const trigger = await so.published();
	so.restart();
	so.n8n.online.setState(so.tenant.contextIdentifier, 'OfflineMaintenance');
	const log = await so.listening(async () => await trigger.publish('init'));
	expect(log.join('\n')).toContain('maintenance');
	so.n8n.online.setState(so.tenant.contextIdentifier, 'Running');
	await so.raise('contact.changed', 5);
	expect(so.items(trigger)).toHaveLength(1);
});
