import { create } from './create';
import { deleteOperation } from './delete';
import { createFromTemplate } from './document/create-from-template';
import { download } from './document/download';
import { replaceContent } from './document/replace-content';
import { upload } from './document/upload';
import { get } from './get';
import { getMany } from './get-many';
import { addInterests, removeInterests } from './interests/change-interests';
import {
	addOperation,
	projectMembers,
	removeOperation,
	saleStakeholders,
} from './members/change-linked';
import { addSelectionMembers, removeSelectionMembers } from './members/change-selection';
import { getOperation } from './members/get-linked';
import { getSelectionMembers } from './members/get-selection';
import { merge } from './merge/merge';
import type { RecordOperation } from './operation';
import { addMessage } from './request/add-message';
import { close } from './request/close';
import { createWithMessage } from './request/create';
import { getMessages } from './request/get-messages';
import { mergeRequest } from './request/merge';
import { undelete } from './undelete';
import { update } from './update';
import { upsert } from './upsert';

/** What can be done with records, in alphabetical order; some only with one kind of them. */
export const recordOperations: readonly RecordOperation[] = [
	addMessage,
	close,
	addInterests,
	addSelectionMembers,
	addOperation(projectMembers),
	addOperation(saleStakeholders),
	create,
	createWithMessage,
	createFromTemplate,
	upsert,
	deleteOperation,
	download,
	get,
	getMany,
	getMessages,
	mergeRequest,
	replaceContent,
	getSelectionMembers,
	getOperation(projectMembers),
	getOperation(saleStakeholders),
	merge,
	removeInterests,
	removeSelectionMembers,
	removeOperation(projectMembers),
	removeOperation(saleStakeholders),
	undelete,
	update,
	upload,
];
