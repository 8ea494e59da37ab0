import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { startSuperOfficeOnline, type SuperOfficeOnline } from '../../superoffice-online';
import { readTestAuthority } from '../../superoffice-online/tls/authority-folder';

export const root = join(__dirname, '../../..');

/** The local service, for programs in their own processes, which reach it through a proxy. */
export interface Programs {
	online: SuperOfficeOnline;
	/** For the files of a program; removed after the tests of the file. */
	folder: string;
	/** Runs Node.js; rejects, with `code` and `stderr`, unless it exits with 0. */
	run(
		parameters: string[],
		cwd: string,
		env?: Record<string, string>,
	): Promise<{ stdout: string; stderr: string }>;
}

export function usePrograms(): Programs {
	let online: SuperOfficeOnline;
	let folder: string;
	beforeAll(async () => {
		online = await startSuperOfficeOnline({ authority: await readTestAuthority() });
		folder = mkdtempSync(join(tmpdir(), 'program-'));
	});
	afterAll(async () => {
		if (folder) rmSync(folder, { recursive: true, force: true });
		await online?.close();
	});
	return {
		get online() {
			return online;
		},
		get folder() {
			return folder;
		},
		run: async (parameters, cwd, env) => {
			const proxy = { HTTPS_PROXY: online.proxyUrl, https_proxy: online.proxyUrl };
			return await promisify(execFile)(process.execPath, parameters, {
				cwd,
				env: { ...process.env, ...proxy, NO_PROXY: '', no_proxy: '', ...env },
			});
		},
	};
}
