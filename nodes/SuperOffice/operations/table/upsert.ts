import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { describeError } from '../../../../n8n/errors';
import {
	bulkTimeout,
	decodeRow,
	encodeKeyedRow,
	isSameName,
	isZero,
	keyColumnsOf,
	upsertRows,
	type RowResult,
} from '../../../../superoffice';
import { language, optionsProperty, timeout } from '../../options';
import { prepareItems } from '../../prepare-items';
import { Run, toTexts } from '../../run';
import { stoppedBy } from '../../run-items';
import type { Operation } from '../operation';
import {
	perTable,
	readTable,
	readValues,
	tableProperty,
	valuesProperty,
	type RowRequest,
} from './table';

const notice: INodeProperties = {
	displayName:
		'This writes straight to the database: the rights of users do not apply, and for rows of extra tables SuperOffice sends no webhooks.',
	name: 'bulkNotice',
	type: 'notice',
	default: '',
};

const keyColumns: INodeProperties = perTable({
	displayName: 'Key Column Names or IDs',
	name: 'keyColumns',
	type: 'multiOptions',
	required: true,
	typeOptions: { loadOptionsMethod: 'getColumns' },
	default: [],
	description:
		'By which columns a row is found; what they hold together must be in one row at most. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
});

/** What one item asks for. */
interface Request extends RowRequest {
	keys: string[];
}

/** As stored in workflows, like that of records; n8n's linter would have it called the same as well. */
const value = 'upsert';

export const upsertTableRows: Operation = {
	value,
	name: 'Bulk Create or Update',
	description:
		'Create or update rows of any table, also of SuperOffice’s own; up to 1,000 items in one call',
	action: 'Create or update rows of a table in bulk',
	properties: [
		notice,
		tableProperty,
		keyColumns,
		valuesProperty('autoMapInputData'),
		optionsProperty([language, { ...timeout, default: bulkTimeout }]),
	],
	async execute(context) {
		const run = new Run(context);
		const prepared = await prepareItems(context, async (item) => await readRequest(run, item));
		const results: Array<RowResult | Error | undefined> = prepared.map((one) =>
			one instanceof Error ? one : undefined,
		);
		const stopsAtFailure = !context.continueOnFail();
		const signal = context.getExecutionCancelSignal();
		for (const items of alike(prepared)) {
			const requests = items.map((item) => prepared[item] as Request);
			const { session, table, keys } = requests[0]!;
			const rows = requests.map(({ cells }) => cells);
			const own = await upsertRows(session, { table, keys, rows, stopsAtFailure, signal });
			for (const [index, item] of items.entries()) results[item] = own[index];
			if (stopsAtFailure && own.some((result) => result === undefined || result instanceof Error)) {
				break;
			}
		}
		const failures = results.flatMap((error, item) =>
			error instanceof Error ? [{ error, item }] : [],
		);
		if (stopsAtFailure && failures.length > 0) {
			const done = results.filter((result) => result !== undefined).length - failures.length;
			throw stoppedBy(context, failures, done);
		}
		return results.map((result, item): INodeExecutionData => {
			const json =
				result instanceof Error
					? { error: describeError(result) }
					: { ...keysOf(prepared[item] as Request), ...result };
			return { json, pairedItem: { item } };
		});
	},
};

async function readRequest(run: Run, item: number): Promise<Request> {
	const session = await run.sessionFor(item);
	const table = await readTable(run, item, session, { isExtra: false });
	const keys = keyColumnsOf(table, toTexts(run.context.getNodeParameter('keyColumns', item, [])));
	const { values, unknown } = readValues(run, item);
	return { session, table, keys, cells: encodeKeyedRow(session, table, values, { keys, unknown }) };
}

/** Items of the same tenant, table and keys; in nearly all runs, that is all of them. */
function alike(prepared: ReadonlyArray<Request | Error>): number[][] {
	const groups: Array<{ first: Request; items: number[] }> = [];
	for (const [item, request] of prepared.entries()) {
		if (request instanceof Error) continue;
		const group = groups.find(
			({ first }) =>
				first.session === request.session &&
				first.table.name === request.table.name &&
				first.keys.join() === request.keys.join(),
		);
		if (group === undefined) groups.push({ first: request, items: [item] });
		else group.items.push(item);
	}
	return groups.map(({ items }) => items);
}

/** Of a row that is inserted without an ID, there is none. */
function keysOf({ table, keys, cells }: Request): IDataObject {
	const own = Object.entries(cells).filter(
		([name, cell]) =>
			keys.some((key) => isSameName(key, name)) &&
			!(isSameName(name, table.primaryKey) && isZero(cell)),
	);
	return decodeRow(table, Object.fromEntries(own)) as IDataObject;
}
