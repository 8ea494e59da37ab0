import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { freePort } from './n8n-process';

/** Whether there is a Redis to start. CI must have one. */
export function isRedisThere(): boolean {
	const { error } = spawnSync('redis-server', ['--version']);
	if (error === undefined) return true;
	if (process.env.CI) throw new Error('There is no redis-server here, and CI must have one.');
	return false;
}

/** A Redis on loopback that keeps nothing. */
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
	while (!(await answers(port))) await sleep(50);
	return {
		port,
		stop: async () => {
			server.kill('SIGTERM');
			await once(server, 'exit');
		},
	};
}

async function answers(port: number): Promise<boolean> {
	const socket = connect(port, '127.0.0.1');
	try {
		await once(socket, 'connect');
		return true;
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}
