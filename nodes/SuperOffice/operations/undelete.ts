import { undeleteRecord } from '../../../superoffice';
import { callOptions } from '../options';
import { outputProperties, recordIdProperty } from '../parameters';
import { runItems } from '../run-items';
import { aRecord, type RecordOperation } from './operation';

export const undelete: RecordOperation = {
	value: 'undelete',
	name: 'Undelete',
	description: (entity) => `Bring back ${aRecord(entity)} that was deleted`,
	action: (entity) => `Undelete ${aRecord(entity)}`,
	isFor: (entity) => entity.undelete !== undefined,
	properties: (entity) => [
		recordIdProperty(entity, 'searchDeletedRecords'),
		...outputProperties,
		callOptions(),
	],
	async execute(run) {
		return await runItems(run.context, async (item) => {
			const session = await run.sessionFor(item);
			const record = await undeleteRecord(session, run.entity, run.recordId(item, session));
			return [await run.output(item, session, record)];
		});
	},
};
