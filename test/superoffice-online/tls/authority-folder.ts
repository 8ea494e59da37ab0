import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createAuthority, type Authority } from './authority';

const FOLDER = 'SUPEROFFICE_ONLINE_AUTHORITY';
const CERTIFICATE = 'ca.pem';
const PRIVATE_KEY = 'ca-key.pem';

/**
 * Puts a new test CA in a folder, for a process about to be started.
 * @returns environment variables that make that process find and trust it
 */
export async function writeTestAuthority(folder: string): Promise<Record<string, string>> {
	const { certificatePem, privateKeyPem } = await createAuthority();
	await writeFile(join(folder, CERTIFICATE), certificatePem);
	await writeFile(join(folder, PRIVATE_KEY), privateKeyPem, { mode: 0o600 });
	return { [FOLDER]: folder, NODE_EXTRA_CA_CERTS: join(folder, CERTIFICATE) };
}

/**
 * The test CA that this process was started to trust.
 * @throws Error if it was started without one
 */
export async function readTestAuthority(): Promise<Authority> {
	const folder = process.env[FOLDER];
	if (folder === undefined) {
		throw new Error('This needs a test CA. Run it with: npm test -- PATH');
	}
	return {
		certificatePem: await readFile(join(folder, CERTIFICATE), 'utf8'),
		privateKeyPem: await readFile(join(folder, PRIVATE_KEY), 'utf8'),
	};
}
