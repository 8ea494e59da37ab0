/** npm run bench: measures against SuperOffice's own sample and n8n's usual way. `-- --save` keeps the tables. */
import { build, fail, install, run } from './install.mjs';

const node = process.execPath;
const withTsx = ['--import', 'tsx'];

try {
	await install();
	await build();
	const bench = [...withTsx, 'bench/run.ts', ...process.argv.slice(2)];
	await run(node, [...withTsx, 'scripts/with-test-authority.ts', node, ...bench]);
} catch (error) {
	fail(error);
}
