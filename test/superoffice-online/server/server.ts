import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { RequestRecord } from '../control/counts';
import type { AnyHow } from '../control/misbehaviour';
import type { World } from '../control/world';
import { routeTenantApi } from '../crm/tenant-api';
import { routeLogin } from '../login/login-api';
import { message, reply, type Call, type Reply, type Route } from '../messages';
import type { ServerCertificate } from '../tls/authority';
import { listen, shut, Sockets } from '../tls/sockets';

/** The HTTPS service on loopback. */
export interface Server {
	port: number;
	close(): Promise<void>;
}

// Longer than any test, so that no kept-alive connection ends just when it is used again.
const KEEP_ALIVE_MILLISECONDS = 10 * 60 * 1000;

/** Starts the service: one certificate for all hosts, told apart by their Host header. */
export async function startServer(world: World, certificate: ServerCertificate): Promise<Server> {
	const sockets = new Sockets();
	const timers = new Timers();
	const server = createServer(
		{
			cert: certificate.certificatePem,
			key: certificate.privateKeyPem,
			keepAliveTimeout: KEEP_ALIVE_MILLISECONDS,
		},
		(request, response) => void serve(world, timers, request, response),
	);
	server.on('connection', (socket) => sockets.add(socket));
	server.on('secureConnection', (socket) => sockets.add(socket));
	server.on('tlsClientError', (_error, socket) => socket.destroy());
	server.on('clientError', (_error, socket) => socket.destroy());
	const port = await listen(server);
	return {
		port,
		close: () => {
			timers.clear();
			return shut(server, sockets);
		},
	};
}

/** Timers that do not outlive the service. */
class Timers {
	private readonly running = new Set<NodeJS.Timeout>();

	after(milliseconds: number, action: () => void): void {
		const timer = setTimeout(() => {
			this.running.delete(timer);
			action();
		}, milliseconds);
		this.running.add(timer);
	}

	clear(): void {
		for (const timer of this.running) clearTimeout(timer);
	}
}

async function serve(
	world: World,
	timers: Timers,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const body = await readBody(request);
	if (body === undefined) return;
	const target = request.url ?? '/';
	const [path = '', ...query] = target.split('?');
	const call: Call = {
		method: request.method ?? '',
		host: (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase(),
		path: decodePath(path),
		query: new URLSearchParams(query.join('?')),
		headers: request.headers,
		body,
	};
	const route = findRoute(world, call);
	const record: RequestRecord = {
		at: world.clock.now(),
		host: call.host,
		method: call.method,
		path: target,
		contextIdentifier: route.contextIdentifier,
		headers: call.headers,
		body,
	};
	world.traffic.requests.push(record);
	const send = (answer: Reply, cut = false) => {
		record.status = answer.status;
		record.answer = answer.body;
		if (route.place === 'api' && answer.status === 401) world.traffic.counts.unauthorized += 1;
		write(response, answer, world.clock.now(), cut);
	};

	const how = route.place && world.misbehaviours.take(route.place, route.contextIdentifier);
	if (!how) send(answerOf(route));
	else if (how.kind === 'refuse' || how.kind === 'jwt') send(answerOf(route, how));
	else misbehave(how, { route, response, timers, send });
}

/** Undefined when the client left before the end. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
	const chunks: Buffer[] = [];
	try {
		for await (const chunk of request) chunks.push(chunk as Buffer);
	} catch {
		return undefined;
	}
	return Buffer.concat(chunks).toString('utf8');
}

function decodePath(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}

function findRoute(world: World, call: Call): Route {
	const environment = world.loginHosts.environmentOf(call.host);
	return (
		(environment && routeLogin(world, environment, call)) ??
		routeTenantApi(world, call) ?? { answer: () => message(404, 'No resource was found.') }
	);
}

// A `change` that throws is a mistake of the test: its words should reach the test's output.
function answerOf(route: Route, ...how: Parameters<Route['answer']>): Reply {
	try {
		return route.answer(...how);
	} catch (error) {
		return reply(500, 'text/plain; charset=utf-8', String(error));
	}
}

interface Occasion {
	route: Route;
	response: ServerResponse;
	timers: Timers;
	send: (answer: Reply, cut?: boolean) => void;
}

function misbehave(how: AnyHow, { route, response, timers, send }: Occasion): void {
	switch (how.kind) {
		case 'status': {
			const { status, body = '{"Message":"An error has occurred."}', headers } = how;
			const plain = reply(status, 'application/json; charset=utf-8', body);
			return send({ ...plain, headers: { ...plain.headers, ...headers } });
		}
		case 'body':
			return send(reply(how.status ?? 200, how.contentType ?? 'text/html', how.body));
		case 'redirect':
			return send({ status: how.status ?? 302, headers: { Location: how.location }, body: '' });
		case 'reset':
			response.socket?.destroy();
			return;
		case 'hang':
			if (how.milliseconds !== undefined) {
				timers.after(how.milliseconds, () => response.socket?.destroy());
			}
			return;
		case 'slow':
			return timers.after(how.milliseconds, () => send(answerOf(route)));
		case 'cut':
			return send(answerOf(route), true);
	}
}

function write(response: ServerResponse, answer: Reply, now: Date, cut: boolean): void {
	const body = Buffer.from(answer.body, 'utf8');
	response.writeHead(answer.status, {
		Date: now.toUTCString(),
		...answer.headers,
		'Content-Length': body.length,
	});
	if (!cut) response.end(body);
	else {
		const half = body.subarray(0, Math.ceil(body.length / 2));
		response.write(half, () => response.socket?.destroySoon());
	}
}
