import type { INodeProperties } from 'n8n-workflow';

import { createFromTemplate as create, isEmpty, readText } from '../../../../superoffice';
import { fieldsProperty, outputProperties } from '../../parameters';
import type { RecordRun } from '../../record-run';
import { runItems } from '../../run-items';
import type { RecordOperation } from '../operation';
import { newDocument, newDocumentOptions } from './new-document';

const culture: INodeProperties = {
	displayName: 'Template Language',
	name: 'culture',
	type: 'string',
	default: '',
	placeholder: 'e.g. nb-NO',
	description: 'The language and country of what SuperOffice fills into the template',
};

const tags: INodeProperties = {
	displayName: 'Template Tags',
	name: 'tags',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Tag',
	options: [
		{
			displayName: 'Tag',
			name: 'tag',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. tag4',
					description: 'The four characters that stand for the value in the template',
				},
				{ displayName: 'Value', name: 'value', type: 'string', default: '' },
			],
		},
	],
	description: 'Values for tags of the template’s own, besides what SuperOffice fills in itself',
};

export const createFromTemplate: RecordOperation = {
	value: 'createFromTemplate',
	name: 'Create From Template',
	description: () => 'Create a document whose content SuperOffice makes from its template',
	action: () => 'Create a document from a template',
	isFor: ({ hasContent }) => hasContent === true,
	properties: () => [fieldsProperty('add'), ...outputProperties, newDocumentOptions(culture, tags)],
	async execute(run) {
		await run.prefetchNames();
		return await runItems(run.context, async (item) => {
			const session = await run.sessionFor(item);
			const template = readTemplate(run, item);
			const record = await create(session, run.entity, newDocument(run, item), template);
			return [await run.output(item, session, record)];
		});
	},
};

function readTemplate(run: RecordRun, item: number) {
	const { culture: given, tags: filledIn = {} } = run.options(item);
	const { tag = [] } = filledIn as { tag?: Array<{ name: string; value: unknown }> };
	return {
		culture: isEmpty(given) ? undefined : readText(culture.displayName, given).trim(),
		tags: Object.fromEntries(
			tag.map(({ name, value }) => [
				String(name).trim(),
				isEmpty(value) ? '' : readText(`${tags.displayName}, ${name}`, value),
			]),
		),
	};
}
