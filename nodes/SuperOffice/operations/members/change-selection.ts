import type { INodeProperties } from 'n8n-workflow';

import {
	changeMembers,
	isOfCompanies,
	noSuchRecords,
	readOption,
	readSelection,
	SuperOfficeError,
	type CrmSession,
	type SelectionInfo,
} from '../../../../superoffice';
import { callOptions } from '../../options';
import { recordIdProperty } from '../../parameters';
import type { RecordRun } from '../../record-run';
import { entities, type RecordResourceName } from '../../resources/entities';
import { runBatches, type Outcome } from '../../run-batches';
import type { RecordOperation } from '../operation';
import { memberIdsProperty, readMemberIds } from './member-ids';
import { partlyDone } from './partly-done';
import { kindOf } from './selection-kinds';

const memberTypes = {
	label: 'Member Type',
	values: [
		{ value: 'selection', label: 'What the Selection Is Of' },
		{ value: 'company', label: 'Company' },
		{ value: 'person', label: 'Contact Person' },
	],
};

const memberTypeProperty: INodeProperties = {
	displayName: 'Member Type',
	name: 'memberType',
	type: 'options',
	options: memberTypes.values.map(({ value, label }) => ({ name: label, value })),
	default: 'selection',
	description:
		'What kind of records the IDs are of. A selection of companies can have contact persons in it as well, and the other way round.',
};

/** What one item asks for. */
interface Request {
	batchKey: string;
	size: number;
	session: CrmSession;
	selection: SelectionInfo;
	memberType: RecordResourceName;
	ids: number[];
}

/** As many as SuperOffice is asked to take in one call. */
const mostInOne = 1000;

function changeOperation(change: 'add' | 'remove'): RecordOperation {
	const isAdding = change === 'add';
	return {
		value: isAdding ? 'addMembers' : 'removeMembers',
		name: isAdding ? 'Add Members' : 'Remove Members',
		description: () =>
			isAdding
				? 'Add records to a selection; all items with the same selection together'
				: 'Take records out of a selection, without deleting them; all items with the same selection together',
		action: () => `${isAdding ? 'Add members to' : 'Remove members from'} a selection`,
		isFor: ({ name }) => name === 'Selection',
		properties: (entity) => [
			recordIdProperty(entity),
			memberTypeProperty,
			memberIdsProperty,
			callOptions(),
		],
		async execute(run) {
			return await runBatches(run.context, {
				prepare: async (item) => await readRequest(run, item),
				send: async (batch) => await send(batch, change),
				mostInOne,
			});
		},
	};
}

export const addSelectionMembers = changeOperation('add');
export const removeSelectionMembers = changeOperation('remove');

async function readRequest(run: RecordRun, item: number): Promise<Request> {
	const session = await run.sessionFor(item);
	const id = run.recordId(item, session);
	const type = run.context.getNodeParameter('memberType', item, 'selection');
	const given = run.context.getNodeParameter('memberIds', item);
	const wanted = readOption(memberTypes, type);
	const selection = await readSelection(session, id);
	const memberType = memberTypeOf(selection, wanted);
	const ids = readMemberIds(given, entities[memberType]);
	const { contextIdentifier, host } = session.tenant;
	const batchKey = `${host} ${contextIdentifier} ${id} ${memberType}`;
	return { batchKey, size: ids.length, session, selection, memberType, ids };
}

function memberTypeOf(selection: SelectionInfo, wanted: string): RecordResourceName {
	if (wanted === 'selection') return kindOf(selection);
	if (isOfCompanies(selection)) return wanted as RecordResourceName;
	throw new SuperOfficeError(
		'INVALID_INPUT',
		`The selection with the ID ${selection.id} is not of companies and contact persons.`,
		'Set Member Type to “What the Selection Is Of”, or choose another selection.',
	);
}

async function send(batch: Request[], change: 'add' | 'remove'): Promise<Outcome[]> {
	const { session, selection, memberType } = batch[0]!;
	const kind = entities[memberType];
	const ids = batch.flatMap((one) => one.ids);
	const missing = new Set(await changeMembers(session, selection, change, { kind, ids }));
	return batch.map((one) => {
		const unknown = one.ids.filter((id) => missing.has(id));
		if (unknown.length > 0) {
			const others = one.ids.length - unknown.length;
			return partlyDone(noSuchRecords(kind, unknown), others, one.ids.length);
		}
		const done = change === 'add' ? { added: true } : { removed: true };
		return one.ids.map((memberId) => ({
			...done,
			selectionId: selection.id,
			memberType,
			memberId,
		}));
	});
}
