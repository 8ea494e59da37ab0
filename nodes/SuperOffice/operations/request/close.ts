import { closeRequest } from '../../../../superoffice';
import { callOptions } from '../../options';
import { outputProperties, recordIdProperty } from '../../parameters';
import { runItems } from '../../run-items';
import type { RecordOperation } from '../operation';

export const close: RecordOperation = {
	value: 'close',
	name: 'Close',
	description: () => 'Close a request',
	action: () => 'Close a request',
	isFor: ({ hasMessages }) => hasMessages === true,
	properties: (entity) => [recordIdProperty(entity), ...outputProperties, callOptions()],
	async execute(run) {
		const handle = async (item: number) => {
			const session = await run.sessionFor(item);
			const record = await closeRequest(session, run.entity, run.recordId(item, session));
			return [await run.output(item, session, record)];
		};
		return await runItems(run.context, handle, (item) => run.orderKey(item));
	},
};
