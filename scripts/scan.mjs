/**
 * n8n's own scanner of community packages, over the sources and over the packed tarball, as n8n runs it on a package
 * that asks to be verified. Prints a line for each, and ends with 1 if there is an error.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { root } from './install.mjs';

const execute = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), 'scan-'));
try {
	// The scanner makes a temporary folder when it is loaded, and leaves it: so it gets one that is removed.
	process.env.TMPDIR = folder;
	const scanner = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const { analyzePackage, SOURCE_FILE_PATTERNS } = scanner;
	await report('sources', await analyzePackage(root, SOURCE_FILE_PATTERNS));
	await report('tarball', await analyzePackage(await unpack(), ['**/*.js', 'package.json']));
} finally {
	await rm(folder, { recursive: true, force: true });
}

async function unpack() {
	const shell = process.platform === 'win32';
	const pack = ['pack', '--json', '--loglevel=error', '--pack-destination', folder];
	const { stdout } = await execute('npm', pack, { cwd: root, shell });
	const [{ filename, size }] = Object.values(JSON.parse(stdout));
	console.log(`tarball: ${filename}, ${(size / 1024).toFixed(0)} KB`);
	const unpacked = join(folder, 'package');
	await mkdir(unpacked);
	await execute('tar', ['-xzf', join(folder, filename), '-C', unpacked, '--strip-components=1']);
	return unpacked;
}

async function report(what, { passed, message = '', details = '' }) {
	console.log(`${what}: ${passed ? 'no error' : message} ${details}`.trim());
	if (!passed) process.exitCode = 1;
}
