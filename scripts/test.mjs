/**
 * npm test: lint, types, build, n8n's scanner, and every test. `npm test -- PATTERN` runs only the tests whose path matches.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build, fail, install, run, runSilently } from './install.mjs';

const patterns = process.argv.slice(2);

try {
	await install();
	if (patterns.length === 0) {
		await runSilently('Linting', 'npm', ['run', 'lint', '--loglevel=error']);
		await runSilently('Checking types', 'npm', ['run', 'types', '--loglevel=error']);
	}
	await build();
	if (patterns.length === 0) {
		await runSilently('Running n8n’s scanner', process.execPath, ['scripts/scan.mjs']);
	}
	await runTests();
} catch (error) {
	fail(error);
}

async function runTests() {
	const folder = await mkdtemp(join(tmpdir(), 'jest-results-'));
	const results = join(folder, 'results.json');
	const jest = ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${results}`, ...patterns];
	const withAuthority = ['--import', 'tsx', 'scripts/with-test-authority.ts'];
	try {
		await run(process.execPath, [...withAuthority, process.execPath, ...jest]);
	} finally {
		await report(results);
		await rm(folder, { recursive: true, force: true });
	}
}

async function report(results) {
	const text = await readFile(results, 'utf8').catch(() => undefined);
	if (text === undefined) return;
	const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(text);
	console.log(`\n${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed`);
}
