/**
 * Starts a real n8n with the packed package installed and the examples imported, says where to open it, and stops
 * everything on Ctrl-C: `open-n8n.ts local`, or `open-n8n.ts real [ENV_FILE]`. TypeScript, like the modules it uses.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { owner } from '../test/e2e/support/n8n-server';
import { freePort } from '../test/e2e/support/ports';
import { RealN8n, workflowIdOf } from '../test/e2e/support/real-n8n';
import { example, savedCredential } from '../test/engine/support/workflows';
import { startSuperOfficeOnline } from '../test/superoffice-online';
import { readTestAuthority } from '../test/superoffice-online/tls/authority-folder';
import { readCredential } from './env-file';

const usualPort = 5678;

async function main([kind, envFile]: string[]): Promise<void> {
	const stopped = new Promise<void>((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
	});
	const online =
		kind === 'local'
			? await startSuperOfficeOnline({ authority: await readTestAuthority() })
			: undefined;
	const started = Date.now();
	console.log(`\nStarting n8n ${process.env.REAL_N8N_VERSION} ...`);
	const n8n = await RealN8n.create(online?.proxyUrl);
	try {
		const data = envFile === undefined ? online?.credential('Cust12345') : readCredential(envFile);
		const isOver = await Promise.race([
			stopped.then(() => true),
			open(n8n, online !== undefined, data),
		]);
		if (isOver) return;
		console.log(`\nIt took ${((Date.now() - started) / 1000).toFixed(0)} s. Ctrl-C ends it.\n`);
		const words = await Promise.race([stopped, n8n.ended()]);
		if (words !== undefined) throw new Error(`n8n has ended by itself:\n${words}`);
	} finally {
		console.log('\nEnding n8n, and removing what it has stored ...');
		await n8n.stop();
		await n8n.close();
		await online?.close();
	}
}

/** @param data the values of the credential, if there is to be one */
async function open(
	n8n: RealN8n,
	isLocal: boolean,
	data?: ICredentialDataDecryptedObject,
): Promise<void> {
	if (data !== undefined) await n8n.importCredential(savedCredential(data));
	const files = readdirSync(join(__dirname, '../examples'));
	await n8n.importWorkflows(
		...files.map((file) => ({ name: file, ...example(file), id: workflowIdOf(file) })),
	);
	const { url } = await n8n.start({ port: await freePort(usualPort) });
	console.log(`
  Open       ${url}
  E-mail     ${owner.email}
  Password   ${owner.password}

${
	isLocal
		? 'A local SuperOffice Online stands in for the real one; nothing goes out to the internet.'
		: 'It talks to SuperOffice itself. What you enter is gone when you end it.'
}
${
	data === undefined
		? 'Create a credential "SuperOffice API", and choose it in the nodes of the imported workflows.'
		: 'The credential "SuperOffice account" is filled in, and the imported workflows use it: open one and execute it.'
}`);
}

main(process.argv.slice(2)).then(
	() => process.exit(),
	(error: Error) => {
		console.error(`\n${error.message}`);
		process.exit(1);
	},
);
