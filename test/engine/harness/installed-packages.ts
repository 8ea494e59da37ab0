import { PackageDirectoryLoader, RoutingNode, type ExecuteContext } from 'n8n-core';
import {
	NodeHelpers,
	type ICredentialType,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypes,
} from 'n8n-workflow';

import { nodeAsTool } from './node-as-tool';

/** The node and credential types of some packages, loaded the way n8n loads a community package. */
export class InstalledPackages implements INodeTypes {
	private constructor(private readonly loaders: Map<string, PackageDirectoryLoader>) {}

	static async load(folders: string[]): Promise<InstalledPackages> {
		const loaders = new Map<string, PackageDirectoryLoader>();
		for (const folder of folders) {
			const loader = new PackageDirectoryLoader(folder);
			await loader.loadAll();
			loaders.set(loader.packageName, loader);
		}
		return new InstalledPackages(loaders);
	}

	/** @param nodeType as workflows write it: the package, a dot, the node */
	getByName(nodeType: string) {
		const dot = nodeType.lastIndexOf('.');
		const loader = this.loaders.get(nodeType.slice(0, dot));
		if (!loader) throw new Error(`Unrecognized node type: ${nodeType}`);
		return loader.getNode(nodeType.slice(dot + 1)).type;
	}

	/** @param nodeType with Tool at its end, the node as an AI tool; no node here has such a name of its own */
	getByNameAndVersion(nodeType: string, version?: number): INodeType {
		if (nodeType.endsWith('Tool')) {
			return nodeAsTool(this.getByNameAndVersion(nodeType.slice(0, -'Tool'.length), version));
		}
		const type = NodeHelpers.getVersionedNodeType(this.getByName(nodeType), version);
		if (isDeclarative(type)) {
			type.execute = async function (this: IExecuteFunctions) {
				// n8n runs every execute in this context; its type does not say so.
				const context = this as unknown as ExecuteContext;
				return (await new RoutingNode(context, type).runNode()) ?? null;
			};
		}
		return type;
	}

	getKnownTypes() {
		return Object.assign({}, ...[...this.loaders.values()].map(({ known }) => known.nodes));
	}

	getCredentialType(name: string): ICredentialType {
		return this.packageOfCredential(name).getCredential(name).type;
	}

	/** What a credential type extends, directly or indirectly. */
	getParentTypes(name: string): string[] {
		const parents = this.findPackageOfCredential(name)?.known.credentials[name]?.extends ?? [];
		return parents.flatMap((parent) => [parent, ...this.getParentTypes(parent)]);
	}

	/** The nodes that name this credential type, as workflows write them. */
	getSupportedNodes(name: string): string[] {
		return [...this.loaders.values()].flatMap(({ nodesByCredential, packageName }) =>
			(nodesByCredential[name] ?? []).map((node) => `${packageName}.${node}`),
		);
	}

	private packageOfCredential(name: string): PackageDirectoryLoader {
		const loader = this.findPackageOfCredential(name);
		if (!loader) throw new Error(`Unrecognized credential type: ${name}`);
		return loader;
	}

	private findPackageOfCredential(name: string): PackageDirectoryLoader | undefined {
		return [...this.loaders.values()].find(({ known }) => name in known.credentials);
	}
}

/** A node without code of its own: n8n makes its requests from its description. */
function isDeclarative(type: INodeType): boolean {
	const ownCode = type.execute ?? type.poll ?? type.trigger ?? type.webhook ?? type.methods;
	return ownCode === undefined && type.description.requestDefaults !== undefined;
}
