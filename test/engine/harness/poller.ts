import { PollContext } from 'n8n-core';
import {
	Workflow,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { additionalDataFor } from './additional-data';
import type { CredentialsHelper } from './credentials-helper';
import type { InstalledPackages } from './installed-packages';

/** A published workflow that begins with a node that polls. Like n8n, it keeps the static data when a poll has worked. */
export class Poller {
	/** As in the workflows table */
	staticData = '{}';

	/** How long n8n gives a poll, in milliseconds; n8n's default unless set */
	budget?: number;

	private workflow!: Workflow;

	constructor(
		private readonly packages: InstalledPackages,
		private readonly helper: CredentialsHelper,
		private node: INode,
		private readonly id = 'polled',
	) {
		this.start();
	}

	/** What starts an execution; `null` if nothing does. */
	async poll(mode: WorkflowExecuteMode = 'trigger'): Promise<IDataObject[] | null> {
		const { workflow, node } = this;
		const additionalData = additionalDataFor(this.helper, { workflowId: workflow.id });
		const activation = mode === 'manual' ? 'manual' : 'activate';
		const context = new PollContext(workflow, node, additionalData, mode, activation);
		const { budget } = this;
		if (budget !== undefined) Object.assign(context, { getPollBudgetMs: () => budget });
		const { poll } = this.packages.getByNameAndVersion(node.type, node.typeVersion);
		const output: INodeExecutionData[][] | null = await poll!.call(context);
		const isChanged = workflow.staticData.__dataChanged === true;
		if (mode !== 'manual' && isChanged) this.staticData = JSON.stringify(workflow.staticData);
		return output === null ? null : output[0]!.map(({ json }) => json);
	}

	/** As after a restart of n8n, or a change of the workflow. */
	start(node: INode = this.node): void {
		this.node = node;
		this.workflow = new Workflow({
			id: this.id,
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes: this.packages,
			staticData: JSON.parse(this.staticData) as IDataObject,
		});
	}
}
