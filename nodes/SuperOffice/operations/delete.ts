import { deleteRecord } from '../../../superoffice';
import { callOptions } from '../options';
import { recordIdProperty } from '../parameters';
import { runItems } from '../run-items';
import { aRecord, type RecordOperation } from './operation';

export const deleteOperation: RecordOperation = {
	value: 'delete',
	name: 'Delete',
	description: (entity) =>
		entity.undelete === undefined
			? `Delete ${aRecord(entity)} for good`
			: `Delete ${aRecord(entity)}; it can be brought back with Undelete`,
	action: (entity) => `Delete ${aRecord(entity)}`,
	properties: (entity) => [recordIdProperty(entity), callOptions()],
	async execute(run) {
		return await runItems(run.context, async (item) => {
			const session = await run.sessionFor(item);
			const id = run.recordId(item, session);
			await deleteRecord(session, run.entity, id);
			return [{ deleted: true, id }];
		});
	},
};
