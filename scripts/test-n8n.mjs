/**
 * npm run test:n8n: the packed package in a real n8n of each generation, which is installed first where it is missing.
 * `npm run test:n8n -- PATTERN` runs only the tests whose path matches; `-- --n8n 1.123.81 PATTERN` in that n8n alone.
 */
import { parseArgs } from 'node:util';

import { build, fail, install } from './install.mjs';
import { installN8n, n8nVersions } from './install-n8n.mjs';
import { closeTests, runTests } from './run-tests.mjs';

try {
	const { values, positionals: patterns } = parseArgs({
		options: { n8n: { type: 'string' } },
		allowPositionals: true,
	});
	const versions = n8nVersions.filter((version) => version === (values.n8n ?? version));
	if (versions.length === 0) throw new Error(`--n8n: one of ${n8nVersions.join(', ')}`);
	await install();
	await build();
	const installed = [];
	for (const version of versions) installed.push(await installN8n(version));
	const outcomes = [];
	for (const { node, n8n, version } of installed) {
		console.log(`\nIn n8n ${version}`);
		const env = { ...process.env, REAL_N8N_NODE: node, REAL_N8N: n8n, REAL_N8N_VERSION: version };
		const config = ['--config', 'test/e2e/jest.config.js', '--runInBand', '--verbose'];
		outcomes.push(await runTests([...config, ...patterns], { env }));
	}
	closeTests(...outcomes);
} catch (error) {
	fail(error);
}
