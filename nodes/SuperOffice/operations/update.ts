import { updateRecord } from '../../../superoffice';
import { writeOptions } from '../options';
import { fieldsProperty, outputProperties, recordIdProperty } from '../parameters';
import { runItems } from '../run-items';
import { aRecord, type RecordOperation } from './operation';

export const update: RecordOperation = {
	value: 'update',
	name: 'Update',
	description: (entity) =>
		`Change some fields of ${aRecord(entity)}, and leave the others as they are`,
	action: (entity) => `Update ${aRecord(entity)}`,
	properties: (entity) => [
		recordIdProperty(entity),
		fieldsProperty('add'),
		...outputProperties,
		writeOptions(),
	],
	async execute(run) {
		await run.prefetchNames();
		const handle = async (item: number) => {
			const session = await run.sessionFor(item);
			const id = run.recordId(item, session);
			const record = await updateRecord(session, run.entity, id, run.input(item));
			return [await run.output(item, session, record)];
		};
		return await runItems(run.context, handle, (item) => run.orderKey(item));
	},
};
