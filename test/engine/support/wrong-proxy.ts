import { createServer, type Server } from 'node:net';

import { createAuthority, startSuperOfficeOnline } from '../../superoffice-online';
import { listen, shut, Sockets } from '../../superoffice-online/tls/sockets';
import type { WrongProxy } from '../fault-table';

/** Has n8n find something else where the proxy should be, while the work is done. */
export async function behindWrongProxy<T>(kind: WrongProxy, work: () => Promise<T>): Promise<T> {
	const { url, close } = await start(kind);
	const before = process.env.HTTPS_PROXY;
	setProxy(url);
	try {
		return await work();
	} finally {
		setProxy(before!);
		await close();
	}
}

function setProxy(url: string): void {
	Object.assign(process.env, { HTTPS_PROXY: url, https_proxy: url });
}

async function start(kind: WrongProxy): Promise<{ url: string; close: () => Promise<void> }> {
	switch (kind) {
		case 'nothing': {
			const { url, close } = await serve(() => undefined);
			await close();
			return { url, close: async () => undefined };
		}
		case 'one that hangs':
			return await serve(() => undefined);
		case 'one that says no':
			return await serve(() => 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
		case 'one that reads along': {
			// As a company's proxy does: under SuperOffice's names, by an authority of its own.
			const online = await startSuperOfficeOnline({ authority: await createAuthority() });
			return { url: online.proxyUrl, close: async () => await online.close() };
		}
	}
}

async function serve(answer: () => string | undefined) {
	const sockets = new Sockets();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.once('data', () => {
			const text = answer();
			if (text !== undefined) socket.end(text);
		});
	});
	const port = await listen(server as unknown as Parameters<typeof listen>[0]);
	return {
		url: `http://127.0.0.1:${port}`,
		close: async () => await shut(server as Server as Parameters<typeof shut>[0], sockets),
	};
}
