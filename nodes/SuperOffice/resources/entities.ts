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
