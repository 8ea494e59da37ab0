import type { INodeProperties } from 'n8n-workflow';

import { language, optionsProperty } from '../SuperOffice/options';
import { eventOptions } from './events';

export const properties: INodeProperties[] = [
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: eventOptions,
		default: [],
		description:
			'What starts the workflow. Changes of phone numbers, e-mail addresses and custom fields alone are not among it: SuperOffice Polling Trigger finds those.',
	},
	{
		displayName: 'Custom Events',
		name: 'customEvents',
		type: 'string',
		default: '',
		placeholder: 'e.g. list.category.changed, y_rental.created',
		description:
			'Events of lists (list.category.created), of extra tables (y_rental.changed) and of your own, separated by commas',
	},
	optionsProperty([
		{
			displayName: 'Catch Up',
			name: 'catchUp',
			type: 'boolean',
			default: false,
			description:
				'Whether to look for what changed while SuperOffice could not deliver events, and start the workflow with it. These events are marked with caughtUp. What was deleted cannot be found.',
		},
		{
			displayName: 'Changed Fields',
			name: 'changedFields',
			type: 'string',
			default: '',
			placeholder: 'e.g. category_idx, associate_id',
			description:
				'Take changes only if one of these database columns is among them, separated by commas. The output of an event has them in Changes. Events other than changes are always taken.',
		},
		{
			displayName: 'Ignore Own Changes',
			name: 'ignoreOwnChanges',
			type: 'boolean',
			default: false,
			description:
				'Whether to leave out changes that were made with this credential, so that a workflow that changes records does not start itself',
		},
		{
			displayName: 'Include Record',
			name: 'includeRecord',
			type: 'boolean',
			default: false,
			description:
				'Whether to add the record as it is by then, for companies, contact persons, projects, sales, follow-ups, documents and requests. One that is gone is null.',
		},
		language,
	]),
];
