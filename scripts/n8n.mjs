/**
 * npm run n8n: a real n8n with this package in it, to try it by hand. It is installed first where it is missing.
 *
 *     npm run n8n                            against the local service, everything filled in
 *     npm run n8n -- --real                  against SuperOffice itself; you fill in the credential
 *     npm run n8n -- --env-file .env         the same, with the credential of that file
 *     npm run n8n -- --n8n 1.123.81          the older n8n
 */
import { parseArgs } from 'node:util';

import { build, fail, install, run } from './install.mjs';
import { installN8n, n8nVersions } from './install-n8n.mjs';

const node = process.execPath;
const withTsx = ['--import', 'tsx'];

// Ctrl-C reaches every process of the terminal; the ones below end n8n and clean up, and are waited for.
process.on('SIGINT', () => {});

try {
	const { values } = parseArgs({
		options: {
			real: { type: 'boolean', default: false },
			'env-file': { type: 'string' },
			n8n: { type: 'string', default: n8nVersions[0] },
		},
	});
	if (!n8nVersions.includes(values.n8n)) {
		throw new Error(`--n8n: one of ${n8nVersions.join(', ')}`);
	}
	await install();
	await build();
	const { node: n8nNode, n8n, version } = await installN8n(values.n8n);
	const env = {
		...process.env,
		REAL_N8N_NODE: n8nNode,
		REAL_N8N: n8n,
		REAL_N8N_VERSION: version,
	};
	const envFile = values['env-file'];
	const isReal = values.real || envFile !== undefined;
	const authority = isReal ? [] : [...withTsx, 'scripts/with-test-authority.ts', node];
	const open = [...withTsx, 'scripts/open-n8n.ts', isReal ? 'real' : 'local'];
	await run(node, [...authority, ...open, ...(envFile === undefined ? [] : [envFile])], { env });
} catch (error) {
	fail(error);
}
