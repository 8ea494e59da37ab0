import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { freePort, waitForPort } from './ports';

const execute = promisify(execFile);

export function isPostgresThere(): boolean {
	return findPrograms() !== undefined;
}

/** A PostgreSQL server on loopback, with a data folder that is removed with it; `env` makes n8n use it. */
export async function startPostgres(): Promise<{
	env: Record<string, string>;
	stop(): Promise<void>;
}> {
	const programs = findPrograms()!;
	const folder = await mkdtemp(join(tmpdir(), 'postgres-'));
	const user = await findUser();
	if (user !== undefined) await chown(folder, user.uid, user.gid);
	const data = join(folder, 'data');
	const options = { cwd: folder, ...user };
	const making = ['-D', data, '-U', 'n8n', '--auth=trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
	await execute(join(programs, 'initdb'), making, options);
	const port = await freePort();
	const running = ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', '', '-F'];
	const server = spawn(join(programs, 'postgres'), running, { ...options, stdio: 'ignore' });
	await waitForPort(port);
	return {
		env: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(port),
			DB_POSTGRESDB_USER: 'n8n',
			DB_POSTGRESDB_DATABASE: 'postgres',
		},
		stop: async () => {
			// Does not wait for clients that are still connected.
			server.kill('SIGINT');
			await once(server, 'exit');
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** The newest version's folder, in the layout of Debian and its derivatives. */
function findPrograms(): string | undefined {
	const versions = '/usr/lib/postgresql';
	if (!existsSync(versions)) return undefined;
	return readdirSync(versions)
		.sort((one, other) => Number(other) - Number(one))
		.map((version) => join(versions, version, 'bin'))
		.find((folder) => existsSync(join(folder, 'postgres')));
}

/** PostgreSQL refuses to run as root, so its own user runs it then. */
async function findUser(): Promise<{ uid: number; gid: number } | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const [uid, gid] = await Promise.all(
		['-u', '-g'].map(async (what) => Number((await execute('id', [what, 'postgres'])).stdout)),
	);
	return { uid: uid!, gid: gid! };
}
