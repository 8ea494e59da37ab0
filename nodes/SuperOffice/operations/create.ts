import { createRecord } from '../../../superoffice';
import { writeOptions } from '../options';
import { fieldsProperty, outputProperties } from '../parameters';
import { runItems } from '../run-items';
import { aRecord, type RecordOperation } from './operation';

export const create: RecordOperation = {
	value: 'create',
	name: 'Create',
	description: (entity) => `Create ${aRecord(entity)}`,
	action: (entity) => `Create ${aRecord(entity)}`,
	// Those have one of their own.
	isFor: ({ hasMessages }) => !hasMessages,
	properties: () => [fieldsProperty('add'), ...outputProperties, writeOptions()],
	async execute(run) {
		await run.prefetchNames();
		return await runItems(run.context, async (item) => {
			const session = await run.sessionFor(item);
			const record = await createRecord(session, run.entity, run.input(item));
			return [await run.output(item, session, record)];
		});
	},
};
