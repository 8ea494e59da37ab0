import { create } from './create';
import { deleteOperation } from './delete';
import { get } from './get';
import { getMany } from './get-many';
import type { RecordOperation } from './operation';
import { undelete } from './undelete';
import { update } from './update';
import { upsert } from './upsert';

/** What can be done with any kind of record, in alphabetical order. */
export const recordOperations: readonly RecordOperation[] = [
	create,
	upsert,
	deleteOperation,
	get,
	getMany,
	undelete,
	update,
];
