import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:https';

import { readTestAuthority } from '../../superoffice-online/tls/authority-folder';
import { issueServerCertificate } from '../../superoffice-online/tls/authority';
import { startProxy } from '../../superoffice-online/tls/proxy';
import { listen, shut, Sockets } from '../../superoffice-online/tls/sockets';

/** A server that is not SuperOffice's, with a certificate that everyone trusts, for its own name. */
export interface Stranger {
	/** Of a proxy that leads SuperOffice's names to it. */
	proxyUrl: string;
	/** The headers of every request that it has got. */
	heard: IncomingHttpHeaders[];
	close(): Promise<void>;
}

export async function startStranger(name: string): Promise<Stranger> {
	const certificate = await issueServerCertificate(await readTestAuthority(), [name]);
	const heard: IncomingHttpHeaders[] = [];
	const sockets = new Sockets();
	const server = createServer(
		{ cert: certificate.certificatePem, key: certificate.privateKeyPem },
		({ headers }, response) => {
			heard.push(headers);
			response.end('{}');
		},
	);
	server.on('connection', (socket) => sockets.add(socket));
	server.on('secureConnection', (socket) => sockets.add(socket));
	server.on('tlsClientError', (_error, socket) => socket.destroy());
	const proxy = await startProxy(await listen(server), () => undefined);
	return {
		proxyUrl: proxy.url,
		heard,
		close: async () => {
			await proxy.close();
			await shut(server, sockets);
		},
	};
}
