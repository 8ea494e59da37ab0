import { useTrigger } from './use-trigger';

const so = useTrigger();

const options = { includeRecord: true };

const looksUp = () => so.n8n.online.apiCalls(so.tenant.contextIdentifier)['GET /v1/Contact/{id}'];

test('the record is there, as the SuperOffice node gives it', async () => {
	const trigger = await so.published({ options });
	so.tenant.data.update('Contact', 1, ({ values }) =>
		Object.assign(values, { Category: 1, Department: 'Oslo' }),
	);
	await so.settle();
	expect(so.items(trigger)).toMatchObject([
		{
			Event: 'contact.changed',
			record: { ContactId: 1, Department: 'Oslo', CategoryId: 1, Category: expect.any(String) },
		},
	]);
});

test('a burst of one record is looked up once', async () => {
	const trigger = await so.published({ options });
	so.n8n.online.resetCounts();
	for (let count = 0; count < 20; count++) {
		so.n8n.online.webhooks.raise(so.tenant.contextIdentifier, 'contact.changed', 1);
	}
	await so.settle();
	expect(so.items(trigger)).toHaveLength(20);
	for (const { record } of so.items(trigger)) expect(record).toMatchObject({ ContactId: 1 });
	// More than one only where the machine is too busy to deliver all of them in half a second.
	expect(looksUp()).toBeLessThan(10);
});

test('a later change is looked up again', async () => {
	const trigger = await so.published({ options });
	for (const Department of ['One', 'Two']) {
		so.tenant.data.update('Contact', 1, ({ values }) => (values.Department = Department));
		await so.settle();
	}
	expect(so.items(trigger)).toMatchObject([
		{ record: { Department: 'One' } },
		{ record: { Department: 'Two' } },
	]);
});

test('one that is gone is null', async () => {
	const trigger = await so.published({
		events: ['contact.changed', 'contact.softdeleted'],
		options,
	});
	so.tenant.data.remove('Contact', 2);
	await so.settle();
	await so.raise('contact.changed', 2);
	expect(so.items(trigger).map(({ Event, record }) => [Event, record])).toEqual([
		['contact.softdeleted', null],
		['contact.changed', null],
	]);
});

test('an event is not lost where its record cannot be read', async () => {
	const trigger = await so.published({ options });
	so.n8n.online.misbehave({ at: 'api', kind: 'status', status: 403, path: /Contact\/1$/ });
	await so.raise('contact.changed', 1);
	const [item] = so.items(trigger);
	expect(item).toMatchObject({
		Event: 'contact.changed',
		recordError: expect.stringContaining('403'),
	});
	expect(item).not.toHaveProperty('record');
});

test('events that are not about a record come as they are', async () => {
	const trigger = await so.published({
		events: ['quote.sent'],
		customEvents: 'list.category.changed',
		options,
	});
	await so.raise('quote.sent', 3);
	await so.raise('list.category.changed', 4);
	expect(so.items(trigger)).toHaveLength(2);
	for (const item of so.items(trigger)) expect(item).not.toHaveProperty('record');
});
