import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Entity } from '../../../superoffice';
import type { Run } from '../run';

/** What an operation does, with any kind of record it is for. */
export interface Operation {
	/** As stored in workflows. */
	value: string;
	name: string;
	description(entity: Entity): string;
	/** As the node panel lists it. */
	action(entity: Entity): string;
	isFor?(entity: Entity): boolean;
	/** In the order they are shown, without the conditions to show them. */
	properties(entity: Entity): INodeProperties[];
	execute(run: Run): Promise<INodeExecutionData[]>;
}

/** `a company`, `an appointment`. */
export function aRecord({ label }: Entity): string {
	return `${/^[aeiou]/.test(label) ? 'an' : 'a'} ${label}`;
}
