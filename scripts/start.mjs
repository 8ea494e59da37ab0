/**
 * npm start: the main job, seen by a person. Against the local service, or with `-- --env-file FILE` against
 * SuperOffice itself.
 */
import { parseArgs } from 'node:util';

import { build, fail, install, run } from './install.mjs';

const node = process.execPath;
const withTsx = ['--import', 'tsx'];
const mainJob = [...withTsx, 'scripts/main-job.ts'];

try {
	const { values } = parseArgs({ options: { 'env-file': { type: 'string' } } });
	await install();
	await build();
	const envFile = values['env-file'];
	if (envFile === undefined) {
		await run(node, [...withTsx, 'scripts/with-test-authority.ts', node, ...mainJob]);
	} else {
		await run(node, [...mainJob, envFile]);
	}
} catch (error) {
	fail(error);
}
