import type { INodeProperties } from 'n8n-workflow';

import { changeInterests } from '../../../../superoffice';
import { callOptions } from '../../options';
import { recordIdProperty } from '../../parameters';
import { runItems } from '../../run-items';
import { aRecord, type RecordOperation } from '../operation';

const interestsProperty: INodeProperties = {
	displayName: 'Interest Names or IDs',
	name: 'interests',
	type: 'multiOptions',
	required: true,
	typeOptions: { loadOptionsMethod: 'getInterests' },
	default: [],
	description:
		'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

function changeOperation(change: 'add' | 'remove'): RecordOperation {
	const isAdding = change === 'add';
	return {
		value: isAdding ? 'addInterests' : 'removeInterests',
		name: isAdding ? 'Add Interests' : 'Remove Interests',
		description: (entity) =>
			`${isAdding ? 'Select' : 'Deselect'} some interests of ${aRecord(entity)}, and leave the others as they are`,
		action: (entity) =>
			`${isAdding ? 'Add interests to' : 'Remove interests from'} ${aRecord(entity)}`,
		isFor: (entity) => entity.interests !== undefined,
		properties: (entity) => [recordIdProperty(entity), interestsProperty, callOptions()],
		async execute(run) {
			const handle = async (item: number) => {
				const session = await run.sessionFor(item);
				const id = run.recordId(item, session);
				const names: unknown = run.context.getNodeParameter('interests', item);
				const changed = await changeInterests(session, run.entity, id, change, names);
				const done = isAdding ? { added: true } : { removed: true };
				return [{ ...done, id, interests: changed.map(({ name }) => name) }];
			};
			return await runItems(run.context, handle, (item) => run.orderKey(item));
		},
	};
}

export const addInterests = changeOperation('add');
export const removeInterests = changeOperation('remove');
