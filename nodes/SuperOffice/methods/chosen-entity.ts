import type { ILoadOptionsFunctions } from 'n8n-workflow';

import type { Entity } from '../../../superoffice';
import { entities, type RecordResourceName } from '../resources/entities';

/** The kind of record that is chosen in the node's panel. */
export function chosenEntity(context: ILoadOptionsFunctions): Entity {
	return entities[context.getCurrentNodeParameter('resource') as RecordResourceName];
}
