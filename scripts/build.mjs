/** Builds, unless dist is up to date with the sources. Plain JavaScript: it is loaded before anything is installed. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { root, runSilently } from './processes.mjs';

/** Everything the build reads; the lock file stands for what it takes from node_modules. */
const sources = [
	...['credentials', 'icons', 'n8n', 'nodes', 'superoffice', 'scripts/third-party'],
	...['gulpfile.js', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'],
];
const marker = join(root, 'node_modules/.cache/built');

/** Compiles into dist, with the project's own build. */
export async function build() {
	const from = await digest(sources);
	const last = await readFile(marker, 'utf8').catch(() => '');
	if (last === (await record(from))) return console.log('Building: dist is up to date');
	await runSilently('Building', process.execPath, ['node_modules/gulp/bin/gulp.js', 'build']);
	await mkdir(dirname(marker), { recursive: true });
	await writeFile(marker, await record(from));
}

/** What dist was built from, and what it contains. */
async function record(from) {
	return JSON.stringify({ from, to: await digest(['dist']) });
}

/** Changes with the name and the content of any file. */
async function digest(paths) {
	const hash = createHash('sha256');
	const files = (await Promise.all(paths.map(filesAt))).flat().sort();
	for (const file of files) {
		const content = createHash('sha256').update(await readFile(join(root, file)));
		hash.update(`${file}\n${content.digest('hex')}\n`);
	}
	return hash.digest('hex');
}

async function filesAt(path) {
	const found = await stat(join(root, path)).catch(() => undefined);
	if (found === undefined) return [];
	if (found.isFile()) return [path];
	const names = await readdir(join(root, path));
	return (await Promise.all(names.map((name) => filesAt(join(path, name))))).flat();
}
