import type { IDataObject, INodeProperties } from 'n8n-workflow';

import {
	isEmpty,
	readBoolean,
	readText,
	SuperOfficeError,
	type FileContent,
	type NewMessage,
} from '../../../../superoffice';
import { inputFile } from '../../files';
import type { RecordRun } from '../../record-run';
import { toTexts } from '../../run';

export const messageProperty: INodeProperties = {
	displayName: 'Message',
	name: 'message',
	type: 'string',
	typeOptions: { rows: 5 },
	default: '',
	placeholder: 'e.g. Thank you for your order.',
};

const attachments: INodeProperties = {
	displayName: 'Attachments',
	name: 'attachments',
	type: 'string',
	default: '',
	placeholder: 'e.g. data, attachment_0',
	description: 'The names of the input binary fields that contain the files, separated by commas',
};

const author: INodeProperties = {
	displayName: 'Author',
	name: 'author',
	type: 'string',
	default: '',
	description: 'Whom the message is shown to be from',
};

const html: INodeProperties = {
	displayName: 'HTML',
	name: 'html',
	type: 'boolean',
	default: false,
	description: 'Whether the message is HTML instead of plain text',
};

const internal: INodeProperties = {
	displayName: 'Internal',
	name: 'internal',
	type: 'boolean',
	default: false,
	description: 'Whether the message is hidden from the customer',
};

const notify: INodeProperties = {
	displayName: 'Notify',
	name: 'notify',
	type: 'boolean',
	default: false,
	description:
		'Whether SuperOffice notifies people of it, as its own settings say, when all attachments are there',
};

export const messageOptionsProperty: INodeProperties = {
	displayName: 'Message Options',
	name: 'messageOptions',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [attachments, author, html, internal, notify],
};

/** What was filled in for the message of an item; undefined for an empty one, which cannot have attachments. */
export function newMessage({ context }: RecordRun, item: number): NewMessage | undefined {
	const given = context.getNodeParameter('message', item, '');
	const options = context.getNodeParameter('messageOptions', item, {}) as IDataObject;
	if (isEmpty(given) && toTexts(options.attachments).length > 0) throw noMessage();
	if (isEmpty(given)) return undefined;
	const flag = ({ displayName, name }: INodeProperties) =>
		!isEmpty(options[name]) && readBoolean(displayName, options[name]);
	return {
		text: readText(messageProperty.displayName, given),
		isHtml: flag(html),
		// What was to be hidden must not be shown because an expression comes to nothing.
		isInternal:
			Object.hasOwn(options, internal.name) &&
			readBoolean(internal.displayName, options[internal.name]),
		notify: flag(notify),
		author: isEmpty(options.author) ? '' : readText(author.displayName, options.author),
	};
}

export function noMessage(): SuperOfficeError {
	return new SuperOfficeError(
		'INVALID_INPUT',
		'Message is empty.',
		'Enter the text of the message.',
	);
}

/** The files that are to be attached to it. */
export async function attachedFiles({ context }: RecordRun, item: number): Promise<FileContent[]> {
	const { attachments: names } = context.getNodeParameter(
		'messageOptions',
		item,
		{},
	) as IDataObject;
	const files = toTexts(names).map(async (name) => {
		const file = await inputFile(context, item, name);
		return { ...file, name: file.name === '' ? name : file.name };
	});
	return await Promise.all(files);
}
