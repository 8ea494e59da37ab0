import type { AddressInfo, Server } from 'node:net';
import type { Duplex } from 'node:stream';

const LOOPBACK = '127.0.0.1';

/** Keeps track of open sockets, so that closing can end them all, even tunnels and idle keep-alive ones. */
export class Sockets {
	private readonly open = new Set<Duplex>();

	add(socket: Duplex): void {
		this.open.add(socket);
		socket.once('close', () => this.open.delete(socket));
		// A client may vanish at any moment. 'close' follows, and that is all we need to know.
		socket.on('error', () => socket.destroy());
	}

	destroyAll(): void {
		for (const socket of this.open) socket.destroy();
	}
}

/** Listens on a free port on the loopback interface and returns that port. */
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
