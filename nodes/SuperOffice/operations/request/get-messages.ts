import type { IBinaryData, IDataObject, INodeProperties } from 'n8n-workflow';

import {
	attachmentsOf,
	hasAttachments,
	isEmpty,
	messagesOf,
	readAttachment,
	readBoolean,
	readText,
	type CrmSession,
	type Message,
} from '../../../../superoffice';
import { outputFile } from '../../files';
import { fileTimeout, language, optionsProperty } from '../../options';
import { limitProperties, recordIdProperty } from '../../parameters';
import type { RecordRun } from '../../record-run';
import { runItemsWithFiles, type Output } from '../../run-items';
import type { RecordOperation } from '../operation';

const prefix: INodeProperties = {
	displayName: 'Attachment Field Prefix',
	name: 'attachmentPrefix',
	type: 'string',
	default: 'attachment_',
	description:
		'What the names of the output binary fields begin with. The first attachment is in “attachment_0” then.',
};

const withAttachments: INodeProperties = {
	displayName: 'Download Attachments',
	name: 'downloadAttachments',
	type: 'boolean',
	default: false,
	description: 'Whether to return the attachments of each message as files',
};

export const getMessages: RecordOperation = {
	value: 'getMessages',
	name: 'Get Messages',
	description: () => 'Get the messages of a request, with their attachments if you like',
	action: () => 'Get the messages of a request',
	isFor: ({ hasMessages }) => hasMessages === true,
	properties: (entity) => [
		recordIdProperty(entity),
		...limitProperties,
		optionsProperty([prefix, withAttachments, language, fileTimeout]),
	],
	async execute(run) {
		return await runItemsWithFiles(run.context, async (item) => {
			const session = await run.sessionFor(item);
			const id = run.recordId(item, session);
			const { downloadAttachments: wanted = false } = run.options(item);
			const isWanted = readBoolean(withAttachments.displayName, wanted);
			const messages = await messagesOf(session, run.entity, id, run.limit(item));
			const isThere = isWanted && messages.length > 0 && (await hasAttachments(session, id));
			const outputs: Output[] = [];
			for (const message of messages) {
				const json = message as IDataObject;
				if (!isWanted) outputs.push({ json });
				else if (!isThere) outputs.push({ json: { ...json, attachments: [] } });
				else outputs.push(await download(run, item, session, message));
			}
			return outputs;
		});
	},
};

async function download(
	run: RecordRun,
	item: number,
	session: CrmSession,
	message: Message,
): Promise<Output> {
	const given = run.options(item).attachmentPrefix ?? prefix.default;
	const start = isEmpty(given) ? '' : readText(prefix.displayName, given);
	const binary: Record<string, IBinaryData> = {};
	const described: IDataObject[] = [];
	for (const attachment of await attachmentsOf(session, Number(message.ticketMessageId))) {
		const field = `${start}${described.length}`;
		const receive = outputFile(run.context, attachment.name);
		binary[field] = (await readAttachment(session, attachment, receive)) as IBinaryData;
		described.push({ ...(attachment.described as IDataObject), binaryField: field });
	}
	return { json: { ...(message as IDataObject), attachments: described }, binary };
}
