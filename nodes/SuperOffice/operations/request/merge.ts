import { mergeRequests } from '../../../../superoffice';
import { callOptions } from '../../options';
import { outputProperties } from '../../parameters';
import { runItems } from '../../run-items';
import { readTwoRecords, twoRecordsProperties } from '../merge/two-records';
import type { RecordOperation } from '../operation';

export const mergeRequest: RecordOperation = {
	value: 'merge',
	name: 'Merge',
	description: () => 'Move the messages of a request into another one, and keep that one',
	action: () => 'Merge a request into another one',
	isFor: ({ hasMessages }) => hasMessages === true,
	properties: (entity) => [...twoRecordsProperties(entity), ...outputProperties, callOptions()],
	async execute(run) {
		const handle = async (item: number) => {
			const session = await run.sessionFor(item);
			const records = readTwoRecords(run, item, session);
			// Nobody can undo it, so what can fail comes first.
			await run.prepareOutput(item, session);
			const record = await mergeRequests(session, run.entity, records);
			return [await run.output(item, session, record)];
		};
		// The request that stays in one item can be the one that goes in the next.
		return await runItems(run.context, handle, () => 'all');
	},
};
