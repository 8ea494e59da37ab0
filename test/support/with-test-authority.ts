/**
 * Runs a command with a test CA made for it, which Node.js trusts from the start of that process on: n8n's HTTP client
 * takes its authorities from there alone. The CA's files are gone when the command has ended. TypeScript, as what makes
 * the CA is.
 *
 *     node --import tsx test/support/with-test-authority.ts COMMAND [ARGUMENT ...]
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { writeTestAuthority } from '../superoffice-online/tls/authority-folder';

async function main([command, ...parameters]: string[]): Promise<number> {
	if (command === undefined) throw new Error('There is no command to run.');
	const folder = await mkdtemp(join(tmpdir(), 'superoffice-online-'));
	try {
		const env = { ...process.env, ...(await writeTestAuthority(folder)) };
		const child = spawn(command, parameters, { stdio: 'inherit', env });
		// The command ends by the same signal and is waited for, so that the folder goes in any case.
		for (const signal of ['SIGINT', 'SIGTERM'] as const) {
			process.on(signal, () => child.kill(signal));
		}
		return await new Promise<number>((resolve, reject) => {
			child.on('error', reject);
			child.on('close', (code) => resolve(code ?? 1));
		});
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

main(process.argv.slice(2)).then(
	(code) => (process.exitCode = code),
	(error) => {
		console.error(error);
		process.exitCode = 1;
	},
);
