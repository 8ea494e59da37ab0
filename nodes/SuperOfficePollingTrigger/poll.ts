import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { authState } from '../../n8n/auth-state';
import { openSession } from '../../n8n/crm-sessions';
import { toNodeError, toStandaloneError } from '../../n8n/errors';
import { readCredentials } from '../../n8n/transport';
import {
	changedRecords,
	changesSince,
	firstMark,
	newestRecord,
	readText,
	simplifyRow,
	SuperOfficeError,
	type ArchiveRow,
	type ChangeMark,
	type ChangeQuery,
	type CrmSession,
	type FoundChange,
	type TriggerOn,
} from '../../superoffice';
import { entities, type RecordResourceName } from '../SuperOffice/resources/entities';
import { toTexts } from '../SuperOffice/run';

/** What n8n keeps for the node in the workflow's static data. */
interface StaticData {
	mark?: ChangeMark & {
		/** The tenant, the kind of record and the kind of change: with others, it starts anew. */
		of: string;
	};
}

/** What one poll goes by. */
interface Poll {
	context: IPollFunctions;
	session: CrmSession;
	query: ChangeQuery;
	/** SuperOffice's time when the poll began, once it has answered. */
	now: () => number;
}

/** Longer IDs of workflows, as of some that were imported, n8n takes for ones that are not saved. */
const longestWorkflowId = 21;
/** How many changes a poll looks at, and how many where n8n gives it less than a minute. */
const [mostChanges, mostInHaste] = [10_000, 2000];

/** The records that are new or changed since the last time, or `null`; in a test in the editor, the newest record. */
export async function pollOnce(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const isTest = context.getMode() === 'manual';
	const node = context.getNode();
	const key = JSON.stringify([context.getWorkflow().id, node.id]);
	// n8n does not wait for a poll that takes longer than until the next one, and both would find the same.
	if (!isTest && authState.polling.has(key)) return null;
	if (!isTest) authState.polling.add(key);
	try {
		if (!isTest) requireMemory(context);
		const poll = await prepare(context);
		const items = isTest ? [await testItem(poll)] : await newItems(poll);
		return items.length === 0 ? null : [items];
	} catch (error) {
		throw isTest ? toNodeError(node, error) : toStandaloneError(node, error);
	} finally {
		if (!isTest) authState.polling.delete(key);
	}
}

/** Where n8n does not keep the mark, each start would be a first one, and what came before would be lost unnoticed. */
function requireMemory(context: IPollFunctions): void {
	if ((context.getWorkflow().id ?? '').length <= longestWorkflowId) return;
	throw new SuperOfficeError(
		'INVALID_INPUT',
		`The ID of this workflow has more than ${longestWorkflowId} characters, and n8n does not keep for such workflows up to where they have polled.`,
		'Duplicate the workflow, and publish the copy: n8n gives it a shorter ID.',
	);
}

async function prepare(context: IPollFunctions): Promise<Poll> {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const entity = entities[context.getNodeParameter('resource') as RecordResourceName];
	// Of an expression that comes to nothing, the key is there: without the filter, all would be found.
	const filter = 'filter' in options ? options.filter : '';
	const chosen = toTexts(options.columns);
	const query: ChangeQuery = {
		entity,
		triggerOn: context.getNodeParameter('triggerOn') as TriggerOn,
		columns: chosen.length > 0 ? chosen : entity.archive.columns,
		filter: readText('Filter (OData)', filter).trim(),
	};
	const start = Date.now();
	let began: number | undefined;
	const session = openSession(context, await readCredentials(context, 0), {
		language: (options.language as string) || undefined,
		timeout: options.timeout as number | undefined,
		onTime: (time) => (began ??= time - (Date.now() - start)),
	});
	return { context, session, query, now: () => began ?? start };
}

async function newItems({ context, session, query, now }: Poll): Promise<INodeExecutionData[]> {
	const { entity, triggerOn } = query;
	const { contextIdentifier, host } = session.tenant;
	const of = [host, contextIdentifier.toLowerCase(), entity.name, triggerOn].join(' ');
	const data = context.getWorkflowStaticData('node') as StaticData;
	const read = changedRecords(session, query);
	// n8n 1 does not say how long a poll may take.
	const isHasty = (context.getPollBudgetMs?.() ?? Infinity) < 60_000;
	const options = { triggerOn, now, most: isHasty ? mostInHaste : mostChanges };
	if (data.mark?.of !== of) {
		// SuperOffice's time comes with any answer.
		await newestRecord(session, query);
		data.mark = { of, ...(await firstMark(read, options)) };
		return [];
	}
	// A copy: what n8n hands out tells it of each change.
	const known = JSON.parse(JSON.stringify(data.mark)) as ChangeMark;
	const { changes, mark } = await changesSince(read, known, options);
	const next = { of, ...mark };
	if (JSON.stringify(next) !== JSON.stringify(data.mark)) data.mark = next;
	return changes.map(({ record, triggeredBy }) => toItem(query, record.row, triggeredBy));
}

async function testItem({ session, query }: Poll): Promise<INodeExecutionData> {
	const newest = await newestRecord(session, query);
	if (newest === undefined) {
		const { label, plural } = query.entity;
		throw new SuperOfficeError(
			'INVALID_INPUT',
			query.filter === '' ? `SuperOffice has no ${plural}.` : `No ${label} matches Filter (OData).`,
			`Create a ${label} in SuperOffice to test with, or change Record${query.filter === '' ? '' : ' or Filter (OData)'}.`,
		);
	}
	const { created, updated, row } = newest;
	const isNew = updated === undefined || updated === created;
	const usual = isNew ? 'created' : 'updated';
	return toItem(query, row, query.triggerOn === 'createdOrUpdated' ? usual : query.triggerOn);
}

/** The row as Get Many gives it, without the columns that only the poll needs. */
function toItem(
	{ entity, columns }: ChangeQuery,
	row: ArchiveRow,
	triggeredBy: FoundChange<never>['triggeredBy'],
): INodeExecutionData {
	const { primaryKey } = entity.archive;
	const wanted = Object.entries(simplifyRow(row, primaryKey)).filter(
		([name]) => name === primaryKey || columns.includes(name),
	);
	return { json: { ...(Object.fromEntries(wanted) as IDataObject), triggeredBy } };
}
