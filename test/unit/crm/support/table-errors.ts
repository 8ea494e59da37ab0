import {
	createRow,
	CrmSession,
	encodeKeyedRow,
	encodeRow,
	extraTableNamed,
	keyColumnsOf,
	requireSuccess,
	tableNamed,
	timedOut,
	unreachable,
	upsertRows,
	type CrmCall,
	type Table,
} from '../../../../superoffice';

const table: Table = {
	name: 'y_things',
	primaryKey: 'id',
	isExtra: true,
	columns: [
		{ id: 'id', label: 'ID', type: 'integer', readOnly: true },
		{ id: 'x_name', label: 'Name', type: 'string' },
	],
};

const refuse: CrmCall = async ({ path }) =>
	requireSuccess({ status: 400, body: { Message: 'No.' } }, path, []);

const session = (call: CrmCall = async () => []) => new CrmSession(call);

const encode = (values: Record<string, unknown>) =>
	encodeRow(session(), table, values, { unknown: 'refuse' });

/** Writes rows, and throws what became of the first. */
async function write(call: CrmCall, keys: string[], rows: Array<Record<string, string>>) {
	const [first] = await upsertRows(session(call), { table, keys, rows });
	if (first instanceof Error) throw first;
}

const named = { x_name: 'a' };

/** What goes wrong with rows of tables, each with a message of its own. */
export const tableErrors: Array<[string, () => Promise<unknown>]> = [
	['no table', async () => await tableNamed(session(), '')],
	['a table with an impossible name', async () => await tableNamed(session(), 'y things')],
	['a table that is no extra table', async () => await extraTableNamed(session(), 'contact')],
	['a table that is not there', async () => await tableNamed(session(refuse), 'y_nothing')],
	['an unknown column', async () => encode({ x_nmae: 'a' })],
	['a column that SuperOffice fills in', async () => encode({ id: 5 })],
	['a row without values', async () => await createRow(session(), table, {})],
	['an answer that is no ID', async () => await createRow(session(), table, { x_name: 'a' })],
	['no key columns', async () => keyColumnsOf(table, [])],
	[
		'a row with an empty key',
		async () => encodeKeyedRow(session(), table, {}, { keys: ['x_name'], unknown: 'ignore' }),
	],
	['a row that is refused', async () => await write(refuse, ['x_name'], [named])],
	['rows that are refused together', async () => await write(refuse, ['id'], [named, named])],
	[
		'a row that may have been written',
		async () =>
			await write(
				async () => {
					throw timedOut('online.superoffice.com');
				},
				['x_name'],
				[named],
			),
	],
	[
		'a row that may have been written before the connection broke',
		async () =>
			await write(
				async () => {
					throw unreachable('online.superoffice.com', { code: 'ECONNRESET' });
				},
				['x_name'],
				[named],
			),
	],
];
