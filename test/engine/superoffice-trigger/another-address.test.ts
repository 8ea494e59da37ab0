import { host, useTrigger } from './use-trigger';

const so = useTrigger();

test('at another address, n8n has another webhook, and takes no event twice', async () => {
	const moved = 'moved.example.com';
	const trigger = await so.published();
	await so.raise('contact.changed', 1);
	await trigger.stopTrigger();
	so.restart();
	// What WEBHOOK_URL does.
	Object.assign(trigger, { address: { webhookUrl: `https://${moved}/` } });
	so.n8n.online.webhooks.route(moved, so.port);
	await trigger.publish('init');
	await so.settle();
	expect(so.hooks.map(({ targetUrl }) => new URL(targetUrl).host)).toEqual([host, moved]);
	expect(so.items(trigger, 1)).toMatchObject([{ event: 'trigger.gap', reason: 'deleted' }]);
	await so.raise('contact.changed', 2);
	expect(so.items(trigger).map(({ PrimaryKey }) => PrimaryKey)).toEqual([1, 2]);
	expect(so.hooks.map(({ state }) => state)).toEqual(['TooManyErrors', 'Active']);
	await so.tick(trigger);
	expect(so.hooks.map(({ state }) => state)).toEqual(['TooManyErrors', 'Active']);
});
