import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createAuthority, type Authority } from './authority';

const FOLDER = 'SUPEROFFICE_ONLINE_AUTHORITY';
const CERTIFICATE = 'ca.pem';
const PRIVATE_KEY = 'ca-key.pem';

/**
 * Makes a test CA in a folder, for a process that is started next.
 * @returns the environment variables that make that process trust it, and find it
 */
export async function writeTestAuthority(folder: string): Promise<Record<string, string>> {
	const { certificatePem, privateKeyPem } = await createAuthority();
	await writeFile(join(folder, CERTIFICATE), certificatePem);
	await writeFile(join(folder, PRIVATE_KEY), privateKeyPem, { mode: 0o600 });
	return { [FOLDER]: folder, NODE_EXTRA_CA_CERTS: join(folder, CERTIFICATE) };
}

/**
 * The test CA that this process was started to trust.
 * @throws Error when it was started without one
 */
export async function readTestAuthority(): Promise<Authority> {
	const folder = process.env[FOLDER];
	if (folder === undefined) {
		throw new Error('This needs a test CA. Run it by: npm test -- PATH');
	}
	return {
		certificatePem: await readFile(join(folder, CERTIFICATE), 'utf8'),
		privateKeyPem: await readFile(join(folder, PRIVATE_KEY), 'utf8'),
	};
}
