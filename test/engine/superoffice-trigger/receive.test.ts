import { setTimeout as sleep } from 'node:timers/promises';

import { useTrigger } from './use-trigger';

const so = useTrigger();

/** An event as SuperOffice sends it, signed with the webhook's secret. */
function signed(
	body: object | string,
	secret = so.hooks[0]!.secret,
): [string, Record<string, string>] {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const signature = so.n8n.online.webhooks.sign(secret, text);
	return [text, { 'X-SuperOffice-Signature': signature, 'Content-Type': 'application/json' }];
}

const event = (changes: object = {}) => ({
	EventId: crypto.randomUUID(),
	Timestamp: '2026-11-30T08:00:00.1234567Z',
	Changes: ['category_idx', 'updated'],
	Event: 'contact.changed',
	PrimaryKey: 5,
	Entity: 'contact',
	ContextIdentifier: so.tenant.contextIdentifier,
	ChangedByAssociateId: 7,
	WebhookName: 'n8n',
	...changes,
});

test('a change of a record starts the workflow with the event as it came', async () => {
	const trigger = await so.published({ events: ['contact.changed', 'contact.created'] });
	const { contextIdentifier } = so.tenant;
	so.tenant.data.update('Contact', 1, ({ values }) => (values.Department = 'Stavanger Æ'));
	await so.settle();
	expect(so.items(trigger)).toEqual([
		{
			EventId: expect.stringMatching(/^[\da-f-]{36}$/),
			Timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
			Changes: ['contact_id', 'department', 'updated', 'updated_associate_id', 'updatedCount'],
			Event: 'contact.changed',
			PrimaryKey: 1,
			Entity: 'contact',
			ContextIdentifier: contextIdentifier,
			ChangedByAssociateId: 2,
			WebhookName: so.hooks[0]!.name,
		},
	]);
	expect(so.items(trigger, 1)).toEqual([]);
});

test('many events at once start one execution each', async () => {
	const trigger = await so.published();
	const { contextIdentifier } = so.tenant;
	for (let key = 1; key <= 100; key++) {
		so.n8n.online.webhooks.raise(contextIdentifier, 'contact.changed', key);
	}
	await so.settle();
	expect(trigger.executions).toHaveLength(100);
	const keys = so.items(trigger).map(({ PrimaryKey }) => Number(PrimaryKey));
	expect(new Set(keys).size).toBe(100);
});

describe('what is not SuperOffice’s starts nothing', () => {
	const refused = async (
		trigger: { url(isTest: boolean): string },
		[body, headers]: [string | Buffer, Record<string, string>],
	) => await so.post(trigger.url(false), body, headers);

	test('without a signature, or with a wrong one', async () => {
		const trigger = await so.published();
		const body = JSON.stringify(event());
		const [, right] = signed(body);
		const wrong = [
			{},
			{ 'X-SuperOffice-Signature': '' },
			{ 'X-SuperOffice-Signature': 'x' },
			{ 'X-SuperOffice-Signature': right['X-SuperOffice-Signature']!.replace(/^./, '~') },
			signed(body, 'another secret')[1],
			signed(`${body} `)[1],
			signed(body, so.n8n.online.application.clientSecret)[1],
		];
		for (const headers of wrong) expect(await refused(trigger, [body, headers])).toBe(401);
		expect(await refused(trigger, [`${body} `, right])).toBe(401);
		expect(await refused(trigger, ['', {}])).toBe(401);
		await so.settle();
		expect(trigger.executions).toEqual([]);
		expect(await refused(trigger, [body, right])).toBe(200);
		await so.settle();
		expect(trigger.executions).toHaveLength(1);
	});

	test('signed for another webhook', async () => {
		const trigger = await so.published();
		const other = so.trigger({}, { settings: { id: 'other', webhookId: 'other' } });
		await other.publish();
		expect(await refused(trigger, signed(event(), so.hooks[1]!.secret))).toBe(401);
		await trigger.createWebhook('manual', 'manual');
		const test = so.hooks.find(({ targetUrl }) => targetUrl === trigger.url(true))!;
		expect(await refused(trigger, signed(event(), test.secret))).toBe(401);
		expect(so.items(trigger)).toEqual([]);
	});

	test('from another tenant, though signed', async () => {
		const trigger = await so.published();
		const body = event({ ContextIdentifier: 'Cust99999' });
		expect(await refused(trigger, signed(body))).toBe(401);
		const same = so.tenant.contextIdentifier.toUpperCase();
		expect(await refused(trigger, signed(event({ ContextIdentifier: same })))).toBe(200);
		await so.settle();
		expect(so.items(trigger)).toHaveLength(1);
	});

	test('over 2 MB', async () => {
		const trigger = await so.published();
		const body = event({ Padding: 'x'.repeat(2 * 1024 ** 2) });
		expect(await refused(trigger, signed(body))).toBe(413);
		expect(await refused(trigger, signed(event({ Padding: 'x'.repeat(1024 ** 2) })))).toBe(200);
	});

	test.each(['', 'null', '[]', '"text"', '{"Event":5}', '{"Event":"contact.changed"}', '{'])(
		'signed, but no event: %s',
		async (body) => {
			const trigger = await so.published();
			expect(await refused(trigger, signed(body))).toBe(400);
			expect(trigger.executions).toEqual([]);
		},
	);

	test('200 forgeries are one line in the log', async () => {
		const trigger = await so.published();
		const log = await so.listening(async () => {
			for (let count = 0; count < 200; count++) {
				expect(await refused(trigger, signed(event(), `guess ${count}`))).toBe(401);
			}
		});
		expect(trigger.executions).toEqual([]);
		const lines = log.filter((line) => line.includes('refused a call of its webhook'));
		expect(lines).toHaveLength(1);
	});
});

describe('an event starts the workflow once', () => {
	test('though SuperOffice sends it again', async () => {
		const trigger = await so.published();
		const eventId = await so.raise('contact.changed', 5);
		await so.raise('contact.changed', 5, { eventId });
		await so.raise('contact.changed', 6);
		expect(so.items(trigger).map(({ PrimaryKey }) => PrimaryKey)).toEqual([5, 6]);
	});

	test('though it comes twice at the same time', async () => {
		const trigger = await so.published();
		const call = signed(event());
		const answers = await Promise.all(
			Array.from({ length: 5 }, async () => await so.post(trigger.url(false), ...call)),
		);
		await so.settle();
		expect(answers).toEqual([200, 200, 200, 200, 200]);
		expect(trigger.executions).toHaveLength(1);
	});

	test('though n8n was restarted in between', async () => {
		const trigger = await so.published();
		const first = await so.raise('contact.changed', 1);
		for (let key = 2; key <= 200; key++) await so.raise('contact.changed', key);
		so.restart();
		await so.raise('contact.changed', 1, { eventId: first });
		await so.raise('contact.changed', 201);
		so.restart();
		await so.raise('contact.changed', 2, {
			eventId: so.n8n.online.webhooks.attempts.at(-1)!.eventId,
		});
		expect(so.items(trigger)).toHaveLength(201);
		expect(JSON.stringify(trigger.staticData).length).toBeLessThan(10_000);
	});

	test('though only the body says which it is', async () => {
		const trigger = await so.published();
		const [body, headers] = signed(event());
		for (const id of ['1', '2']) {
			await so.post(trigger.url(false), body, { ...headers, 'X-SuperOffice-EventId': id });
		}
		await so.settle();
		expect(trigger.executions).toHaveLength(1);
	});
});

describe('filters', () => {
	test('only changes of certain columns', async () => {
		const trigger = await so.published({
			events: ['contact.changed', 'contact.created', 'contact.softdeleted'],
			options: { changedFields: 'Category_IDX , orgNr' },
		});
		await so.raise('contact.changed', 1, { changes: ['name', 'updated'] });
		await so.raise('contact.changed', 2, { changes: ['category_idx', 'updated'] });
		await so.raise('contact.changed', 3, { changes: ['orgnr'] });
		await so.raise('contact.created', 4, { changes: ['name'] });
		await so.raise('contact.softdeleted', 5);
		expect(so.items(trigger).map(({ PrimaryKey }) => PrimaryKey)).toEqual([2, 3, 4, 5]);
		expect(new Set(so.n8n.online.webhooks.attempts.map(({ outcome }) => outcome))).toEqual(
			new Set([200]),
		);
	});

	test('not what was changed with this credential', async () => {
		const trigger = await so.published({ options: { ignoreOwnChanges: true } });
		so.n8n.online.resetCounts();
		await so.raise('contact.changed', 1, { changedBy: 2 });
		await so.raise('contact.changed', 2, { changedBy: 7 });
		await so.raise('contact.changed', 3, { changedBy: 2 });
		expect(so.items(trigger).map(({ PrimaryKey }) => PrimaryKey)).toEqual([2]);
		expect(so.n8n.online.counts.currentPrincipal).toBe(1);
	});

	test('an event is not lost where it cannot be told who made the change', async () => {
		const trigger = await so.published({ options: { ignoreOwnChanges: true } });
		so.n8n.online.misbehave({ at: 'api', kind: 'status', status: 403, path: /currentPrincipal/i });
		const log = await so.listening(async () => void (await so.raise('contact.changed', 1)));
		expect(so.items(trigger)).toHaveLength(1);
		expect(log.join('\n')).toContain('cannot tell its own changes from others’');
	});
});

test('whose changes are the node’s own goes by the credential as it is now', async () => {
	const trigger = await so.published({ options: { ignoreOwnChanges: true } });
	await so.raise('contact.changed', 1);
	so.n8n.useCredential(so.tenant.contextIdentifier, { systemUserToken: 'is no longer one' });
	// The credential is believed to be the same for five seconds.
	await sleep(5100);
	await so.raise('contact.changed', 2);
	expect(so.items(trigger)).toMatchObject([{ PrimaryKey: 2 }]);
});
