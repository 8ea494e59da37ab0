/**
 * Installs what is missing, so that the README's commands work on a clean clone. Plain JavaScript: it runs before
 * anything is installed.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { ensureHttpRequestNode } from '../test/engine/harness/unpack-http-request-node.mjs';
import { root, runSilently } from './processes.mjs';

const marker = `${root}node_modules/.cache/installed-lock`;

/** Makes node_modules match the lock file, unless it already does. */
export async function install() {
	const lock = createHash('sha256')
		.update(await readFile(`${root}package-lock.json`))
		.digest('hex');
	const installed = await readFile(marker, 'utf8').catch(() => '');
	if (installed !== lock) {
		await runSilently('Installing dependencies', 'npm', ['ci', '--loglevel=error']);
		await mkdir(dirname(marker), { recursive: true });
		await writeFile(marker, lock);
	}
	await ensureHttpRequestNode({ log: (line) => console.log(line) });
}
