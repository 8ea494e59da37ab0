import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { titleCase } from './parameters';
import { resources, type Resource } from './resource-operations';

const resourceProperty: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: Object.entries(resources)
		.map(([value, { label }]): INodePropertyOptions => ({ name: titleCase(label), value }))
		.sort((one, other) => one.name.localeCompare(other.name)),
	default: 'company',
};

export const properties: INodeProperties[] = [
	resourceProperty,
	...Object.entries(resources).map(operationProperty),
	...Object.entries(resources).flatMap(parametersOf),
];

function operationProperty([resource, { operations }]: [string, Resource]): INodeProperties {
	const initial = (operations.find(({ value }) => value === 'get') ?? operations[0]!).value;
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: operations.map(({ name, value, description, action }) => ({
			name,
			value,
			description,
			action,
		})),
		default: initial,
	};
}

/** The parameters of all operations, each shown for its own. */
function parametersOf([resource, { operations }]: [string, Resource]): INodeProperties[] {
	return operations.flatMap(({ value, properties: own }) =>
		own.map((property) => ({
			...property,
			displayOptions: {
				...property.displayOptions,
				show: { ...property.displayOptions?.show, resource: [resource], operation: [value] },
			},
		})),
	);
}
