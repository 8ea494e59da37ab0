import {
	ExecutionLifecycleHooks,
	HookContext,
	TriggerContext,
	WebhookContext,
	WorkflowExecute,
} from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type IRun,
	type ITriggerResponse,
	type IWebhookData,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { additionalDataFor } from './additional-data';
import type { CredentialsHelper } from './credentials-helper';
import type { InstalledPackages } from './installed-packages';
import type { WebhookRequest, WebhookResponse } from './webhook-server';

/** Where n8n is reached from outside. */
export interface PublicAddress {
	/** https://hooks.example.com/ */
	webhookUrl: string;
}

/**
 * A workflow of one trigger and nothing else, as n8n publishes it: it calls the trigger’s webhook methods in its order,
 * keeps its static data in what stands for the database, and runs an execution for each event.
 */
export class PublishedTrigger {
	/** The executions, as far as they have ended: the items on each output */
	readonly executions: IDataObject[][][] = [];

	/** What was saved as failed without having run */
	readonly failures: Error[] = [];

	/** As in the database */
	staticData: IDataObject = {};

	private readonly nodeType: INodeType;

	private running: ITriggerResponse | undefined;

	private ticks: Array<() => void> = [];

	private underWay: Array<Promise<void>> = [];

	constructor(
		private readonly packages: InstalledPackages,
		private readonly helper: CredentialsHelper,
		/** Changing its parameters is editing it */
		readonly node: INode,
		private readonly address: PublicAddress,
		readonly workflow = { id: 'workflow', name: 'My Workflow' },
	) {
		this.nodeType = packages.getByNameAndVersion(node.type);
	}

	/** Publishes it: a webhook that is not there is created, and the trigger is started. */
	async publish(activation: WorkflowActivateMode = 'activate'): Promise<void> {
		await this.createWebhook('trigger', activation);
		await this.startTrigger(activation);
	}

	/** The methods alone, in a mode: `manual` is a test in the editor. */
	async createWebhook(mode: WorkflowExecuteMode, activation: WorkflowActivateMode): Promise<void> {
		try {
			if (!(await this.call('checkExists', mode, activation))) {
				await this.call('create', mode, activation);
			}
		} catch (error) {
			await this.call('delete', 'internal', 'update', mode === 'manual').catch(() => undefined);
			throw error;
		}
	}

	async deleteWebhook({ isTest = false } = {}): Promise<void> {
		await this.call('delete', 'internal', 'update', isTest);
	}

	async startTrigger(activation: WorkflowActivateMode = 'activate'): Promise<void> {
		const workflow = this.load();
		const context = new TriggerContext(
			workflow,
			this.node,
			this.additionalData(),
			'trigger',
			activation,
			(data) => this.start(data),
			undefined,
			(error) => void this.failures.push(error),
			{ registerCron: (_cron, onTick) => void this.ticks.push(() => onTick(new Date())) },
		);
		this.running = await this.nodeType.trigger!.call(context);
		// Since n8n 2, what evaluates expressions is there for a call of n8n's, and not when a cron ticks.
		const { expression } = workflow.expression as unknown as { expression: object };
		Object.assign(expression, {
			renderExpression() {
				throw new Error('No bridge acquired for this context. Call acquire() first.');
			},
		});
	}

	async unpublish(): Promise<void> {
		await this.stopTrigger();
		await this.deleteWebhook();
	}

	async stopTrigger(): Promise<void> {
		this.ticks = [];
		await this.running?.closeFunction?.();
	}

	/** Has the registered cron tick; nothing tells when what it does is over. */
	tick(): void {
		for (const tick of this.ticks) tick();
	}

	/** Handles a request that is for this workflow; others are not touched. */
	handle(request: WebhookRequest, response: WebhookResponse): boolean {
		const isTest = request.url === new URL(this.url(true)).pathname;
		if (!isTest && request.url !== new URL(this.url(false)).pathname) return false;
		this.underWay.push(this.receive(request, response, isTest));
		return true;
	}

	private async receive(request: WebhookRequest, response: WebhookResponse, isTest: boolean) {
		const workflow = this.load();
		const mode = isTest ? 'manual' : 'webhook';
		const additionalData = {
			...this.additionalData(),
			httpRequest: request,
			httpResponse: response,
		};
		const context = new WebhookContext(
			workflow,
			this.node,
			additionalData,
			mode,
			this.webhookData(isTest),
			[],
			null,
		);
		const { workflowData, noWebhookResponse } = await this.nodeType.webhook!.call(context);
		this.save(workflow);
		if (!noWebhookResponse) throw new Error('n8n would have answered');
		if (workflowData) this.start(workflowData, mode);
	}

	url(isTest: boolean): string {
		const endpoint = isTest ? 'webhook-test' : 'webhook';
		return `${this.address.webhookUrl}${endpoint}/${this.node.webhookId}/webhook`;
	}

	/** Resolves once all executions have ended. */
	async ended(): Promise<void> {
		while (this.underWay.length > 0) await Promise.all(this.underWay.splice(0));
	}

	private async call(
		method: 'checkExists' | 'create' | 'delete',
		mode: WorkflowExecuteMode,
		activation: WorkflowActivateMode,
		isTest = mode === 'manual',
	): Promise<boolean> {
		const workflow = this.load(isTest);
		const context = new HookContext(
			workflow,
			this.node,
			this.additionalData(),
			mode,
			activation,
			this.webhookData(isTest),
		);
		const done = await this.nodeType.webhookMethods!.default![method]!.call(context);
		if (!isTest) this.save(workflow);
		return done;
	}

	private start(data: INodeExecutionData[][], mode: WorkflowExecuteMode = 'trigger'): void {
		this.underWay.push(this.execute(data, mode));
	}

	private async execute(main: INodeExecutionData[][], mode: WorkflowExecuteMode): Promise<void> {
		const workflow = this.load();
		const node = workflow.getNode(this.node.name)!;
		const hooks = new ExecutionLifecycleHooks(mode, 'execution', {
			...this.workflow,
			nodes: [this.node],
			connections: {},
			active: true,
			activeVersionId: null,
			isArchived: false,
			createdAt: new Date(),
			updatedAt: new Date(),
		});
		const execution = new WorkflowExecute(
			{ ...this.additionalData(), hooks },
			mode,
			createRunExecutionData({
				executionData: { nodeExecutionStack: [{ node, data: { main }, source: null }] },
			}),
		);
		const run: IRun = await execution.processRunExecutionData(workflow);
		const { error, runData } = run.data.resultData;
		if (error) throw error;
		const outputs = runData[this.node.name]!.at(-1)!.data!.main!;
		this.executions.push(outputs.map((items) => (items ?? []).map(({ json }) => json)));
	}

	private load(isTest = false): Workflow {
		return new Workflow({
			...this.workflow,
			nodes: [this.node],
			connections: {},
			active: true,
			nodeTypes: this.packages,
			staticData: isTest ? {} : structuredClone(this.staticData),
		});
	}

	private save(workflow: Workflow): void {
		const { staticData } = workflow as unknown as { staticData: IDataObject };
		this.staticData = JSON.parse(JSON.stringify(staticData)) as IDataObject;
	}

	private webhookData(isTest: boolean): IWebhookData {
		const [webhookDescription] = this.nodeType.description.webhooks!;
		return { webhookDescription, isTest } as IWebhookData;
	}

	private additionalData() {
		const { webhookUrl } = this.address;
		return {
			...additionalDataFor(this.helper, {
				executionId: 'execution',
				workflowId: this.workflow.id,
			}),
			webhookBaseUrl: `${webhookUrl}webhook`,
			webhookTestBaseUrl: `${webhookUrl}webhook-test`,
		};
	}
}
