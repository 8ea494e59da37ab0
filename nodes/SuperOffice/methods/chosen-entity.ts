import type { ILoadOptionsFunctions } from 'n8n-workflow';

import type { Entity } from '../../../superoffice';
import { entities, type RecordResourceName } from '../resources/entities';

/** The kind of record that is chosen in the node's panel. */
export function chosenEntity(context: ILoadOptionsFunctions): Entity {
	return entities[context.getCurrentNodeParameter('resource') as RecordResourceName];
}

/** The archive that is chosen; empty if none is, `undefined` where the form is of something else. */
export function chosenArchive(context: ILoadOptionsFunctions): string | undefined {
	if (context.getCurrentNodeParameter('resource') !== 'archive') return undefined;
	const chosen = context.getCurrentNodeParameter('provider') as { value?: unknown } | string | null;
	const value = typeof chosen === 'object' ? chosen?.value : chosen;
	return String(value ?? '').trim();
}
