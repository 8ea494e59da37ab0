import type { IBinaryData, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import {
	fileNameIn,
	isEmpty,
	readText,
	SuperOfficeError,
	type ByteStream,
	type FileContent,
	type ReceiveContent,
} from '../../superoffice';

export const inputFileProperty: INodeProperties = {
	displayName: 'Input Binary Field',
	name: 'binaryPropertyName',
	type: 'string',
	required: true,
	default: 'data',
	hint: 'The name of the input field that contains the file',
};

export const outputFileProperty: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	required: true,
	default: 'data',
	hint: 'The name of the output field to put the file in',
};

/**
 * The name of the field that a file is put into.
 *
 * @throws SuperOfficeError `INVALID_INPUT` for none
 */
export function outputField(context: IExecuteFunctions, item: number): string {
	const { displayName, name, default: usual } = outputFileProperty;
	const given: unknown = context.getNodeParameter(name, item);
	if (!isEmpty(given)) return readText(displayName, given);
	throw new SuperOfficeError(
		'INVALID_INPUT',
		`${displayName} is empty.`,
		`Enter the name of a field, such as ${String(usual)}.`,
	);
}

/** A file of an input item. Where n8n keeps it on disk, it is read as it is sent. */
export async function inputFile(
	{ helpers }: IExecuteFunctions,
	item: number,
	property: string,
): Promise<FileContent> {
	const { id, data, mimeType, fileName = '' } = helpers.assertBinaryData(item, property);
	if (id === undefined) {
		return {
			name: fileName,
			type: mimeType,
			size: Buffer.byteLength(data, 'base64'),
			open: async () => await helpers.getBinaryDataBuffer(item, property),
		};
	}
	const { fileSize } = await helpers.getBinaryMetadata(id);
	return {
		name: fileName,
		type: mimeType,
		size: fileSize,
		open: async () => (await helpers.getBinaryStream(id)) as AsyncIterable<Uint8Array>,
	};
}

/** Hands the bytes of a file on to n8n, which keeps them where it keeps such. */
export function outputFile(context: IExecuteFunctions, name: string): ReceiveContent {
	return async (bytes) => await keep(context, bytes, name);
}

/** The same, for a file whose name and type the answer tells, if anything does; nothing for an answer without content. */
export function answeredFile(context: IExecuteFunctions): ReceiveContent {
	return async (bytes, headers) => {
		const { 'content-length': length, 'transfer-encoding': encoding } = headers;
		const [type = ''] = String(headers['content-type'] ?? '').split(';');
		const isUntold = length === undefined && encoding === undefined && type === '';
		if (length === '0' || isUntold) return undefined;
		const isTold = type !== '' && type !== 'application/octet-stream';
		const name = fileNameIn(headers['content-disposition']);
		return await keep(context, bytes, name, isTold ? type.trim() : undefined);
	};
}

async function keep(
	{ helpers }: IExecuteFunctions,
	bytes: ByteStream,
	name?: string,
	type?: string,
): Promise<IBinaryData> {
	// Customers name attachments, and whoever writes files to a disk by their names is to stay in one folder.
	const fileName = name?.replace(/[\\/]/g, '_');
	// With a name, n8n knows the type as well.
	const binary = await helpers.prepareBinaryData(
		bytes as Parameters<typeof helpers.prepareBinaryData>[0],
		fileName,
		type,
	);
	return fileName === undefined ? binary : { ...binary, fileName };
}
