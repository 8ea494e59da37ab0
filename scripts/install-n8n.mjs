/**
 * Brings a real n8n, and the Node.js it wants, into a cache folder outside the repository: 3 GB and some minutes, once.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

import { runSilently } from './install.mjs';

const nodeVersion = '24.21.0';
const n8nVersion = '2.41.1';

/**
 * @returns {Promise<{ node: string, n8n: string, version: string }>} the Node.js to run it with, and n8n's program
 */
export async function installN8n() {
	const cache = join(
		process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'),
		'n8n-nodes-superoffice',
	);
	const nodeFolder = join(cache, `node-${nodeVersion}`);
	const n8nFolder = join(cache, `n8n-${n8nVersion}`);
	const binaries = join(nodeFolder, 'node_modules', '.bin');
	await installInto(nodeFolder, `Node.js ${nodeVersion}`, async (npm) => {
		// Its binary comes with an install script.
		await npm('Downloading', ['install', `node@${nodeVersion}`, '--ignore-scripts=false']);
	});
	await installInto(n8nFolder, `n8n ${n8nVersion}`, async (npm) => {
		const env = { ...process.env, PATH: `${binaries}${delimiter}${process.env.PATH}` };
		await npm('Installing', ['install', `n8n@${n8nVersion}`, '--ignore-scripts'], env);
		await npm('Compiling SQLite for', ['rebuild', 'sqlite3', '--ignore-scripts=false'], env);
	});
	return {
		node: join(binaries, 'node'),
		n8n: join(n8nFolder, 'node_modules', 'n8n', 'bin', 'n8n'),
		version: n8nVersion,
	};
}

/** Unless it was done before, and to its end. */
async function installInto(folder, name, work) {
	const marker = join(folder, '.complete');
	if ((await readFile(marker, 'utf8').catch(() => '')) === name) return;
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
	const quietly = ['--loglevel=error', '--no-audit', '--no-fund'];
	await work(async (doing, parameters, env) => {
		await runSilently(`${doing} ${name}`, 'npm', [...parameters, ...quietly], { cwd: folder, env });
	});
	await writeFile(marker, name);
}
