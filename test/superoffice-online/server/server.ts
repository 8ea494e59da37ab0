import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { RequestRecord } from '../control/counts';
import type { World } from '../control/world';
import { routeTenantApi } from '../crm/tenant-api';
import { routeLogin } from '../login/login-api';
import { mediaType, message, reply, type Call, type Reply, type Route } from '../messages';
import type { ServerCertificate } from '../tls/authority';
import { listen, shut, Sockets } from '../tls/sockets';
import { whole } from './bodies';
import { misbehave, type Occasion } from './misbehave';
import { Timers } from './timers';

/** The HTTPS service on loopback. */
export interface Server {
	port: number;
	close(): Promise<void>;
}

// Longer than any test, so that no kept-alive connection ends just as it is reused.
const KEEP_ALIVE_MILLISECONDS = 10 * 60 * 1000;

/** Misbehaviours of answers alone. */
const DONE_ALL_THE_SAME = ['slow', 'cut', 'lost', 'trickle'];

/** Starts the service: one certificate for all hosts, which are told apart by their Host header. */
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

async function serve(
	world: World,
	timers: Timers,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const bytes = await readBody(request);
	if (bytes === undefined) return;
	const call = readCall(request, bytes);
	const route = findRoute(world, call);
	const record: RequestRecord = {
		at: world.clock.now(),
		arrivedAt: performance.now(),
		host: call.host,
		method: call.method,
		path: request.url ?? '/',
		contextIdentifier: route.contextIdentifier,
		headers: call.headers,
		body: call.body,
		bytes: bytes.length,
	};
	world.traffic.requests.push(record);
	const begin = (status: number, headers: Record<string, string>) => {
		record.status = status;
		record.answeredAt = performance.now();
		if (route.place === 'api' && status === 401) world.traffic.counts.unauthorized += 1;
		response.writeHead(status, { Date: world.clock.now().toUTCString(), ...headers });
	};
	const send: Occasion['send'] = (answer, sendBody = whole) => {
		const { body } = answer;
		record.answer = typeof body === 'string' ? body : '';
		const content = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
		begin(answer.status, { ...answer.headers, 'Content-Length': String(content.length) });
		sendBody(response, content);
	};

	const { place, contextIdentifier } = route;
	const how = place && world.misbehaviours.take(place, { ...call, contextIdentifier });
	if (route.before && (!how || DONE_ALL_THE_SAME.includes(how.kind))) await route.before();
	if (!how && route.latency) timers.after(route.latency, () => send(answerOf(route)));
	else if (!how) send(answerOf(route));
	else if (how.kind === 'refuse' || how.kind === 'jwt') {
		const answer = answerOf(route, how);
		send({ ...answer, headers: { ...answer.headers, ...how.headers } });
	} else misbehave(how, { response, timers, answer: () => answerOf(route), begin, send });
}

/** Undefined when the client left before the end. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
	const chunks: Buffer[] = [];
	try {
		for await (const chunk of request) chunks.push(chunk as Buffer);
	} catch {
		return undefined;
	}
	return Buffer.concat(chunks);
}

function readCall({ url = '/', method = '', headers }: IncomingMessage, bytes: Buffer): Call {
	const [path = '', ...query] = url.split('?');
	return {
		method,
		host: (headers.host ?? '').replace(/:\d+$/, '').toLowerCase(),
		path: decodePath(path),
		query: new URLSearchParams(query.join('?')),
		headers,
		body: mediaType({ headers }) === 'application/octet-stream' ? '' : bytes.toString('utf8'),
		bytes,
	};
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

// A `change` that throws is a mistake in the test, and its words should reach the test's output.
function answerOf(route: Route, ...how: Parameters<Route['answer']>): Reply {
	try {
		return route.answer(...how);
	} catch (error) {
		return reply(500, 'text/plain; charset=utf-8', String(error));
	}
}
