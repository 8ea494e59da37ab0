import type { Operation } from '../operation';
import { queryOperation } from './query';

export const archiveOperations: readonly Operation[] = [queryOperation];
