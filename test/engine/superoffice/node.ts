import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { superOfficeNode } from '../support/workflows';

/** The value of a resource mapper that is filled in by hand. */
export function mapped(value: IDataObject, matchingColumns: string[] = []): INodeParameters {
	return {
		mappingMode: 'defineBelow',
		value: value as INodeParameters,
		matchingColumns,
		schema: [],
	};
}

/** The value of a resource mapper that takes items as they come. */
export function mappedAutomatically(matchingColumns: string[] = []): INodeParameters {
	return { mappingMode: 'autoMapInputData', value: null, matchingColumns, schema: [] };
}

export function byId(id: number | string): INodeParameters {
	return { __rl: true, mode: 'id', value: String(id) };
}

/** The node, with one of its operations. */
export function operation(
	resource: string,
	name: string,
	parameters: INodeParameters = {},
	settings: Partial<INode> = {},
): INode {
	return superOfficeNode({ resource, operation: name, ...parameters }, settings);
}
