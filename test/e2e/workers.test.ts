import { httpRequestNode, numbered, ticketNode } from '../engine/support/workflows';
import { tell, testWhere, useRealN8n, webhookWorkflow } from './support/n8n';
import { isPostgresThere, startPostgres } from './support/postgres';
import { isRedisThere, startRedis } from './support/redis';

const real = useRealN8n();
const testWithServers = testWhere({
	'redis-server': isRedisThere(),
	postgresql: isPostgresThere(),
});

testWithServers('queue mode: a server and two workers share one ticket', async () => {
	const { n8n, online } = real;
	const [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
	try {
		n8n.useDatabase(postgres.env);
		const tenant = await real.useNewTenant();
		const url = `https://online.superoffice.com/${tenant}/api/v1/Contact/1`;
		const request = webhookWorkflow('request', httpRequestNode(url));
		const ticket = webhookWorkflow('ticket', ticketNode());
		await n8n.importWorkflows(request, ticket);
		const server = await n8n.startWithWorkers(redis.port, 2);
		for (const { id } of [request, ticket]) await server.publish(id);
		online.resetCounts();
		expect(await server.callWebhook('request')).toMatchObject({
			status: 200,
			body: { Name: online.tenant(tenant).companyName },
		});
		tell('exchanges: the first call, by one of two workers', online.counts.exchanges);
		expect(online.counts.exchanges).toBe(1);

		const calls = numbered(10).flatMap(() => ['request', 'ticket']);
		const answers = await Promise.all(calls.map((id) => server.callWebhook(id)));
		expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
		const tickets = answers.flatMap(({ body }) => body.ticket ?? []);
		expect(new Set(tickets).size).toBe(1);
		expect(online.isLive(String(tickets[0]), tenant)).toBe(true);
		tell('exchanges: 20 more at once, by both workers', online.counts.exchanges);
		expect(online.counts.exchanges).toBe(1);
		const ran = n8n.workersThatRan();
		tell('workers that had a part in it', ran);
		expect(ran).toBe(2);
	} finally {
		await n8n.stop();
		await Promise.all([redis.stop(), postgres.stop()]);
	}
});
