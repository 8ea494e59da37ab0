import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createEmptyRunExecutionData,
	Workflow,
	type ExecutionError,
	type IConnections,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type IPinData,
	type IRun,
	type IWorkflowSettings,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { setMaxListeners } from 'node:events';

import { additionalDataFor } from './additional-data';
import { CredentialStore, type StoredCredential } from './credential-store';
import { testCredential, type CredentialTestResult } from './credential-test';
import { CredentialsHelper } from './credentials-helper';
import { EditorPanel } from './editor';
import { findHttpRequestNode } from './http-request-node';
import { InstalledPackages } from './installed-packages';
import type { LogRecorder } from './log-recorder';
import { startHost } from './n8n-host';
import { PublishedTrigger, type PublicAddress } from './published-trigger';
import { Poller } from './poller';

export type { CredentialStore, StoredCredential };

/** A workflow as n8n exports it; other fields of the export are ignored. */
export interface WorkflowToRun {
	name?: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	pinData?: IPinData;
}

export interface RunOptions {
	/** `manual` is the button in the editor (default); `trigger` and `webhook` are production. */
	mode?: WorkflowExecuteMode;
	/** The trigger's items; one empty item by default. */
	triggerItems?: IDataObject[];
	/** Stops the run, as the Stop button does. */
	signal?: AbortSignal;
}

export interface RunResult {
	run: IRun;
	/** The items of a node's last run; none if it did not run. */
	output(nodeName: string, outputIndex?: number): INodeExecutionData[];
	/** Why the workflow failed, as n8n saves it with the execution. */
	error?: ExecutionError;
	/** What n8n and the nodes logged during the run, including debug lines. */
	log: string[];
}

/**
 * n8n's own workflow engine with the package under test installed, along with n8n's HTTP Request,
 * Manual Trigger, No Operation and Edit Fields nodes. The rest of n8n (database, editor,
 * queue) is not included.
 *
 * @param options.packageFolder the folder of the package's package.json; its `n8n` key says what to load
 * @param options.moreFolders the folders of other packages to load
 */
export async function createEngine(options: {
	packageFolder: string;
	moreFolders?: string[];
}): Promise<Engine> {
	const log = startHost();
	const { packageFolder, moreFolders = [] } = options;
	const folders = [await findHttpRequestNode(), packageFolder, ...moreFolders];
	return new Engine(await InstalledPackages.load(folders), log);
}

export class Engine {
	readonly credentials = new CredentialStore();

	private readonly helper: CredentialsHelper;
	private readonly closing = new AbortController();
	private readonly running = new Set<PromiseLike<unknown>>();
	private runs = 0;

	constructor(
		readonly packages: InstalledPackages,
		private readonly log: LogRecorder,
	) {
		this.helper = new CredentialsHelper(packages, this.credentials);
		// Any number of concurrent runs listen to it.
		setMaxListeners(0, this.closing.signal);
	}

	/**
	 * Runs a workflow to its end. A failing node is reported in the result, as in n8n; the promise
	 * rejects only if the workflow cannot start, such as with an empty required parameter.
	 */
	async run(workflow: WorkflowToRun, options: RunOptions = {}): Promise<RunResult> {
		const { mode = 'manual', triggerItems, signal } = options;
		const { name = 'Test', nodes, connections, settings } = structuredClone(workflow);
		const id = `${++this.runs}`;
		const graph = new Workflow({
			id,
			name,
			nodes,
			connections,
			active: mode !== 'manual',
			nodeTypes: this.packages,
			settings: { executionOrder: 'v1', ...settings },
		});
		const startNode = graph.getStartNode();
		const pinData = { ...workflow.pinData };
		if (startNode && triggerItems) {
			pinData[startNode.name] = triggerItems.map((json) => ({ json }));
		}
		const hooks = new ExecutionLifecycleHooks(mode, id, {
			id,
			name,
			nodes,
			connections,
			active: mode !== 'manual',
			activeVersionId: null,
			isArchived: false,
			createdAt: new Date(),
			updatedAt: new Date(),
		});
		const additionalData = additionalDataFor(this.helper, {
			executionId: id,
			workflowId: id,
			hooks,
		});
		const execute = new WorkflowExecute(additionalData, mode, createEmptyRunExecutionData());
		return await this.listening(async (log) => {
			const execution = execute.run({ workflow: graph, startNode, pinData });
			const cancel = () => execution.cancel();
			const stops = [this.closing.signal, ...(signal ? [signal] : [])];
			this.running.add(execution);
			for (const stop of stops) stop.addEventListener('abort', cancel, { once: true });
			try {
				const run = await execution;
				const { error, runData } = run.data.resultData;
				const output: RunResult['output'] = (nodeName, outputIndex = 0) =>
					runData[nodeName]?.at(-1)?.data?.main?.[outputIndex] ?? [];
				return { run, output, error, log };
			} finally {
				for (const stop of stops) stop.removeEventListener('abort', cancel);
				this.running.delete(execution);
			}
		});
	}

	/**
	 * Saves a credential and tests it, as the form does. The message is what the form shows below
	 * "Couldn't connect with these settings".
	 */
	async testCredential(
		credential: StoredCredential,
	): Promise<CredentialTestResult & { log: string[] }> {
		this.credentials.set(credential);
		return await this.listening(async (log) => ({
			...(await testCredential(this.packages, this.helper, this.credentials.get(credential.id))),
			log,
		}));
	}

	/** A node's panel, as its parameters are filled in at the moment. */
	openPanel(node: INode): EditorPanel {
		return new EditorPanel(this.packages, this.helper, node);
	}

	/** A workflow that starts with this trigger, and has nothing else. */
	trigger(
		node: INode,
		address: PublicAddress,
		workflow?: { id: string; name: string },
	): PublishedTrigger {
		return new PublishedTrigger(this.packages, this.helper, node, address, workflow);
	}

	/** A published workflow that begins with a node that polls. */
	poller(node: INode, workflowId?: string): Poller {
		return new Poller(this.packages, this.helper, node, workflowId);
	}

	/** Stops what is still running. */
	async close(): Promise<void> {
		this.closing.abort();
		await Promise.allSettled(this.running);
	}

	/** What n8n and the nodes log meanwhile. */
	async listening<T>(work: (log: string[]) => Promise<T>): Promise<T> {
		const lines: string[] = [];
		const stop = this.log.listen(lines);
		try {
			return await work(lines);
		} finally {
			stop();
		}
	}
}
