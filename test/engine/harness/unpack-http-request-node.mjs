/**
 * Makes n8n's own HTTP Request node (and Manual Trigger, No Operation, Edit Fields and Sticky Note, and its SSL
 * certificates) available to the engine tests.
 *
 * As a dependency, n8n-nodes-base is about 1 GB with everything it pulls in. These nodes need
 * half a MB of it, so only they are unpacked from the published package, into node_modules/.cache, where
 * `require('n8n-workflow')` finds the project's copy.
 *
 * Plain JavaScript: it is loaded before anything is installed.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

const NAME = 'n8n-nodes-base';
const VERSION = '2.41.1';
const INTEGRITY =
	'sha512-qc1lArqFRVpfXvRonHGhdVwmFrGOulIwKie+Hr5AwBzzOAwushvU+Ty3PSJYWs+C1L6FxpAmpAfiCgpjB/ldSQ==';

/** What the package's `n8n` key is cut down to, so that n8n's own loader can load the folder. */
const NODES = [
	'dist/nodes/HttpRequest/HttpRequest.node.js',
	'dist/nodes/ManualTrigger/ManualTrigger.node.js',
	'dist/nodes/NoOp/NoOp.node.js',
	'dist/nodes/Set/Set.node.js',
	'dist/nodes/StickyNote/StickyNote.node.js',
];
const CREDENTIALS = ['dist/credentials/HttpSslAuth.credentials.js'];
const UNPACKED = [
	...NODES.map((file) => dirname(file)),
	...CREDENTIALS,
	'dist/utils/utilities.js',
	'dist/utils/templated-auth.js',
	'package.json',
	'LICENSE.md',
	'LICENSE_EE.md',
];

/**
 * Loaded by the HTTP Request node, used by its "Optimize Response" option only. Empty modules take
 * their place: with that option on, the node fails.
 */
const LEFT_OUT = ['@mozilla/readability', 'cheerio', 'html-to-text', 'jsdom'];

const FOLDER = fileURLToPath(new URL(`../../../node_modules/.cache/${NAME}`, import.meta.url));
const MARKER = '.complete';
/** Changes with anything that decides what is unpacked, so an outdated unpack is not mistaken for this one. */
const FINGERPRINT = createHash('sha256')
	.update(JSON.stringify([INTEGRITY, NODES, CREDENTIALS, UNPACKED, LEFT_OUT]))
	.digest('hex');

/**
 * Makes sure the nodes are there; downloads and unpacks them if they are not. Safe to call from
 * several processes at once.
 *
 * @param {{ log?: (line: string) => void }} [options]
 * @returns {Promise<string>} the folder to hand to n8n's package loader
 */
export async function ensureHttpRequestNode({ log = () => {} } = {}) {
	if (await isComplete()) return FOLDER;
	const download = await mkdtemp(join(tmpdir(), `${NAME}-`));
	await mkdir(dirname(FOLDER), { recursive: true });
	// Next to its destination, because a rename cannot cross file systems.
	const unpacking = await mkdtemp(`${FOLDER}-`);
	try {
		log(`Downloading ${NAME}@${VERSION} for the engine tests (12 MB, once)`);
		await unpack(await fetchTarball(download), unpacking);
		await moveIntoPlace(unpacking);
		log(`Unpacked the HTTP Request node of ${NAME}@${VERSION}`);
		return FOLDER;
	} finally {
		await rm(download, { recursive: true, force: true });
		await rm(unpacking, { recursive: true, force: true });
	}
}

async function isComplete() {
	const marker = await readFile(join(FOLDER, MARKER), 'utf8').catch(() => '');
	return marker === FINGERPRINT;
}

async function fetchTarball(folder) {
	// At any other log level npm lists all of the package's files, 1 MB of them.
	const quietly = ['--loglevel=error', '--ignore-scripts'];
	const pack = ['pack', `${NAME}@${VERSION}`, ...quietly, '--pack-destination', folder];
	// npm is a .cmd file on Windows, which only a shell can start.
	await run('npm', pack, { cwd: folder, shell: process.platform === 'win32' });
	const tarball = join(folder, `${NAME}-${VERSION}.tgz`);
	const digest = createHash('sha512')
		.update(await readFile(tarball))
		.digest('base64');
	if (`sha512-${digest}` !== INTEGRITY) {
		throw new Error(`${NAME}@${VERSION} is not the package it was: got sha512-${digest}`);
	}
	return tarball;
}

async function unpack(tarball, folder) {
	const wanted = UNPACKED.map((path) => `package/${path}`);
	const unneeded = ['--exclude=*.map', '--exclude=*.d.ts'];
	await run('tar', [...unneeded, '-xzf', tarball, '-C', folder, '--strip-components=1', ...wanted]);

	const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
	const { name, version, license } = manifest;
	const n8n = { nodes: NODES, credentials: CREDENTIALS };
	const trimmed = { name, version, license, private: true, n8n };
	await writeFile(join(folder, 'package.json'), JSON.stringify(trimmed, null, '\t'));

	for (const module of LEFT_OUT) {
		const standIn = join(folder, 'node_modules', module);
		await mkdir(standIn, { recursive: true });
		await writeFile(join(standIn, 'index.js'), 'module.exports = {};\n');
	}
	await writeFile(join(folder, MARKER), FINGERPRINT);
}

async function moveIntoPlace(unpacked) {
	try {
		await rename(unpacked, FOLDER);
	} catch {
		// Another process has finished first, or there is an outdated or broken unpack.
		if (await isComplete()) return;
		await rm(FOLDER, { recursive: true, force: true });
		await rename(unpacked, FOLDER);
	}
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	await ensureHttpRequestNode({ log: (line) => process.stderr.write(`${line}\n`) });
}
