import type { INodeProperties } from 'n8n-workflow';

import type { CrmSession, Entity } from '../../../../superoffice';
import { recordIdProperty, titleCase } from '../../parameters';
import type { RecordRun } from '../../record-run';

const goes = ({ label }: Entity) => `${label} that goes`;
const stays = ({ label }: Entity) => `${label} that stays`;

/** What asks for two records that are to become one. */
export function twoRecordsProperties(entity: Entity): INodeProperties[] {
	const property = recordIdProperty(entity);
	return [
		{ ...property, displayName: titleCase(goes(entity)) },
		{ ...property, displayName: titleCase(stays(entity)), name: 'targetId' },
	];
}

/** @throws SuperOfficeError `INVALID_INPUT` */
export function readTwoRecords(
	run: RecordRun,
	item: number,
	session: CrmSession,
): { source: number; target: number } {
	const { entity } = run;
	const read = (parameter: string, label: string) =>
		run.recordIdIn(parameter, item, { ...entity, label }, session);
	return {
		source: read('recordId', goes(entity)),
		target: read('targetId', stays(entity)),
	};
}
