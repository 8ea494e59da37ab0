/**
 * Runs n8n's own scanner for community packages on the sources and on the packed tarball, as n8n does for a package
 * submitted for verification. Prints a line for each, and exits with 1 on an error, or on a warning, which n8n's own run
 * does not show. Plain JavaScript, like the scanner, which has no types.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { ESLint } from 'eslint';

import { root } from './processes.mjs';

const execute = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), 'scan-'));
try {
	// The scanner leaves behind a temporary folder that it creates when loaded, so give it one that is removed.
	process.env.TMPDIR = folder;
	const scanner = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	await scan(scanner, 'sources', root, scanner.SOURCE_FILE_PATTERNS);
	await scan(scanner, 'tarball', await unpack(), ['**/*.js', 'package.json']);
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

async function scan({ analyzePackage, buildScanConfig }, what, cwd, patterns) {
	const { passed, message = '', details = '' } = await analyzePackage(cwd, patterns);
	const linter = new ESLint({
		cwd,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
	});
	const results = await linter.lintFiles(patterns);
	const sum = (name) => results.reduce((total, result) => total + result[name], 0);
	const [errors, warnings] = [sum('errorCount'), sum('warningCount')];
	console.log(`${what}: ${results.length} files, ${errors} errors, ${warnings} warnings`);
	if (passed && errors + warnings === 0 && results.length > 0) return;
	const formatter = await linter.loadFormatter('stylish');
	console.log(message, details || (await formatter.format(results)));
	process.exitCode = 1;
}
