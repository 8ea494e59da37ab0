import type { IBinaryData } from 'n8n-workflow';

import { readContent } from '../../../../superoffice';
import { outputField, outputFile, outputFileProperty } from '../../files';
import { fileCallOptions } from '../../options';
import { recordIdProperty } from '../../parameters';
import { runItemsWithFiles } from '../../run-items';
import type { RecordOperation } from '../operation';

export const download: RecordOperation = {
	value: 'download',
	name: 'Download',
	description: () => 'Get the content of a document as a file',
	action: () => 'Download a document',
	isFor: ({ hasContent }) => hasContent === true,
	properties: (entity) => [recordIdProperty(entity), outputFileProperty, fileCallOptions()],
	async execute(run) {
		const { context, entity } = run;
		return await runItemsWithFiles(context, async (item) => {
			const session = await run.sessionFor(item);
			const property = outputField(context, item);
			const id = run.recordId(item, session);
			const { document, received } = await readContent(session, entity, id, (name) =>
				outputFile(context, name),
			);
			const { Header, Name } = document as { Header: string; Name: string };
			const json = { [entity.idKey]: id, Header, Name };
			return [{ json, binary: { [property]: received as IBinaryData } }];
		});
	},
};
