import type { INodeProperties } from 'n8n-workflow';

import { SuperOfficeError } from '../../../../superoffice';
import type { Run } from '../../run';

/** @param example of what may be entered in place of a choice */
export function listProperty(searchListMethod: string, example: string): INodeProperties {
	return {
		displayName: 'List',
		name: 'listName',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a list...',
				typeOptions: { searchListMethod, searchable: true },
			},
			{ displayName: 'By Name', name: 'name', type: 'string', placeholder: `e.g. ${example}` },
		],
	};
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
