import { join } from 'node:path';

import type { IDataObject, INode } from 'n8n-workflow';

import type { Http } from '../superoffice';
import {
	createEngine,
	type Engine,
	type RunResult,
	type StoredCredential,
} from '../test/engine/harness';
import { chain, credentialId, httpRequestNode, numbered } from '../test/engine/support/workflows';
import {
	startSuperOfficeOnline,
	type NewTenant,
	type SuperOfficeOnline,
} from '../test/superoffice-online';
import { readTestAuthority } from '../test/superoffice-online/tls/authority-folder';
import { httpTo } from '../test/unit/support/axios-http';

/** What is compared: this package, n8n's usual pattern, and SuperOffice's own sample. */
export const contenders = {
	ours: 'superOfficeApi',
	idiom: 'idiomSuperOfficeApi',
	sample: 'sampleSuperOfficeApi',
};

/** The local service, and n8n's engine with all contenders loaded. */
export class World {
	private constructor(
		readonly online: SuperOfficeOnline,
		readonly engine: Engine,
		/** The library's HTTP function, implemented with axios. */
		readonly http: Http,
	) {}

	static async create(): Promise<World> {
		const online = await startSuperOfficeOnline({ authority: await readTestAuthority() });
		Object.assign(process.env, { HTTPS_PROXY: online.proxyUrl, https_proxy: online.proxyUrl });
		for (const name of ['NO_PROXY', 'no_proxy']) delete process.env[name];
		const engine = await createEngine({
			packageFolder: join(__dirname, '..'),
			moreFolders: [join(__dirname, 'contenders')],
		});
		return new World(online, engine, httpTo(online));
	}

	async close(): Promise<void> {
		await this.engine.close();
		await this.online.close();
	}

	/** Saves the credential of a new tenant. */
	useNewTenant(type = contenders.ours, tenant: NewTenant = {}): string {
		const { contextIdentifier } = this.online.addTenant(tenant);
		const data = this.online.credential(contextIdentifier);
		if (type !== contenders.ours) data.publicKey = this.online.login('online').publicKeyPem;
		this.engine.credentials.set({ id: credentialId, name: 'Bench', type, data });
		return contextIdentifier;
	}

	/** Runs a workflow; returns how long it took, in milliseconds, and how many exchanges it made. */
	async measure(
		nodes: INode[],
		triggerItems: IDataObject[],
	): Promise<{ time: number; exchanges: number; result: RunResult }> {
		this.online.resetCounts();
		const start = performance.now();
		const result = await this.engine.run(chain(...nodes), { triggerItems });
		const time = performance.now() - start;
		return { time, exchanges: this.online.counts.exchanges, result };
	}
}

/** HTTP Request with a contender's credential, for one of the tenant's companies. */
export function requestOf(tenant: string, type: string): INode {
	const node = httpRequestNode(`https://online2.superoffice.com/${tenant}/api/v1/Contact/1`);
	node.parameters.nodeCredentialType = type;
	node.credentials = { [type]: { id: credentialId, name: 'Bench' } };
	return node;
}

/** Throws unless a run succeeded: a failed run must not be measured. */
export function expectGood({ result }: { result: RunResult }, node: string, count: number): void {
	if (result.error) throw result.error;
	const { length } = result.output(node);
	if (length !== count) throw new Error(`${node} gave ${length} items instead of ${count}`);
}

/** The credential as n8n has it stored now. */
export function credentialOf(engine: Engine): StoredCredential {
	return engine.credentials.get(credentialId);
}

export { numbered };
