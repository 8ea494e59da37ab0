import { mergeRequests } from '../../../../superoffice';
import { callOptions } from '../../options';
import { outputProperties, recordIdProperty } from '../../parameters';
import { runItems } from '../../run-items';
import type { RecordOperation } from '../operation';

export const mergeRequest: RecordOperation = {
	value: 'merge',
	name: 'Merge',
	description: () => 'Move the messages of a request into another one, and keep that one',
	action: () => 'Merge a request into another one',
	isFor: ({ hasMessages }) => hasMessages === true,
	properties: (entity) => [
		recordIdProperty(entity),
		{ ...recordIdProperty(entity), displayName: 'Merge Into', name: 'targetId' },
		...outputProperties,
		callOptions(),
	],
	async execute(run) {
		const handle = async (item: number) => {
			const session = await run.sessionFor(item);
			const from = run.recordId(item, session);
			const into = run.recordId(item, session, 'targetId');
			const record = await mergeRequests(session, run.entity, { from, into });
			return [await run.output(item, session, record)];
		};
		return await runItems(run.context, handle, (item) => run.orderKey(item, 'targetId'));
	},
};
