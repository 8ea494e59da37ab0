/**
 * What the npm commands run: `run.mjs COMMAND [PARAMETER ...]`. Plain JavaScript: it runs before anything is installed.
 */
import { parseArgs } from 'node:util';

import { installN8n, n8nVersions } from '../test/e2e/support/install-n8n.mjs';
import { closeTests, runTests } from '../test/support/run-tests.mjs';
import { build } from './build.mjs';
import { install } from './install.mjs';
import {
	fail,
	runSilently,
	runTypeScript,
	runWithTestAuthority,
	sideBySide,
} from './processes.mjs';

const withTsx = ['--import', 'tsx'];

const commands = {
	/**
	 * The main job, to watch step by step: against the local service, or with `-- --env-file FILE` against SuperOffice
	 * itself.
	 */
	start: async (parameters) => {
		const { values } = parseArgs({
			args: parameters,
			options: { 'env-file': { type: 'string' } },
		});
		await installAndBuild();
		const mainJob = 'scripts/main-job.ts';
		const envFile = values['env-file'];
		if (envFile === undefined) await runWithTestAuthority([...withTsx, mainJob]);
		else await runTypeScript([mainJob, envFile]);
	},

	/** Lint, types, build, n8n's scanner, and every test. `-- PATTERN` runs only the tests whose path matches. */
	test: async (patterns) => {
		await install();
		if (patterns.length > 0) await build();
		else await sideBySide(lint, checkTypes, buildAndScan);
		closeTests(await runTests(patterns));
	},

	/**
	 * Tests the packed package in a real n8n of each generation, side by side. `-- PATTERN` runs only the tests whose path matches;
	 * `-- --n8n 1.123.81 PATTERN` in that n8n alone.
	 */
	'test:n8n': async (parameters) => {
		const { values, positionals: patterns } = parseArgs({
			args: parameters,
			options: { n8n: { type: 'string' } },
			allowPositionals: true,
		});
		const versions = values.n8n === undefined ? n8nVersions : [knownN8n(values.n8n)];
		await installAndBuild();
		const installed = [];
		for (const version of versions) installed.push(await installN8n(version));
		console.log(`\nIn n8n ${versions.join(' and ')}`);
		closeTests(...(await Promise.all(installed.map(async (env) => await testIn(env, patterns)))));
	},

	/** Events in bursts, to the trigger and to n8n's own Webhook node: what n8n makes of them, in a real n8n. */
	'bench:n8n': async (parameters) => {
		const { values } = parseArgs({ args: parameters, options: { n8n: { type: 'string' } } });
		await installAndBuild();
		const env = await installN8n(knownN8n(values.n8n ?? n8nVersions[0]));
		closeTests(await testIn({ ...env, LOAD_TESTS: '1' }, ['e2e/load']));
	},

	/**
	 * A real n8n with this package installed, to try it by hand: against the local service, with everything filled in.
	 * `-- --real` uses SuperOffice itself, with a credential that you fill in; so does `-- --env-file FILE`, with the
	 * credential from that file. `-- --n8n 1.123.81` starts the older n8n.
	 */
	n8n: async (parameters) => {
		// Ctrl-C reaches every process in the terminal. Ignore it here, and wait for the children to clean up.
		process.on('SIGINT', () => {});
		const { values } = parseArgs({
			args: parameters,
			options: {
				real: { type: 'boolean', default: false },
				'env-file': { type: 'string' },
				n8n: { type: 'string', default: n8nVersions[0] },
			},
		});
		const version = knownN8n(values.n8n);
		await installAndBuild();
		const env = await installN8n(version);
		const open = 'scripts/open-n8n.ts';
		const envFile = values['env-file'];
		if (envFile !== undefined) await runTypeScript([open, 'real', envFile], { env });
		else if (values.real) await runTypeScript([open, 'real'], { env });
		else await runWithTestAuthority([...withTsx, open, 'local'], { env });
	},

	/** Compares with SuperOffice's own sample and n8n's usual pattern. `-- --save` saves the tables. */
	bench: async (parameters) => {
		await installAndBuild();
		await runWithTestAuthority([...withTsx, 'bench/run.ts', ...parameters]);
	},

	/** A day of workflows that run every 5 minutes, in fast time. */
	soak: async () => {
		await installAndBuild();
		await runWithTestAuthority([...withTsx, 'soak/run.ts']);
	},
};

async function testIn(env, patterns) {
	const config = ['--config', 'test/e2e/jest.config.js', '--runInBand', '--verbose'];
	return await runTests([...config, ...patterns], { env });
}

const lint = async () => await runSilently('Linting', 'npm', ['run', 'lint', '--loglevel=error']);

const checkTypes = async () =>
	await runSilently('Checking types', 'npm', ['run', 'types', '--loglevel=error']);

async function buildAndScan() {
	await build();
	const scan = ['scripts/scan.mjs'];
	console.log((await runSilently('Running n8n’s scanner', process.execPath, scan)).trim());
}

async function installAndBuild() {
	await install();
	await build();
}

function knownN8n(version) {
	if (n8nVersions.includes(version)) return version;
	throw new Error(`--n8n: one of ${n8nVersions.join(', ')}`);
}

const [name, ...parameters] = process.argv.slice(2);
try {
	if (!Object.hasOwn(commands, name)) {
		throw new Error(`A command is one of ${Object.keys(commands).join(', ')}`);
	}
	await commands[name](parameters);
} catch (error) {
	fail(error);
}
