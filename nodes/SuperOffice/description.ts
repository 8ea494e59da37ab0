import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Entity } from '../../superoffice';
import { operations } from './operations';
import { resources, type ResourceName } from './resources';
import { titleCase } from './parameters';

const names = Object.keys(resources) as ResourceName[];

const resourceProperty: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: names
		.map((value): INodePropertyOptions => ({ name: titleCase(resources[value].label), value }))
		.sort((one, other) => one.name.localeCompare(other.name)),
	default: 'company',
};

export const properties: INodeProperties[] = [
	resourceProperty,
	...names.map((resource) => operationProperty(resource, resources[resource])),
	...names.flatMap((resource) => parametersOf(resource, resources[resource])),
];

function operationsFor(entity: Entity) {
	return operations.filter(({ isFor }) => isFor?.(entity) ?? true);
}

function operationProperty(resource: ResourceName, entity: Entity): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: operationsFor(entity).map(({ name, value, description, action }) => ({
			name,
			value,
			description: description(entity),
			action: action(entity),
		})),
		default: 'get',
	};
}

/** The parameters of all operations; where two operations have one in common, it is shown for both. */
function parametersOf(resource: ResourceName, entity: Entity): INodeProperties[] {
	return operationsFor(entity).flatMap(({ value, properties: own }) =>
		own(entity).map((property) => ({
			...property,
			displayOptions: {
				...property.displayOptions,
				show: { ...property.displayOptions?.show, resource: [resource], operation: [value] },
			},
		})),
	);
}
