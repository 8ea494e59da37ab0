import type { Operation } from '../operation';
import { getCurrentUser } from './get-current';
import { getUsers } from './get-many';

export const userOperations: readonly Operation[] = [getCurrentUser, getUsers];
