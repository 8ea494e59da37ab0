import type { IDataObject } from 'n8n-workflow';

import { addMessage as add, readRecord, uploadAttachments } from '../../../../superoffice';
import { fileCallOptions } from '../../options';
import { recordIdProperty } from '../../parameters';
import { runItems } from '../../run-items';
import type { RecordOperation } from '../operation';
import {
	attachedFiles,
	messageOptionsProperty,
	messageProperty,
	newMessage,
	noMessage,
} from './new-message';

export const addMessage: RecordOperation = {
	value: 'addMessage',
	name: 'Add Message',
	description: () => 'Add a message to a request, with attachments if you like',
	action: () => 'Add a message to a request',
	isFor: ({ hasMessages }) => hasMessages === true,
	properties: (entity) => [
		recordIdProperty(entity),
		{ ...messageProperty, required: true },
		messageOptionsProperty,
		fileCallOptions(),
	],
	async execute(run) {
		const { entity } = run;
		const handle = async (item: number) => {
			const session = await run.sessionFor(item);
			const id = run.recordId(item, session);
			const message = newMessage(run, item);
			if (message === undefined) throw noMessage();
			const files = await attachedFiles(run, item);
			// Nothing is sent for a request that is not there.
			if (files.length > 0) await readRecord(session, entity, id, [entity.idKey]);
			const attachmentIds = await uploadAttachments(session, files);
			const added = await add(session, id, message, attachmentIds);
			return [{ ...added, attachmentIds } as IDataObject];
		};
		return await runItems(run.context, handle, (item) => run.orderKey(item));
	},
};
