/**
 * Checks that a tag, the versions in package.json and the lock file, and the changelog's newest entry agree:
 * `check-release.mjs v1.2.3`. Plain JavaScript: it runs before anything is installed.
 */
import { readFile } from 'node:fs/promises';

import { root } from './processes.mjs';

const [tag = ''] = process.argv.slice(2);
const read = async (file) => await readFile(`${root}${file}`, 'utf8');
const { version } = JSON.parse(await read('package.json'));
const lock = JSON.parse(await read('package-lock.json'));
const [, newest] = /^## (\S+)/m.exec(await read('CHANGELOG.md')) ?? [];

const faults = Object.entries({
	'The tag': tag.replace(/^v/, ''),
	'package-lock.json': lock.version,
	'The newest entry of CHANGELOG.md': newest,
}).filter(([, named]) => named !== version);

for (const [what, named] of faults) {
	console.error(`${what} says ${named || 'nothing'}, and package.json says ${version}.`);
}
if (!tag.startsWith('v')) console.error('A tag begins with v.');
if (faults.length > 0 || !tag.startsWith('v')) process.exit(1);
console.log(`${tag}: tag, package.json, package-lock.json and CHANGELOG.md agree.`);
