import { createRecord } from '../../../superoffice';
import { writeOptions } from '../options';
import { fieldsProperty, outputProperties } from '../parameters';
import { runItems } from '../run-items';
import { existingRecord, ifExistsOptions, nameKey, saysCreated } from './if-exists';
import { aRecord, type RecordOperation } from './operation';

export const create: RecordOperation = {
	value: 'create',
	name: 'Create',
	description: (entity) => `Create ${aRecord(entity)}`,
	action: (entity) => `Create ${aRecord(entity)}`,
	// Those have one of their own.
	isFor: ({ hasMessages }) => !hasMessages,
	properties: (entity) => [
		fieldsProperty('add'),
		...outputProperties,
		writeOptions(ifExistsOptions(entity)),
	],
	async execute(run) {
		await run.prefetchNames();
		const handle = async (item: number) => {
			const session = await run.sessionFor(item);
			const existing = await existingRecord(run, item, session);
			if (existing !== undefined) return [existing];
			const record = await createRecord(session, run.entity, run.input(item));
			const output = await run.output(item, session, record);
			return [saysCreated(run, item) ? { ...output, created: true } : output];
		};
		return await runItems(run.context, handle, (item) => nameKey(run, item));
	},
};
