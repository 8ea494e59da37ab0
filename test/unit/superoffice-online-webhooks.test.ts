import { createHmac } from 'node:crypto';
import { replace, useRecordsApi } from './support/records-api';
import { host, useWebhookTarget, webhook } from './support/webhook-target';

const api = useRecordsApi();
const target = useWebhookTarget(api);
const { call, done, refusal } = api;

const names = async (query: string) =>
	((await done('GET', `Webhook?${query}`)) as Array<{ Name: string }>).map(({ Name }) => Name);

describe('a webhook', () => {
	it('starts from what the documents show', async () => {
		expect(await done('GET', 'Webhook/default')).toMatchObject({
			WebhookId: 0,
			Name: null,
			Events: ['contact.created', 'contact.deleted'],
			TargetUrl: null,
			Secret: null,
			State: 'Active',
			Type: 'webhook',
			Headers: null,
			Properties: null,
			Registered: '0001-01-01T00:00:00',
			RegisteredAssociate: null,
			Updated: '0001-01-01T00:00:00',
			UpdatedAssociate: null,
			ErrorsEmail: null,
		});
	});

	it('is registered, read, listed and deleted, and keeps its secret to itself', async () => {
		const sent = webhook(['contact.created', 'my.own'], {
			Headers: { 'X-Own': 'yes' },
			Properties: { nested: { of: [1] } },
			ErrorEmails: ['ops@example.com'],
			ErrorAssociates: [{ Id: 4, Name: 'ignored' }],
			NotifyVia: 'Email',
			NotifyWhen: 'FirstFailure, Disabling',
		});
		const created = await done('POST', 'Webhook', sent);
		expect(created).toMatchObject({
			...sent,
			WebhookId: 1,
			Secret: null,
			ErrorAssociates: [{ Id: 4 }],
			State: 'Active',
			Registered: expect.stringMatching(/^20\d\d-.*Z$/),
			RegisteredAssociate: { AssociateId: 2 },
			UpdatedAssociate: { AssociateId: 2 },
			...{ TotalCalls: 0, TotalErrors: 0, ConsecutiveErrors: 0, LastError: '' },
		});
		expect(await done('GET', 'Webhook/1')).toEqual(created);
		expect(await done('GET', 'Webhook')).toEqual([created]);
		const { contextIdentifier } = api.tenant;
		expect(api.online.webhooks.of(contextIdentifier)[0]!.secret).toBe('a secret');
		expect(await call('DELETE', 'Webhook/1')).toMatchObject({ status: 204, data: '' });
		expect(await refusal('GET', 'Webhook/1')).toBe(
			'404 SoNotFoundException: Webhook id 1 not found',
		);
		expect(await done('GET', 'Webhook')).toEqual([]);
	});

	it('is found by its name, its events and its state', async () => {
		await done('POST', 'Webhook', webhook(['sale.sold'], { Name: 'Sales to ERP' }));
		await done('POST', 'Webhook', webhook(['contact.created'], { State: 'Stopped' }));
		expect(await names('nameFilter=Sales')).toEqual(['Sales to ERP']);
		expect(await names('eventFilter=contact.created')).toEqual(['ERP']);
		expect(await names('statusFilter=Stopped')).toEqual(['ERP']);
		expect(await names('statusFilter=Active&eventFilter=contact.created')).toEqual([]);
		expect(await refusal('GET', 'Webhook?statusFilter=Paused')).toMatch(/^400 .*statusFilter/);
		expect(await refusal('GET', 'Webhook?$top=1')).toMatch(/^400 .*\$top/);
	});

	it.each([
		['an unknown property', { Url: 'x' }, "Unknown property 'Url'"],
		['no name', { Name: '' }, 'Name is missing'],
		['no events', { Events: [] }, 'Events are missing'],
		['events that are no texts', { Events: [1] }, 'Events'],
		['events of over 4000 characters', { Events: ['x'.repeat(2000), 'y'.repeat(2000)] }, '4000'],
		['no URL', { TargetUrl: null }, 'TargetUrl is missing'],
		['a long URL', { TargetUrl: `https://${host}/${'x'.repeat(4000)}` }, '4000'],
		['half a URL', { TargetUrl: 'https://' }, 'is no URL'],
		['a long name', { Name: 'x'.repeat(401) }, '400'],
		['another kind of value', { Secret: 5 }, 'Secret'],
		['headers that are no texts', { Headers: { 'X-Own': 1 } }, 'Headers'],
		['an unknown state', { State: 'Paused' }, 'State'],
		['an unknown way to notify', { NotifyVia: 'Email, InApp' }, 'NotifyVia'],
		['associates without ids', { ErrorAssociates: ['Eva'] }, 'ErrorAssociates'],
	])('with %s is refused, and nothing is called', async (_what, changes, words) => {
		const answer = await refusal('POST', 'Webhook', webhook(['sale.sold'], changes));
		expect(answer).toMatch(/^400 ArgumentException: /);
		expect(answer).toContain(words);
		expect(target.tests).toEqual([]);
		expect(await done('GET', 'Webhook')).toEqual([]);
	});

	it('must be secure, in SuperOffice’s words', async () => {
		const insecure = webhook(['sale.sold'], { TargetUrl: 'http://www.example.com' });
		expect((await call('POST', 'Webhook', insecure)).data).toEqual({
			Error: true,
			ErrorType: 'ArgumentException',
			Message: "Webhook TargetUrl must be secure: 'HTTPS:' not found in http://www.example.com",
			ErrorSource: 'SuperOffice.Services.Implementation',
		});
		expect(await refusal('POST', 'Webhook/Test', insecure)).toMatch(/^400 .*must be secure/);
	});

	it('of another application is not shown, nor changed', async () => {
		const { contextIdentifier } = api.tenant;
		const foreign = { name: 'Other', targetUrl: `https://${host}/other`, isForeign: true };
		const { id } = api.online.webhooks.add(contextIdentifier, foreign);
		expect(await done('GET', 'Webhook')).toEqual([]);
		for (const method of ['GET', 'PATCH', 'PUT'] as const) {
			expect(await refusal(method, `Webhook/${id}`, webhook(['sale.sold']))).toMatch(/^404/);
		}
		expect((await call('DELETE', `Webhook/${id}`)).status).toBe(204);
		expect(api.online.webhooks.of(contextIdentifier)).toHaveLength(1);
		expect(target.tests).toEqual([]);
	});
});

describe('saving', () => {
	it('calls the target with the test event, signed', async () => {
		await target.register('sale.sold');
		const [{ method, path, headers, text, body }] = target.tests as [(typeof target.tests)[0]];
		expect({ method, path, count: target.tests.length }).toEqual({
			...{ method: 'POST', path: '/in?key=1', count: 1 },
		});
		const signature = createHmac('sha256', 'a secret').update(text).digest('base64');
		expect(headers).toMatchObject({
			host,
			'content-type': 'application/json; charset=utf-8',
			'user-agent': expect.stringMatching(/^NetServer-Webhook\//),
			'x-superoffice-event': 'test',
			'x-superoffice-signature': signature,
			'x-hook-test': 'true',
		});
		expect(body).toMatchObject({
			...{ Event: 'test', PrimaryKey: 0, Entity: 'test', Changes: [], WebhookName: 'ERP' },
			ContextIdentifier: api.tenant.contextIdentifier,
		});
	});

	it.each([
		['another status', 204, '204'],
		['no answer', 0, 'ECONNRESET'],
	])('fails where the target gives %s', async (_what, status, words) => {
		target.next = [status];
		const answer = await refusal('POST', 'Webhook', webhook(['sale.sold']));
		expect(answer).toMatch(/^400 ArgumentException: /);
		expect(answer).toContain(words);
		expect(await done('GET', 'Webhook')).toEqual([]);
		await target.register('sale.sold');
		target.next = [status];
		expect(await refusal('PUT', 'Webhook/1', webhook(['sale.lost']))).toContain(words);
		expect((await done('GET', 'Webhook/1')).Events).toEqual(['sale.sold']);
	});

	it('fails where the host is unknown, or answers too late', async () => {
		api.online.webhooks.route(host);
		expect(await refusal('POST', 'Webhook', webhook(['x.y']))).toContain('ENOTFOUND');
		api.online.webhooks.route(host, target.port);
		api.online.webhooks.timeout = 20;
		const release = target.hold();
		expect(await refusal('POST', 'Webhook', webhook(['x.y']))).toContain('ETIMEDOUT');
		release();
		api.online.webhooks.timeout = 10_000;
	});

	it('can be tried beforehand', async () => {
		const draft = { TargetUrl: `https://${host}/`, Secret: 'x' };
		expect(await done('POST', 'Webhook/Test', draft)).toEqual({ Success: true, Message: 'OK' });
		target.next = [500];
		expect(await done('POST', 'Webhook/Test', draft)).toMatchObject({
			Success: false,
			Message: expect.stringContaining('500'),
		});
		expect(await done('GET', 'Webhook')).toEqual([]);
	});

	it('as a whole empties what is missing, the secret too', async () => {
		await done('POST', 'Webhook', webhook(['sale.sold'], { Headers: { 'X-Own': 'yes' } }));
		const others = webhook(['sale.lost'], { Secret: undefined });
		expect(await done('PUT', 'Webhook/1', { ...others, WebhookId: 1 })).toMatchObject({
			...{ ...others, Secret: null, Headers: null },
		});
		expect(target.tests).toHaveLength(2);
		expect(target.tests[1]!.headers['x-superoffice-signature']).toBeUndefined();
		expect(api.online.webhooks.of(api.tenant.contextIdentifier)[0]!.secret).toBe('');
		expect(await refusal('PUT', 'Webhook/1', { ...others, WebhookId: 2 })).toMatch(/^400/);
		expect(await refusal('PUT', 'Webhook/7', others)).toMatch(/^404/);
		expect(target.tests).toHaveLength(2);
	});

	it('of a crmscript calls nothing', async () => {
		const script = webhook(['sale.sold'], { Type: 'crmscript', TargetUrl: 'My include' });
		await done('POST', 'Webhook', script);
		expect(target.tests).toEqual([]);
	});
});

describe('a change', () => {
	const secret = () => api.online.webhooks.of(api.tenant.contextIdentifier)[0]!.secret;
	beforeEach(async () => {
		await done('POST', 'Webhook', webhook(['sale.sold'], { Headers: { 'X-Own': 'yes' } }));
	});

	it('does not call the target, and leaves all else', async () => {
		const before = await done('GET', 'Webhook/1');
		api.online.advance(60_000);
		const after = await done('PATCH', 'Webhook/1', replace('/state', 'Stopped'));
		expect(after).toEqual({ ...before, State: 'Stopped', Updated: after.Updated });
		expect(Date.parse(after.Updated)).toBeGreaterThan(Date.parse(before.Updated));
		expect(secret()).toBe('a secret');
		expect(target.tests).toHaveLength(1);
	});

	it('reaches into lists and maps', async () => {
		expect(
			await done('PATCH', 'Webhook/1', [
				{ op: 'test', path: 'Events/0', value: 'sale.sold' },
				{ op: 'add', path: 'Events/-', value: 'sale.lost' },
				{ op: 'remove', path: 'Events/0' },
				{ op: 'add', path: 'Headers/X-Two', value: '2' },
				{ op: 'remove', path: 'Headers/X-Own' },
			]),
		).toMatchObject({ Events: ['sale.lost'], Headers: { 'X-Two': '2' } });
	});

	it('can be an object', async () => {
		const patch = { Headers: { 'X-Two': '2' }, Events: ['sale.lost'], Secret: 'new' };
		expect(await done('PATCH', 'Webhook/1', patch)).toMatchObject({
			Events: ['sale.lost'],
			Headers: { 'X-Own': 'yes', 'X-Two': '2' },
			Secret: null,
		});
		expect(secret()).toBe('new');
		await done('PATCH', 'Webhook/1', { Secret: null });
		expect(secret()).toBe('');
	});

	it.each([
		['an unknown property', replace('Url', 'x'), 400],
		['what is read-only', replace('TotalCalls', 0), 400],
		['a move', [{ op: 'move', path: 'Name', from: 'Description' }], 400],
		['a place that is not there', [{ op: 'replace', path: 'Events/3', value: 'x' }], 400],
		['a wrong value', replace('State', 'Paused'), 400],
		['http', replace('TargetUrl', 'http://x.example'), 400],
		['a failed test', [{ op: 'test', path: 'Name', value: 'x' }], 409],
	])('of %s is refused', async (_what, patch, status) => {
		const before = await done('GET', 'Webhook/1');
		expect(await refusal('PATCH', 'Webhook/1', patch)).toMatch(new RegExp(`^${status}`));
		expect(await done('GET', 'Webhook/1')).toEqual(before);
	});

	it('may go by when it was last saved', async () => {
		const since = new Date(api.online.now().getTime() - 60_000).toUTCString();
		const headers = { 'If-Unmodified-Since': since };
		const answer = await call('PATCH', 'Webhook/1', replace('State', 'Stopped'), headers);
		expect(answer).toMatchObject({ status: 412, data: '' });
	});
});

describe('an application without the right', () => {
	it.each([
		['notGranted', /^403 .*not authorized/],
		['notApproved', /^403 .*approved again/],
	] as const)('%s is refused everything, and calls nothing', async (setting, words) => {
		api.tenant.settings.webhooks = setting;
		expect(await refusal('GET', 'Webhook')).toMatch(words);
		expect(await refusal('POST', 'Webhook', webhook(['sale.sold']))).toMatch(words);
		expect(await refusal('DELETE', 'Webhook/1')).toMatch(words);
		expect(await refusal('POST', 'Webhook/Test', webhook(['sale.sold']))).toMatch(words);
		expect(await refusal('POST', 'Webhook/my.event/1', {})).toMatch(words);
		expect(target.tests).toEqual([]);
	});
});
