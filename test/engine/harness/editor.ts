import { LoadOptionsContext } from 'n8n-core';
import {
	Workflow,
	type ILoadOptionsFunctions,
	type INode,
	type INodeListSearchResult,
	type INodePropertyOptions,
	type INodeType,
	type ResourceMapperFields,
} from 'n8n-workflow';

import { additionalDataFor } from './additional-data';
import type { CredentialsHelper } from './credentials-helper';
import type { InstalledPackages } from './installed-packages';

type Method<Arguments extends unknown[], Result> = (
	this: ILoadOptionsFunctions,
	...values: Arguments
) => Promise<Result>;

/** What the editor asks a node for while its panel is open. */
export class EditorPanel {
	private readonly nodeType: INodeType;

	constructor(
		private readonly packages: InstalledPackages,
		private readonly helper: CredentialsHelper,
		private readonly node: INode,
	) {
		this.nodeType = packages.getByNameAndVersion(node.type);
	}

	/** @param path of the parameter that the options are for; `&name` in the node's code is beside it */
	async loadOptions(method: string, path = method): Promise<INodePropertyOptions[]> {
		const { loadOptions = {} } = this.nodeType.methods ?? {};
		return await (loadOptions[method] as Method<[], INodePropertyOptions[]>).call(
			this.context(path),
		);
	}

	async search(method: string, filter?: string, token?: string): Promise<INodeListSearchResult> {
		const { listSearch = {} } = this.nodeType.methods ?? {};
		return await listSearch[method]!.call(this.context('recordId'), filter, token);
	}

	async mappedFields(method: string): Promise<ResourceMapperFields> {
		const { resourceMapping = {} } = this.nodeType.methods ?? {};
		return await (resourceMapping[method] as Method<[], ResourceMapperFields>).call(
			this.context('fields'),
		);
	}

	private context(path: string): LoadOptionsContext {
		const workflow = new Workflow({
			nodes: [this.node],
			connections: {},
			active: false,
			nodeTypes: this.packages,
		});
		const additionalData = additionalDataFor(this.helper, {
			executionId: 'editor',
			workflowId: 'editor',
		});
		additionalData.currentNodeParameters = this.node.parameters;
		return new LoadOptionsContext(workflow, this.node, additionalData, path);
	}
}
