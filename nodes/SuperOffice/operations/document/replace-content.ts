import { replaceContent as replace } from '../../../../superoffice';
import { inputFile, inputFileProperty } from '../../files';
import { fileCallOptions } from '../../options';
import { outputProperties, recordIdProperty } from '../../parameters';
import { runItems } from '../../run-items';
import type { RecordOperation } from '../operation';

export const replaceContent: RecordOperation = {
	value: 'replaceContent',
	name: 'Replace Content',
	description: () => 'Store a file as the content of a document that is there',
	action: () => 'Replace the content of a document',
	isFor: ({ hasContent }) => hasContent === true,
	properties: (entity) => [
		recordIdProperty(entity),
		inputFileProperty,
		...outputProperties,
		fileCallOptions(),
	],
	async execute(run) {
		const { context, entity } = run;
		const handle = async (item: number) => {
			const session = await run.sessionFor(item);
			const property = context.getNodeParameter('binaryPropertyName', item) as string;
			const id = run.recordId(item, session);
			const file = await inputFile(context, item, property);
			await run.prepareOutput(item, session);
			const record = await replace(session, entity, id, file);
			return [await run.output(item, session, record)];
		};
		return await runItems(context, handle, (item) => run.orderKey(item));
	},
};
