import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { FileContent, ReceiveContent } from '../../superoffice';

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
export function outputFile({ helpers }: IExecuteFunctions, name: string): ReceiveContent {
	return async (bytes) => {
		// With a name, n8n knows the type as well.
		const binary = await helpers.prepareBinaryData(
			bytes as Parameters<typeof helpers.prepareBinaryData>[0],
			name.replace(/[\\/]/g, '_'),
		);
		return { ...binary, fileName: name };
	};
}
