import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { listen, shut, Sockets } from './sockets';

/** The way into the service: an HTTP proxy that leads *.superoffice.com:443 to it, and turns away everything else. */
export interface Proxy {
	/** http://127.0.0.1:PORT */
	url: string;
	close(): Promise<void>;
}

// Exactly one label before the domain, because the service's wildcard certificate covers no more.
const ALLOWED = /^[a-z0-9-]+\.superoffice\.com:443$/;

/**
 * Starts the proxy.
 * @param servicePort where the HTTPS service listens on loopback
 * @param onStray called with the host (and port, if given) of everything turned away
 */
export async function startProxy(
	servicePort: number,
	onStray: (host: string) => void,
): Promise<Proxy> {
	const sockets = new Sockets();
	const server = createServer((request, response) => refusePlainHttp(request, response, onStray));
	server.on('connection', (socket) => sockets.add(socket));
	server.on('clientError', (_error, socket) => socket.destroy());
	server.on('connect', (request: IncomingMessage, client: Socket, head: Buffer) => {
		const authority = (request.url ?? '').toLowerCase();
		if (ALLOWED.test(authority)) {
			tunnel(client, head, servicePort, sockets);
		} else {
			onStray(authority.replace(/:443$/, ''));
			client.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
		}
	});
	const port = await listen(server);
	return { url: `http://127.0.0.1:${port}`, close: () => shut(server, sockets) };
}

function refusePlainHttp(
	request: IncomingMessage,
	response: ServerResponse,
	onStray: (host: string) => void,
): void {
	onStray(request.headers.host ?? '');
	response.writeHead(403, { 'Content-Length': 0, Connection: 'close' }).end();
}

function tunnel(client: Socket, head: Buffer, servicePort: number, sockets: Sockets): void {
	const upstream = connect(servicePort, '127.0.0.1');
	sockets.add(upstream);
	client.setNoDelay(true);
	upstream.setNoDelay(true);
	upstream.once('connect', () => {
		client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
		upstream.write(head);
		client.pipe(upstream).pipe(client);
	});
	// Pipes only pass on an orderly end. When one side vanishes, the other has to be closed as well.
	client.once('close', () => upstream.destroy());
	upstream.once('close', () => client.destroySoon());
}
