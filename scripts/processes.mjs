/** Runs other programs for the npm commands. Plain JavaScript: it runs before anything is installed. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs a command whose output only matters if it fails, and shows that it is still running.
 *
 * @returns {Promise<string>} its output
 */
export async function runSilently(title, command, parameters, options = {}) {
	const started = Date.now();
	const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)} s`;
	console.log(`${title} ...`);
	const ticking = setInterval(() => console.log(`${title} ... ${seconds()}`), 10_000);
	try {
		const printed = await run(command, parameters, { ...options, stdio: 'pipe' });
		console.log(`${title}: done in ${seconds()}`);
		return printed;
	} finally {
		clearInterval(ticking);
	}
}

/** Does all of this in parallel and to the end; then throws all errors as one, if there are any. */
export async function sideBySide(...works) {
	const results = await Promise.allSettled(works.map((work) => work()));
	const errors = results.flatMap(({ reason }) => reason ?? []);
	if (errors.length === 0) return;
	const message = errors.map((error) => error.message.trim()).join('\n\n');
	throw Object.assign(new Error(message), { exitCode: errors[0].exitCode });
}

/**
 * Runs a command, in the project's folder by default. Throws, with any output that was not printed, unless it exits
 * with 0.
 *
 * @returns {Promise<string>} the output that was not printed
 */
export async function run(command, parameters, { stdio = 'inherit', cwd = root, env } = {}) {
	// npm is a .cmd file on Windows, which only a shell can start.
	const shell = process.platform === 'win32' && command === 'npm';
	const child = spawn(command, parameters, {
		cwd,
		env,
		shell,
		stdio: ['ignore', stdio, stdio],
	});
	let printed = '';
	child.stdout?.on('data', (data) => (printed += data));
	child.stderr?.on('data', (data) => (printed += data));
	const code = await new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', resolve);
	});
	if (code !== 0) {
		const said = stdio === 'inherit';
		const ending = `${command} ${parameters.join(' ')} ended with ${code}`;
		throw Object.assign(new Error(said ? '' : `${ending}\n${printed}`), { exitCode: code ?? 1 });
	}
	return printed;
}

/** Runs a TypeScript program. */
export async function runTypeScript(parameters, options) {
	await run(process.execPath, ['--import', 'tsx', ...parameters], options);
}

/** Runs Node.js with a test CA that the whole process trusts, as it must to reach the local service. */
export async function runWithTestAuthority(parameters, options) {
	const program = 'test/support/with-test-authority.ts';
	await runTypeScript([program, process.execPath, ...parameters], options);
}

/** Exits with the failure's code and, unless a command has printed everything itself, its message, but no stack. */
export function fail(error) {
	if (error.message !== '') console.error(`\n${error.message.trim()}`);
	process.exit(error.exitCode ?? 1);
}
