/**
 * npm test: lint, types, build, n8n's scanner, and every test. `npm test -- PATTERN` runs only the tests whose path matches.
 */
import { build, fail, install, run, runSilently } from './install.mjs';
import { closeTests, runTests } from './run-tests.mjs';

const patterns = process.argv.slice(2);

try {
	await install();
	if (patterns.length === 0) {
		await runSilently('Linting', 'npm', ['run', 'lint', '--loglevel=error']);
		await runSilently('Checking types', 'npm', ['run', 'types', '--loglevel=error']);
	}
	await build();
	if (patterns.length === 0) {
		console.log('Running n8n’s scanner ...');
		await run(process.execPath, ['scripts/scan.mjs']);
	}
	closeTests(await runTests(patterns));
} catch (error) {
	fail(error);
}
