import type { IDataObject, INode } from 'n8n-workflow';

import { chain, credentialId, savedCredential } from '../../engine/support/workflows';
import { startSuperOfficeOnline, type SuperOfficeOnline } from '../../superoffice-online';
import { readTestAuthority } from '../../superoffice-online/tls/authority-folder';
import { RealN8n, type Workflow } from './real-n8n';

export { workflowIdOf } from './real-n8n';

export interface TestN8n {
	n8n: RealN8n;
	/** All that n8n's proxy connects to. */
	online: SuperOfficeOnline;
	/** Saves a tenant's credential as a user fills it in, without a ticket. */
	useCredential(contextIdentifier: string, changes?: IDataObject): Promise<void>;
	/** Adds a tenant and saves its credential. */
	useNewTenant(): Promise<string>;
	/** What the credential contains now, decrypted. */
	stored(): Promise<IDataObject>;
}

/** A real n8n and the local service, for the tests of one file. */
export function useRealN8n(): TestN8n {
	let n8n: RealN8n;
	let online: SuperOfficeOnline;
	beforeAll(async () => {
		online = await startSuperOfficeOnline({ authority: await readTestAuthority() });
		n8n = await RealN8n.create(online.proxyUrl);
	});
	beforeEach(() => {
		online.stopMisbehaving();
		online.resetCounts();
	});
	afterAll(async () => {
		await n8n?.close();
		await online?.close();
	});
	const useCredential = async (contextIdentifier: string, changes: IDataObject = {}) =>
		await n8n.importCredential(
			savedCredential({ ...online.credential(contextIdentifier), ...changes }),
		);
	return {
		get n8n() {
			return n8n;
		},
		get online() {
			return online;
		},
		useCredential,
		useNewTenant: async () => {
			const { contextIdentifier } = online.addTenant();
			await useCredential(contextIdentifier);
			return contextIdentifier;
		},
		stored: async () => (await n8n.exportCredential(credentialId)).data,
	};
}

/** A workflow that creates these items and sends them through the given nodes. */
export function workflowOf(id: string, items: IDataObject[], ...nodes: INode[]): Workflow {
	const made = node('Items', 'n8n-nodes-base.set', 3.4, {
		mode: 'raw',
		jsonOutput: JSON.stringify({ items }),
	});
	const split = node('Split Out', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'items' });
	return { id, name: id, ...chain(made, split, ...nodes) };
}

/** A workflow that answers a call to its webhook with the output of the given nodes. */
export function webhookWorkflow(id: string, ...nodes: INode[]): Workflow {
	const { nodes: all, connections } = chain(...nodes);
	const parameters = { httpMethod: 'GET', path: id, responseMode: 'lastNode' };
	const webhook = { ...node('Start', 'n8n-nodes-base.webhook', 2, parameters), webhookId: id };
	return { id, name: id, nodes: [webhook, ...all.slice(1)], connections };
}

/**
 * `test` if all of these programs are installed; otherwise prints what is missing, and skips. CI must have them.
 *
 * @param programs whether each is installed, by its package name
 */
export function testWhere(programs: Record<string, boolean>): typeof test | typeof test.skip {
	const missing = Object.keys(programs).filter((name) => !programs[name]);
	if (missing.length === 0) return test;
	const words = `${missing.join(' and ')} not found`;
	if (process.env.CI) throw new Error(`${words}: bash .ci/install-servers`);
	tell(`${words}: skipping the tests that need it`, '-');
	return test.skip;
}

/** Prints a count or a measurement of the run. */
export function tell(what: string, count: number | string): void {
	const version = process.env.REAL_N8N_VERSION ?? '';
	process.stdout.write(`  ${version.padEnd(9)} ${String(count).padStart(6)}  ${what}\n`);
}

function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: INode['parameters'],
): INode {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}
