import type { INodeProperties } from 'n8n-workflow';

import type { Entity } from '../../../../superoffice';
import { readRecordId, toTexts } from '../../run';

export const memberIdsProperty: INodeProperties = {
	displayName: 'Member IDs',
	name: 'memberIds',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 5, 7',
	description: 'ID of the record, or several with commas in between',
};

const cure =
	'Enter under Member IDs the ID of a record, a whole number, or several with commas in between.';

/** @throws SuperOfficeError `INVALID_INPUT` */
export function readMemberIds(value: unknown, kind: Entity): number[] {
	const texts = toTexts(value);
	const ids = (texts.length === 0 ? [''] : texts).map((text) => readRecordId(text, kind, cure));
	return [...new Set(ids)];
}
