import type { INodeProperties } from 'n8n-workflow';

import { readBoolean, type NewDocument } from '../../../../superoffice';
import {
	additionalProperties,
	emptyFields,
	fileTimeout,
	language,
	optionsProperty,
} from '../../options';
import type { RecordRun } from '../../record-run';

const deleteIfUploadFails: INodeProperties = {
	displayName: 'Delete Document If Upload Fails',
	name: 'deleteIfUploadFails',
	type: 'boolean',
	default: true,
	description:
		'Whether a document whose content could not be stored is deleted again, instead of staying in SuperOffice without content',
};

export function newDocumentOptions(...others: INodeProperties[]): INodeProperties {
	const options = [
		additionalProperties,
		deleteIfUploadFails,
		emptyFields,
		language,
		fileTimeout,
		...others,
	];
	return optionsProperty(
		options.sort((one, other) => one.displayName.localeCompare(other.displayName)),
	);
}

/** What was filled in for the document that an item is to make. */
export function newDocument(run: RecordRun, item: number): NewDocument {
	const { deleteIfUploadFails: given = true } = run.options(item);
	return {
		input: run.input(item),
		deleteIfFailed: readBoolean(deleteIfUploadFails.displayName, given),
	};
}
