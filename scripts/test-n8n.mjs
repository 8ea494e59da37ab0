/**
 * npm run test:n8n: the packed package in a real n8n, which is installed first where it is missing.
 * `npm run test:n8n -- PATTERN` runs only the tests whose path matches.
 */
import { build, fail, install } from './install.mjs';
import { installN8n } from './install-n8n.mjs';
import { runTests } from './run-tests.mjs';

try {
	await install();
	await build();
	const { node, n8n, version } = await installN8n();
	const env = { ...process.env, REAL_N8N_NODE: node, REAL_N8N: n8n, REAL_N8N_VERSION: version };
	const config = ['--config', 'test/e2e/jest.config.js', '--runInBand'];
	await runTests([...config, ...process.argv.slice(2)], { env });
} catch (error) {
	fail(error);
}
