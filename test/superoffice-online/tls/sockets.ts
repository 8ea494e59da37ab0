import type { AddressInfo, Server } from 'node:net';
import type { Duplex } from 'node:stream';

const LOOPBACK = '127.0.0.1';

/** Open sockets, so that closing can end them: tunnels and idle keep-alive ones included. */
export class Sockets {
	private readonly open = new Set<Duplex>();

	add(socket: Duplex): void {
		this.open.add(socket);
		socket.once('close', () => this.open.delete(socket));
		// A client may vanish at any moment. 'close' follows, and that is all there is to know.
		socket.on('error', () => socket.destroy());
	}

	destroyAll(): void {
		for (const socket of this.open) socket.destroy();
	}
}

/** Listens on a free port of the loopback interface and returns that port. */
export async function listen(server: Server): Promise<number> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, LOOPBACK, () => {
			server.removeListener('error', reject);
			resolve();
		});
	});
	return (server.address() as AddressInfo).port;
}

/** Stops listening and ends every socket at once. */
export async function shut(server: Server, sockets: Sockets): Promise<void> {
	const closed = new Promise<void>((resolve) => server.close(() => resolve()));
	sockets.destroyAll();
	await closed;
}
