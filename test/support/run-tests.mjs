/** Runs jest, and tells how many tests passed. Plain JavaScript: it is loaded before anything is installed. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runWithTestAuthority } from '../../scripts/processes.mjs';

/**
 * @typedef {{ passed: number, failed: number, exitCode: number }} Outcome
 * `exitCode` is jest's: not 0 also where it found no test
 */

/**
 * @param {string[]} parameters jest's own
 * @returns {Promise<Outcome>}
 */
export async function runTests(parameters, { env } = {}) {
	const folder = await mkdtemp(join(tmpdir(), 'jest-results-'));
	const results = join(folder, 'results.json');
	const jest = ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${results}`];
	let exitCode = 0;
	try {
		await runWithTestAuthority([...jest, ...parameters], { env });
	} catch (error) {
		exitCode = error.exitCode ?? 1;
	}
	const text = await readFile(results, 'utf8').catch(() => '{}');
	await rm(folder, { recursive: true, force: true });
	const {
		numPassedTests = 0,
		numFailedTests = 0,
		numRuntimeErrorTestSuites = 0,
	} = JSON.parse(text);
	return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites, exitCode };
}

/**
 * Closes with a line that says how many tests passed. Throws unless all went well.
 *
 * @param {Outcome[]} outcomes
 */
export function closeTests(...outcomes) {
	const sum = (name) => outcomes.reduce((total, outcome) => total + outcome[name], 0);
	console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
	const exitCode = outcomes.find((outcome) => outcome.exitCode !== 0)?.exitCode;
	// Jest has said it all.
	if (exitCode !== undefined) throw Object.assign(new Error(''), { exitCode });
}
