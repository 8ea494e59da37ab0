import type { Operation } from '../operation';
import { addItem } from './add-item';
import { getItems } from './get-items';
import { getLists } from './get-many';

export const listOperations: readonly Operation[] = [addItem, getItems, getLists];
