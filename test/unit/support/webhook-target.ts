import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RecordsApi } from './records-api';

/** The host that webhooks call. */
export const host = 'hooks.example.com';

/** A call of the target. */
export interface Received {
	method: string;
	path: string;
	headers: IncomingHttpHeaders;
	text: string;
	/** The text as JSON */
	body: Record<string, unknown>;
}

/** What webhooks call: the local service leads a host to it. */
export interface WebhookTarget {
	port: number;
	/** All calls since the test began, but for those with the test event */
	received: Received[];
	/** Those with the test event */
	tests: Received[];
	/** The statuses of the next answers, after which it answers 200; 0 is no answer at all */
	next: number[];
	/** Has answers wait until the function that it returns is called. */
	hold(): () => void;
	/** The most calls that waited for their answers at the same time */
	mostAtOnce: number;
	/** Registers a webhook for some events, and answers with it. */
	register(...events: string[]): Promise<Record<string, unknown>>;
	/** The calls, once no event is on its way. */
	calls(): Promise<Received[]>;
	/** Their events and ids of records: "contact.changed 2" */
	events(): Promise<string[]>;
}

export const webhook = (events: string[], changes: object = {}) => ({
	Name: 'ERP',
	Events: events,
	TargetUrl: `https://${host}/in?key=1`,
	Secret: 'a secret',
	...changes,
});

/** Runs a target for the tests of one file. Every test starts with a route to it, and with time between tries short. */
export function useWebhookTarget(api: RecordsApi): WebhookTarget {
	let server: Server;
	let held: Promise<void> | undefined;
	let open = 0;
	const target: WebhookTarget = {
		port: 0,
		received: [],
		tests: [],
		next: [],
		mostAtOnce: 0,
		hold() {
			let release!: () => void;
			held = new Promise((resolve) => (release = resolve));
			return () => {
				held = undefined;
				release();
			};
		},
		register: (...events) => api.done('POST', 'Webhook', webhook(events)),
		async calls() {
			await api.online.webhooks.done();
			return target.received;
		},
		async events() {
			const calls = await target.calls();
			return calls.map(({ body }) => `${String(body.Event)} ${String(body.PrimaryKey)}`);
		},
	};
	beforeAll(async () => {
		server = createServer(async (request, response) => {
			open += 1;
			target.mostAtOnce = Math.max(target.mostAtOnce, open);
			const chunks: Buffer[] = [];
			for await (const chunk of request) chunks.push(chunk as Buffer);
			const text = Buffer.concat(chunks).toString('utf8');
			const { method = '', url: path = '', headers } = request;
			const isTest = headers['x-hook-test'] !== undefined;
			(isTest ? target.tests : target.received).push({
				...{ method, path, headers, text, body: JSON.parse(text) },
			});
			await held;
			open -= 1;
			const status = target.next.shift() ?? 200;
			if (status === 0) request.socket.destroy();
			else response.writeHead(status).end();
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		target.port = (server.address() as AddressInfo).port;
	});
	beforeEach(() => {
		Object.assign(target, { received: [], tests: [], next: [], mostAtOnce: 0 });
		api.online.webhooks.route(host, target.port);
		api.online.webhooks.speed = 1000;
	});
	afterAll(() => {
		server?.close();
		server?.closeAllConnections();
	});
	return target;
}
