import { createServer, type Server } from 'node:net';

import { createAuthority, startSuperOfficeOnline } from '../../superoffice-online';
import { listen, shut, Sockets } from '../../superoffice-online/tls/sockets';
import type { WrongProxy } from '../fault-table';

/** Runs some work while something else takes the place of n8n's proxy. */
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
		case 'missing': {
			const { url, close } = await serve(() => undefined);
			await close();
			return { url, close: async () => undefined };
		}
		case 'hanging':
			return await serve(() => undefined);
		case 'refusing':
			return await serve(() => 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
		case 'intercepting': {
			// Like a corporate proxy: it issues certificates for SuperOffice's names from its own CA.
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
