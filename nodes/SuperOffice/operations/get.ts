import { readRecord } from '../../../superoffice';
import { callOptions } from '../options';
import { outputProperties, recordIdProperty } from '../parameters';
import { runItems } from '../run-items';
import { aRecord, type RecordOperation } from './operation';

export const get: RecordOperation = {
	value: 'get',
	name: 'Get',
	description: (entity) => `Get ${aRecord(entity)} by its ID`,
	action: (entity) => `Get ${aRecord(entity)}`,
	properties: (entity) => [recordIdProperty(entity), ...outputProperties, callOptions()],
	async execute(run) {
		return await runItems(run.context, async (item) => {
			const session = await run.sessionFor(item);
			const record = await readRecord(session, run.entity, run.recordId(item, session));
			return [await run.output(item, session, record)];
		});
	},
};
