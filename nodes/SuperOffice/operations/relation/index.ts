import type { Operation } from '../operation';
import { createRelationOperation } from './create';
import { deleteRelationOperation } from './delete';
import { getRelations } from './get-many';

export const relationOperations: readonly Operation[] = [
	createRelationOperation,
	deleteRelationOperation,
	getRelations,
];
