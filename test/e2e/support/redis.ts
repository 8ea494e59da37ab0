import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

import { freePort, waitForPort } from './ports';

export function isRedisThere(): boolean {
	return spawnSync('redis-server', ['--version']).error === undefined;
}

/** A Redis server on loopback, without persistence. */
export async function startRedis(): Promise<{ port: number; stop(): Promise<void> }> {
	const port = await freePort();
	const options = [
		'--port',
		String(port),
		'--bind',
		'127.0.0.1',
		'--save',
		'',
		'--appendonly',
		'no',
	];
	const server = spawn('redis-server', options, { stdio: 'ignore' });
	await waitForPort(port);
	return {
		port,
		stop: async () => {
			server.kill('SIGTERM');
			await once(server, 'exit');
		},
	};
}
