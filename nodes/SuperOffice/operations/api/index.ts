import type { Operation } from '../operation';
import { call } from './call';

export const apiOperations: readonly Operation[] = [call];
