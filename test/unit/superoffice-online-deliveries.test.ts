import { createHmac } from 'node:crypto';
import { startSuperOfficeOnline } from '../superoffice-online';
import { replace, useRecordsApi } from './support/records-api';
import { host, useWebhookTarget, webhook } from './support/webhook-target';

const api = useRecordsApi();
const target = useWebhookTarget(api);
const { call, done, refusal } = api;

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

const raise = (event: string, key: number, details?: object) =>
	api.online.webhooks.raise(api.tenant.contextIdentifier, event, key, details);
const state = async () => await done('GET', 'Webhook/1');
const ids = () => target.received.map(({ body }) => String(body.EventId));

it('an event has all that is documented, and is signed', async () => {
	const own = { Headers: { 'X-Own': 'yes' }, Properties: { source: 'crm' } };
	await done('POST', 'Webhook', webhook(['sale.deleted'], own));
	const details = {
		changes: ['status'],
		fieldValues: { status: 2 },
		values: { sale_id: 7 },
		changedBy: 9,
	};
	const eventId = raise('sale.deleted', 7, details);
	const [{ headers, text, body }] = (await target.calls()) as [(typeof target.received)[0]];
	expect(eventId).toMatch(uuid);
	expect(body).toEqual({
		EventId: eventId,
		Timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/),
		Changes: ['status'],
		Event: 'sale.deleted',
		PrimaryKey: 7,
		Entity: 'sale',
		ContextIdentifier: api.tenant.contextIdentifier,
		ChangedByAssociateId: 9,
		WebhookName: 'ERP',
		FieldValues: { status: 2 },
		Values: { sale_id: 7 },
		source: 'crm',
	});
	expect(headers).toMatchObject({
		'x-superoffice-event': 'sale.deleted',
		'x-superoffice-eventid': eventId,
		'x-superoffice-signature': createHmac('sha256', 'a secret').update(text).digest('base64'),
		'x-own': 'yes',
	});
	expect(headers).not.toHaveProperty('x-superoffice-retry');
	expect(headers).not.toHaveProperty('x-hook-test');
});

it('letters beyond ASCII are signed as they are sent', async () => {
	await done('POST', 'Webhook', webhook(['x.y'], { Name: 'Ærlig 🙂', Secret: 'blåbær' }));
	raise('x.y', 1);
	const [{ headers, text }] = (await target.calls()) as [(typeof target.received)[0]];
	const signature = createHmac('sha256', Buffer.from('blåbær')).update(Buffer.from(text));
	expect(headers['x-superoffice-signature']).toBe(signature.digest('base64'));
});

it('without a secret there is no signature', async () => {
	await done('POST', 'Webhook', webhook(['x.y'], { Secret: null }));
	raise('x.y', 1);
	const [{ headers }] = (await target.calls()) as [(typeof target.received)[0]];
	expect(headers).not.toHaveProperty('x-superoffice-signature');
});

it('goes only to webhooks of that event, of that tenant', async () => {
	await target.register('sale.sold');
	const other = api.online.addTenant().contextIdentifier;
	const targetUrl = `https://${host}/other`;
	api.online.webhooks.add(other, { events: ['sale.sold'], targetUrl, name: 'Other' });
	raise('sale.sold', 1);
	raise('sale.lost', 2);
	expect(await target.events()).toEqual(['sale.sold 1']);
	expect(target.received[0]!.path).toBe('/in?key=1');
});

it('any event can be raised by the API, under any name', async () => {
	await target.register('My.Own');
	expect((await call('POST', 'Webhook/My.Own/5', { a: 1 })).status).toBe(204);
	const [{ body, headers }] = (await target.calls()) as [(typeof target.received)[0]];
	expect(body).toMatchObject({ Event: 'My.Own', Entity: 'My', PrimaryKey: 5, Values: { a: 1 } });
	expect(headers['x-superoffice-event']).toBe('My.Own');
	expect(await refusal('POST', 'Webhook/my.own/5', [])).toMatch(/^400/);
});

describe('a target that does not take an event', () => {
	it('gets it again under the same id, up to twice', async () => {
		await target.register('x.y');
		target.next = [500, 0];
		const eventId = raise('x.y', 1);
		const calls = await target.calls();
		expect(ids()).toEqual([eventId, eventId, eventId]);
		expect(calls.map(({ headers }) => headers['x-superoffice-retry'])).toEqual([
			undefined,
			'1',
			'2',
		]);
		expect(new Set(calls.map(({ text }) => text)).size).toBe(1);
		expect(await state()).toMatchObject({
			...{ TotalCalls: 3, TotalErrors: 2, ConsecutiveErrors: 0, State: 'Active' },
		});
	});

	it('gets it again under a new id after the third time', async () => {
		await target.register('x.y');
		target.next = [202, 204, 302];
		const eventId = raise('x.y', 1);
		await target.calls();
		const [, , , later] = ids();
		expect(ids()).toEqual([eventId, eventId, eventId, later]);
		expect(later).toMatch(uuid);
		expect(later).not.toBe(eventId);
		expect(target.received[3]!.headers['x-superoffice-retry']).toBeUndefined();
	});

	it('gets nothing more after nine times in a row', async () => {
		await target.register('x.y');
		target.next = Array<number>(9).fill(503);
		raise('x.y', 1);
		expect(await target.calls()).toHaveLength(9);
		expect(new Set(ids()).size).toBe(3);
		raise('x.y', 2);
		expect(await target.calls()).toHaveLength(9);
		expect(await state()).toMatchObject({
			...{ State: 'TooManyErrors', TotalCalls: 9, TotalErrors: 9, ConsecutiveErrors: 9 },
			LastError: expect.stringContaining('503'),
		});
		expect(await done('GET', 'Webhook/1/LastError')).toContain('503');
	});

	it('stays active where one of nine was taken', async () => {
		await target.register('x.y');
		target.next = [...Array<number>(8).fill(500), 200, ...Array<number>(8).fill(500)];
		raise('x.y', 1);
		raise('x.y', 2);
		await target.calls();
		expect(await state()).toMatchObject({ State: 'Active', ConsecutiveErrors: 0 });
	});

	it('is left alone at once when it says that it is gone', async () => {
		await target.register('x.y');
		target.next = [410];
		raise('x.y', 1);
		expect(await target.calls()).toHaveLength(1);
		expect((await state()).State).toBe('TooManyErrors');
	});

	it('fails by the code of why there was no answer', async () => {
		await target.register('x.y');
		api.online.webhooks.route(host);
		raise('x.y', 1);
		await target.calls();
		expect(await state()).toMatchObject({
			State: 'TooManyErrors',
			LastError: expect.stringContaining('ENOTFOUND'),
		});
		const { attempts } = api.online.webhooks;
		expect(attempts.at(-1)).toEqual({
			...{ webhookId: 1, event: 'x.y', retry: 2, outcome: 'ENOTFOUND' },
			eventId: expect.stringMatching(uuid),
			milliseconds: expect.any(Number),
			startedAt: expect.any(Date),
		});
	});
});

describe('a webhook that is stopped', () => {
	it.each([
		['PATCH', replace('State', 'Active')],
		['PUT', webhook(['x.y'])],
	] as const)('starts again by %s, without what was raised meanwhile', async (method, body) => {
		await target.register('x.y');
		await done('PATCH', 'Webhook/1', replace('State', 'Stopped'));
		raise('x.y', 1);
		api.online.webhooks.stop(api.tenant.contextIdentifier, 1);
		expect(await state()).toMatchObject({ State: 'TooManyErrors', ConsecutiveErrors: 9 });
		raise('x.y', 2);
		expect(await done(method, 'Webhook/1', body)).toMatchObject({
			...{ State: 'Active', ConsecutiveErrors: 0 },
		});
		raise('x.y', 3);
		expect(await target.events()).toEqual(['x.y 3']);
	});

	it('does not get what was waiting for another try, though it is started again', async () => {
		await target.register('x.y');
		api.online.webhooks.speed = 0.001;
		target.next = [500];
		raise('x.y', 1);
		while (!(await state()).TotalErrors) await new Promise(setImmediate);
		await done('PATCH', 'Webhook/1', replace('State', 'Stopped'));
		await done('PATCH', 'Webhook/1', replace('State', 'Active'));
		expect(await target.calls()).toHaveLength(1);
	});

	it('counts nothing of what was under way when it was stopped', async () => {
		await target.register('x.y');
		const release = target.hold();
		target.next = [500];
		raise('x.y', 1);
		while (target.received.length < 1) await new Promise(setImmediate);
		api.online.webhooks.stop(api.tenant.contextIdentifier, 1);
		await done('PATCH', 'Webhook/1', replace('State', 'Active'));
		release();
		expect(await target.calls()).toHaveLength(1);
		expect(await state()).toMatchObject({ TotalErrors: 1, ConsecutiveErrors: 0 });
	});

	it('is not tried again once it is deleted, by the API or behind its back', async () => {
		api.online.webhooks.speed = 0.001;
		for (const id of [1, 2]) {
			await target.register('x.y');
			target.next = [500];
			raise('x.y', id);
			const read = async () => await done('GET', `Webhook/${id}`);
			while (!(await read()).TotalErrors) await new Promise(setImmediate);
			if (id === 1) await done('DELETE', 'Webhook/1');
			else api.online.webhooks.remove(api.tenant.contextIdentifier, 2);
			expect(await target.calls()).toHaveLength(id);
		}
		expect(await done('GET', 'Webhook')).toEqual([]);
	});
});

it('many events go at once, and none is lost', async () => {
	await target.register('x.y');
	const release = target.hold();
	for (let key = 1; key <= 120; key++) raise('x.y', key);
	while (target.received.length < 50) await new Promise(setImmediate);
	release();
	const calls = await target.calls();
	expect(target.mostAtOnce).toBe(50);
	expect(new Set(calls.map(({ body }) => body.PrimaryKey)).size).toBe(120);
});

it('nothing goes on after the service has been closed', async () => {
	const online = await startSuperOfficeOnline();
	const { contextIdentifier } = online.addTenant();
	online.webhooks.route(host, target.port);
	online.webhooks.add(contextIdentifier, { events: ['x.y'], targetUrl: `https://${host}/` });
	const release = target.hold();
	for (let key = 1; key <= 60; key++) online.webhooks.raise(contextIdentifier, 'x.y', key);
	while (target.received.length < 50) await new Promise(setImmediate);
	await online.close();
	await online.webhooks.done();
	expect(online.webhooks.attempts).toHaveLength(50);
	online.webhooks.raise(contextIdentifier, 'x.y', 61);
	await online.webhooks.done();
	release();
	expect(online.webhooks.attempts).toHaveLength(50);
	expect(target.received).toHaveLength(50);
});
