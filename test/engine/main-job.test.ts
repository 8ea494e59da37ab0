import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { root, usePrograms } from '../unit/support/program';

const programs = usePrograms();

/** Runs the main job as `npm start -- --env-file FILE` does; the proxy routes its real host names to the local service. */
async function runMainJob(clientSecret: string) {
	const { folder, online } = programs;
	const { environment, contextIdentifier, systemUserToken, privateKey } =
		online.credential('Cust12345');
	writeFileSync(join(folder, 'key.pem'), privateKey);
	const lines = [
		`SUPEROFFICE_ENVIRONMENT=${environment}`,
		`SUPEROFFICE_CONTEXT_IDENTIFIER=${contextIdentifier}`,
		`SUPEROFFICE_CLIENT_SECRET=${clientSecret}`,
		`SUPEROFFICE_SYSTEM_USER_TOKEN="${systemUserToken}"`,
		`SUPEROFFICE_PRIVATE_KEY_FILE=${join(folder, 'key.pem')}`,
	];
	writeFileSync(join(folder, 'env'), lines.join('\n'));
	return await programs.run(['--import', 'tsx', 'scripts/main-job.ts', join(folder, 'env')], root);
}

describe('the main job with an env file', () => {
	test('prints each step, without the whole ticket or any secret', async () => {
		const { online } = programs;
		const { stdout } = await runMainJob(online.application.clientSecret);
		for (const step of ['Signed', 'Exchanged', 'Verified', 'Ticket', 'Next node']) {
			expect(stdout).toContain(`✓ ${step}`);
		}
		expect(stdout).toContain('"DatabaseContextIdentifier":"Cust12345"');
		const { clientSecret, systemUserToken } = online.credential('Cust12345');
		for (const secret of [online.tickets[0]!.ticket, clientSecret, systemUserToken]) {
			expect(stdout).not.toContain(secret);
		}
	});

	test('says what failed and what to do, and exits with 1', async () => {
		await expect(runMainJob('wrong')).rejects.toMatchObject({
			code: 1,
			stderr: expect.stringMatching(
				/✗ SuperOffice refused: .*\n.*Check Environment, Client Secret/,
			),
		});
	});
});
