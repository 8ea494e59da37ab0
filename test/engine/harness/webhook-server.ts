import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import type { IWorkflowExecuteAdditionalData } from 'n8n-workflow';

export type WebhookRequest = NonNullable<IWorkflowExecuteAdditionalData['httpRequest']>;
export type WebhookResponse = NonNullable<IWorkflowExecuteAdditionalData['httpResponse']>;

/** Takes a request whose path it knows; false for any other. */
type Handler = (request: WebhookRequest, response: WebhookResponse) => boolean;

/** n8n's HTTP server, as far as webhooks see it. */
export class WebhookServer {
	private readonly sockets = new Set<Socket>();

	private constructor(
		private readonly server: Server,
		readonly port: number,
	) {
		server.on('connection', (socket) => {
			this.sockets.add(socket);
			socket.on('close', () => this.sockets.delete(socket));
		});
	}

	static async start(handle: Handler): Promise<WebhookServer> {
		const server = createServer((request, response) => void serve(request, response, handle));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return new WebhookServer(server, (server.address() as AddressInfo).port);
	}

	async close(): Promise<void> {
		for (const socket of this.sockets) socket.destroy();
		await new Promise((resolve) => this.server.close(resolve));
	}
}

async function serve(request: IncomingMessage, response: ServerResponse, handle: Handler) {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const rawBody = Buffer.concat(chunks);
	Object.assign(request, { rawBody, body: {}, params: {}, query: {} });
	// As Express has them.
	Object.assign(response, {
		status(code: number) {
			response.statusCode = code;
			return response;
		},
		json(body: unknown) {
			response.setHeader('Content-Type', 'application/json');
			response.end(JSON.stringify(body));
		},
	});
	const isKnown = handle(request as WebhookRequest, response as WebhookResponse);
	if (!isKnown) response.writeHead(404).end();
}
