import { uploadDocument } from '../../../../superoffice';
import { inputFile, inputFileProperty } from '../../files';
import { fieldsProperty, outputProperties } from '../../parameters';
import { runItems } from '../../run-items';
import type { RecordOperation } from '../operation';
import { newDocument, newDocumentOptions } from './new-document';

export const upload: RecordOperation = {
	value: 'upload',
	name: 'Upload',
	description: () => 'Create a document from a file',
	action: () => 'Upload a document',
	isFor: ({ hasContent }) => hasContent === true,
	properties: () => [
		inputFileProperty,
		fieldsProperty('add'),
		...outputProperties,
		newDocumentOptions(),
	],
	async execute(run) {
		await run.prefetchNames();
		const { context, entity } = run;
		return await runItems(context, async (item) => {
			const session = await run.sessionFor(item);
			const property = context.getNodeParameter('binaryPropertyName', item) as string;
			const file = await inputFile(context, item, property);
			const document = newDocument(run, item);
			const record = await uploadDocument(session, entity, document, file);
			return [await run.output(item, session, record)];
		});
	},
};
