import type { ILoadOptionsFunctions } from 'n8n-workflow';

import type { Entity } from '../../../superoffice';
import { resources, type ResourceName } from '../resources';

/** The kind of record that is chosen in the node's panel. */
export function chosenEntity(context: ILoadOptionsFunctions): Entity {
	return resources[context.getCurrentNodeParameter('resource') as ResourceName];
}
