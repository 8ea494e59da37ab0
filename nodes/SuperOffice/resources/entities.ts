import type { Entity } from '../../../superoffice/crm/entity';
import { appointment } from './appointment';
import { company } from './company';
import { document } from './document';
import { person } from './person';
import { project } from './project';
import { request } from './request';
import { sale } from './sale';
import { selection } from './selection';

/** The resources whose records are created, read and changed alike. */
export type RecordResourceName =
	| 'company'
	| 'person'
	| 'project'
	| 'sale'
	| 'appointment'
	| 'document'
	| 'request'
	| 'selection';

export const entities: Record<RecordResourceName, Entity> = {
	company,
	person,
	project,
	sale,
	appointment,
	document,
	request,
	selection,
};

/** The kind of record that an archive, or its list of deleted ones, has a row each of. */
export function entityOfArchive(provider: string): Entity | undefined {
	const name = provider.toLowerCase();
	return Object.values(entities).find(
		({ name: own, archive, undelete }) =>
			archive.provider.toLowerCase() === name ||
			(undelete !== undefined && `recycle${own}`.toLowerCase() === name),
	);
}
