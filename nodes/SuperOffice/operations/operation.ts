import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Entity } from '../../../superoffice';
import { RecordRun } from '../record-run';

/** An operation of one resource: what it is called, asks for and does. */
export interface Operation {
	/** As stored in workflows. */
	value: string;
	name: string;
	description: string;
	/** As the node panel lists it. */
	action: string;
	/** In the order they are shown, without the conditions to show them. */
	properties: INodeProperties[];
	execute(context: IExecuteFunctions): Promise<INodeExecutionData[]>;
}

/** An operation that is the same for several kinds of records. */
export interface RecordOperation {
	value: string;
	name: string;
	description(entity: Entity): string;
	action(entity: Entity): string;
	isFor?(entity: Entity): boolean;
	properties(entity: Entity): INodeProperties[];
	execute(run: RecordRun): Promise<INodeExecutionData[]>;
}

/** What the operation is for one kind of record. */
export function operationOn(
	entity: Entity,
	{ value, name, description, action, properties, execute }: RecordOperation,
): Operation {
	return {
		value,
		name,
		description: description(entity),
		action: action(entity),
		properties: properties(entity),
		execute: async (context) => await execute(new RecordRun(context, entity)),
	};
}

/** `a company`, `an appointment`. */
export function aRecord({ label }: Entity): string {
	return `${/^[aeiou]/.test(label) ? 'an' : 'a'} ${label}`;
}
