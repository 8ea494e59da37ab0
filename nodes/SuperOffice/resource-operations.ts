import type { Entity } from '../../superoffice';
import { recordOperations } from './operations';
import { apiOperations } from './operations/api';
import { archiveOperations } from './operations/archive';
import { listOperations } from './operations/list';
import { operationOn, type Operation } from './operations/operation';
import { relationOperations } from './operations/relation';
import { tableOperations } from './operations/table';
import { userOperations } from './operations/user';
import { entities } from './resources/entities';

/** What the node's users choose first. */
export interface Resource {
	label: string;
	operations: readonly Operation[];
	/** Of records that are created, read and changed alike. */
	entity?: Entity;
}

function recordResource(entity: Entity): Resource {
	const own = recordOperations.filter(({ isFor }) => isFor?.(entity) ?? true);
	return {
		label: entity.label,
		operations: own.map((operation) => operationOn(entity, operation)),
		entity,
	};
}

/** By the names that are stored in workflows. */
export const resources: Readonly<Record<string, Resource>> = {
	...Object.fromEntries(
		Object.entries(entities).map(([name, entity]) => [name, recordResource(entity)]),
	),
	relation: { label: 'relation', operations: relationOperations },
	table: { label: 'extra table', operations: tableOperations },
	archive: { label: 'archive', operations: archiveOperations },
	list: { label: 'list', operations: listOperations },
	user: { label: 'user', operations: userOperations },
	api: { label: 'API', operations: apiOperations },
};
