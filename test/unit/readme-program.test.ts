import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { root, usePrograms } from './support/program';

const programs = usePrograms();

// The program's folder has the two packages that it requires installed.
beforeAll(() => {
	const installed = join(programs.folder, 'node_modules');
	mkdirSync(installed);
	symlinkSync(root, join(installed, 'n8n-nodes-superoffice'), 'junction');
	symlinkSync(join(root, 'node_modules/axios'), join(installed, 'axios'), 'junction');
});

/** Runs the program of the README as it stands there. */
async function runProgram(clientSecret: string) {
	const { folder, online } = programs;
	const [, program] = /```js\n([\s\S]+?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8'))!;
	writeFileSync(join(folder, 'program.js'), program!);
	const { privateKey, systemUserToken } = online.credential('Cust12345');
	writeFileSync(join(folder, 'key.pem'), privateKey);
	return await programs.run(['program.js'], folder, {
		SUPEROFFICE_CLIENT_SECRET: clientSecret,
		SUPEROFFICE_SYSTEM_USER_TOKEN: systemUserToken,
		SUPEROFFICE_PRIVATE_KEY_FILE: join(folder, 'key.pem'),
	});
}

describe('the program in the README', () => {
	test('prints a company of the tenant', async () => {
		const { stdout, stderr } = await runProgram(programs.online.application.clientSecret);
		expect([stdout, stderr]).toEqual(['Fjord Timber AS\n', '']);
	});

	test('says what is wrong, and ends with 1', async () => {
		await expect(runProgram('wrong')).rejects.toMatchObject({
			code: 1,
			stderr: expect.stringMatching(/^SuperOffice refused: .*Check Environment, Client Secret/),
		});
	});
});
