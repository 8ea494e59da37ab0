/** Runs jest, with a test CA that the whole process trusts, and closes with a line that says how many tests passed. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { run } from './install.mjs';

/** @param {string[]} parameters jest's own */
export async function runTests(parameters, { env } = {}) {
	const folder = await mkdtemp(join(tmpdir(), 'jest-results-'));
	const results = join(folder, 'results.json');
	const jest = ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${results}`];
	const withAuthority = ['--import', 'tsx', 'scripts/with-test-authority.ts'];
	const command = [...withAuthority, process.execPath, ...jest, ...parameters];
	try {
		await run(process.execPath, command, { env });
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
