import { createRecord, createRequest } from '../../../../superoffice';
import { create } from '../create';
import { runItems } from '../../run-items';
import type { RecordOperation } from '../operation';
import { attachedFiles, messageOptionsProperty, messageProperty, newMessage } from './new-message';

/** As for other records, with the first message in the same operation. */
export const createWithMessage: RecordOperation = {
	...create,
	isFor: ({ hasMessages }) => hasMessages === true,
	properties(entity) {
		const [fields, ...others] = create.properties(entity);
		const description = 'The first message of the request. None if empty.';
		return [fields!, { ...messageProperty, description }, messageOptionsProperty, ...others];
	},
	async execute(run) {
		await run.prefetchNames();
		return await runItems(run.context, async (item) => {
			const session = await run.sessionFor(item);
			const message = newMessage(run, item);
			const input = run.input(item);
			const record =
				message === undefined
					? await createRecord(session, run.entity, input)
					: await createRequest(session, run.entity, input, {
							message,
							files: await attachedFiles(run, item),
						});
			return [await run.output(item, session, record)];
		});
	},
};
