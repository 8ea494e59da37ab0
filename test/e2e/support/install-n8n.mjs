/**
 * Installs a real n8n, and the Node.js it needs, into a cache folder outside the repository: 2 to 3 GB and a few
 * minutes, once. Plain JavaScript: it is loaded before anything is installed.
 */
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

import { runSilently } from '../../../scripts/processes.mjs';

const nodeVersion = '24.21.0';
/** Both generations of n8n, the newer one first. */
export const n8nVersions = ['2.41.1', '1.123.81'];

/** What npm must install instead of n8n's own dependency: this n8n's xlsx is not from a registry. */
const overrides = { '1.123.81': { xlsx: '0.18.5' } };

/**
 * @param {string} version one of `n8nVersions`
 * @returns {Promise<Record<string, string>>} the environment for a process that uses it
 */
export async function installN8n(version) {
	const cache = join(
		process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'),
		'n8n-nodes-superoffice',
	);
	const nodeFolder = join(cache, `node-${nodeVersion}`);
	const n8nFolder = join(cache, `n8n-${version}`);
	const binaries = join(nodeFolder, 'node_modules', '.bin');
	await installInto(nodeFolder, `Node.js ${nodeVersion}`, {}, async (npm) => {
		// Its binary comes with an install script.
		await npm('Downloading', ['install', `node@${nodeVersion}`, '--ignore-scripts=false']);
	});
	const manifest = { overrides: overrides[version] };
	await installInto(n8nFolder, `n8n ${version}`, manifest, async (npm) => {
		const env = { ...process.env, PATH: `${binaries}${delimiter}${process.env.PATH}` };
		await npm('Installing', ['install', `n8n@${version}`, '--ignore-scripts'], env);
		await npm('Compiling SQLite for', ['rebuild', 'sqlite3', '--ignore-scripts=false'], env);
	});
	return {
		...process.env,
		REAL_N8N_NODE: join(binaries, 'node'),
		REAL_N8N: join(n8nFolder, 'node_modules', 'n8n', 'bin', 'n8n'),
		REAL_N8N_VERSION: version,
	};
}

/** Does nothing if this was completed before. */
async function installInto(folder, name, manifest, work) {
	const marker = join(folder, '.complete');
	if ((await readFile(marker, 'utf8').catch(() => '')) === name) return;
	const started = Date.now();
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, ...manifest }));
	const quietly = ['--loglevel=error', '--no-audit', '--no-fund'];
	await work(async (doing, parameters, env) => {
		await runSilently(`${doing} ${name}`, 'npm', [...parameters, ...quietly], { cwd: folder, env });
	});
	await writeFile(marker, name);
	const minutes = ((Date.now() - started) / 60_000).toFixed(1);
	const megabytes = Math.round((await sizeOf(folder)) / 1024 ** 2);
	console.log(`${name} is installed: ${minutes} minutes, ${megabytes} MB in ${folder}`);
}

/** The bytes of all files in a folder. */
async function sizeOf(folder) {
	let bytes = 0;
	for (const entry of await readdir(folder, { withFileTypes: true })) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) bytes += await sizeOf(path);
		else if (entry.isFile()) bytes += (await stat(path)).size;
	}
	return bytes;
}
