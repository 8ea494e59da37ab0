import { join } from 'node:path';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { startSuperOfficeOnline, type SuperOfficeOnline } from '../../superoffice-online';
import { readTestAuthority } from '../../superoffice-online/tls/authority-folder';
import { createEngine, type Engine } from '../harness';
import { savedCredential } from './workflows';

/** n8n's engine with this package loaded, and the local service, which is all that its proxy connects to. */
export interface TestEngine {
	engine: Engine;
	online: SuperOfficeOnline;
	/** Saves a tenant's credential as a user fills it in, without a ticket. */
	useCredential(contextIdentifier: string, changes?: ICredentialDataDecryptedObject): void;
	/** Adds a tenant that this process has no ticket for, and saves its credential. */
	useNewTenant(changes?: ICredentialDataDecryptedObject): string;
}

/** @param moreFolders the folders of other packages to load */
export function useEngine(...moreFolders: string[]): TestEngine {
	let engine: Engine;
	let online: SuperOfficeOnline;
	beforeAll(async () => {
		online = await startSuperOfficeOnline({ authority: await readTestAuthority() });
		Object.assign(process.env, { HTTPS_PROXY: online.proxyUrl, https_proxy: online.proxyUrl });
		for (const name of ['NO_PROXY', 'no_proxy', 'N8N_SSRF_PROTECTION_ENABLED']) {
			delete process.env[name];
		}
		engine = await createEngine({ packageFolder: join(__dirname, '../../..'), moreFolders });
	});
	beforeEach(() => {
		online.stopMisbehaving();
		online.resetCounts();
	});
	afterAll(async () => {
		await engine?.close();
		await online?.close();
	});
	const useCredential = (contextIdentifier: string, changes?: ICredentialDataDecryptedObject) =>
		engine.credentials.set(
			savedCredential({ ...online.credential(contextIdentifier), ...changes }),
		);
	return {
		get engine() {
			return engine;
		},
		get online() {
			return online;
		},
		useCredential,
		useNewTenant: (changes) => {
			const { contextIdentifier } = online.addTenant();
			useCredential(contextIdentifier, changes);
			return contextIdentifier;
		},
	};
}
