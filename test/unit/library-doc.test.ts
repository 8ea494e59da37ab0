import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { databaseOf } from '../superoffice-online/crm/store';
import { root, usePrograms } from './support/program';

const programs = usePrograms();

// The programs require these two packages.
beforeAll(() => {
	const installed = join(programs.folder, 'node_modules');
	mkdirSync(installed);
	symlinkSync(root, join(installed, 'n8n-nodes-superoffice'), 'junction');
	symlinkSync(join(root, 'node_modules/axios'), join(installed, 'axios'), 'junction');
});

const page = readFileSync(join(root, 'docs/library.md'), 'utf8');
const [program = '', keeping = '', records = ''] = [...page.matchAll(/```js\n([\s\S]+?)```/g)].map(
	([, code]) => code!,
);
/** What the page says to replace with the second program, and with the third. */
const main = /^async function main\(\) \{\n[\s\S]+?^\}\n/m;

/** Runs a program from docs/library.md verbatim. */
async function runProgram(code: string, clientSecret: string) {
	const { folder, online } = programs;
	writeFileSync(join(folder, 'program.js'), code);
	const { privateKey, systemUserToken } = online.credential('Cust12345');
	writeFileSync(join(folder, 'key.pem'), privateKey);
	return await programs.run(['program.js'], folder, {
		SUPEROFFICE_CLIENT_SECRET: clientSecret,
		SUPEROFFICE_SYSTEM_USER_TOKEN: systemUserToken,
		SUPEROFFICE_PRIVATE_KEY_FILE: join(folder, 'key.pem'),
	});
}

const programsOfThePage: Array<[string, string]> = [
	['gets a ticket', program],
	['keeps its ticket', program.replace(main, () => keeping)],
];

beforeEach(() => {
	programs.online.stopMisbehaving();
	programs.online.resetCounts();
});

describe.each(programsOfThePage)('the program in docs/library.md that %s', (_, code) => {
	test('prints a company of the tenant', async () => {
		const { clientSecret } = programs.online.application;
		const { stdout, stderr } = await runProgram(code, clientSecret);
		expect([stdout, stderr]).toEqual(['Fjord Timber AS\n', '']);
		expect(programs.online.counts.exchanges).toBe(1);
	});

	test('says what is wrong, and exits with 1', async () => {
		await expect(runProgram(code, 'wrong')).rejects.toMatchObject({
			code: 1,
			stderr: expect.stringMatching(/^SuperOffice refused: .*Check Environment, Client Secret/),
		});
	});

	test('refuses a response that is too large', async () => {
		const { online } = programs;
		online.misbehave({ at: 'jwks', kind: 'flood', bytes: 4 * 1024 ** 2 });
		await expect(runProgram(code, online.application.clientSecret)).rejects.toMatchObject({
			stderr: expect.stringMatching(
				/sent more than 1 MB \(status 200\) instead of its usual answer/,
			),
		});
	});
});

test('the program in docs/library.md that keeps its ticket renews a dead one once', async () => {
	const { online } = programs;
	online.misbehave({ at: 'api', kind: 'status', status: 401, times: 2 });
	const code = program.replace(main, () => keeping);
	const { stdout } = await runProgram(code, online.application.clientSecret);
	expect(stdout).toBe('Fjord Timber AS\n');
	expect(online.counts.exchanges).toBe(2);
});

test('the program in docs/library.md that writes records makes a company once, and changes it', async () => {
	const { online } = programs;
	const database = databaseOf(online.tenant('Cust12345'));
	const before = database.all('Contact').length;
	const code = program.replace(main, () => records);
	const { stdout, stderr } = await runProgram(code, online.application.clientSecret);
	expect([stdout, stderr]).toEqual(['Nordic Birch AS Bergen \n', '']);
	expect(database.all('Contact')).toHaveLength(before + 1);
});
