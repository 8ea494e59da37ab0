import type { INodeProperties } from 'n8n-workflow';

import { SuperOfficeError } from '../../../../superoffice';
import { nameLocator } from '../../parameters';
import type { Run } from '../../run';

/** @param example of what may be entered in place of a choice */
export function listProperty(searchListMethod: string, example: string): INodeProperties {
	return nameLocator('List', { name: 'listName', searchListMethod, example });
}

/** @throws SuperOfficeError `INVALID_INPUT` if none is chosen */
export function readListName(run: Run, item: number): string {
	const name = run.text('listName', item);
	if (name !== '') return name;
	throw new SuperOfficeError(
		'INVALID_INPUT',
		'No list is chosen.',
		'Choose a list, or enter its name.',
	);
}
