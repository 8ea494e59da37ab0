import type { Operation } from '../operation';
import { createTableRow } from './create';
import { deleteTableRow } from './delete';
import { getTableRow } from './get';
import { getTableRows } from './get-many';
import { updateTableRow } from './update';
import { upsertTableRows } from './upsert';

/** In alphabetical order. */
export const tableOperations: readonly Operation[] = [
	upsertTableRows,
	createTableRow,
	deleteTableRow,
	getTableRow,
	getTableRows,
	updateTableRow,
];
