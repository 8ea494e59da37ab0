import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { startSuperOfficeOnline, type SuperOfficeOnline } from '../superoffice-online';
import { readTestAuthority } from '../superoffice-online/authority-folder';

const root = join(__dirname, '../..');

let online: SuperOfficeOnline;
let folder: string;

beforeAll(async () => {
	online = await startSuperOfficeOnline({ authority: await readTestAuthority() });
	// A program's folder, with the two packages that it requires installed.
	folder = mkdtempSync(join(tmpdir(), 'readme-program-'));
	mkdirSync(join(folder, 'node_modules'));
	symlinkSync(root, join(folder, 'node_modules/n8n-nodes-superoffice'), 'junction');
	symlinkSync(join(root, 'node_modules/axios'), join(folder, 'node_modules/axios'), 'junction');
});

afterAll(async () => {
	if (folder) rmSync(folder, { recursive: true, force: true });
	await online?.close();
});

/** Runs the program of the README as it stands there, behind a proxy as a company has it. */
async function runProgram(clientSecret: string) {
	const [, program] = /```js\n([\s\S]+?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8'))!;
	writeFileSync(join(folder, 'program.js'), program!);
	const { privateKey, systemUserToken } = online.credential('Cust12345');
	writeFileSync(join(folder, 'key.pem'), privateKey);
	const env = {
		...process.env,
		HTTPS_PROXY: online.proxyUrl,
		https_proxy: online.proxyUrl,
		NO_PROXY: '',
		no_proxy: '',
		SUPEROFFICE_CLIENT_SECRET: clientSecret,
		SUPEROFFICE_SYSTEM_USER_TOKEN: systemUserToken,
		SUPEROFFICE_PRIVATE_KEY_FILE: join(folder, 'key.pem'),
	};
	return await promisify(execFile)(process.execPath, ['program.js'], { cwd: folder, env });
}

describe('the program in the README', () => {
	test('prints a company of the tenant', async () => {
		const { stdout, stderr } = await runProgram(online.application.clientSecret);
		expect([stdout, stderr]).toEqual(['Fjord Timber AS\n', '']);
	});

	test('says what is wrong, and ends with 1', async () => {
		await expect(runProgram('wrong')).rejects.toMatchObject({
			code: 1,
			stderr: expect.stringMatching(/^SuperOffice refused: .*Check Environment, Client Secret/),
		});
	});
});
