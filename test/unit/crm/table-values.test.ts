import type { Field, FieldType, Table } from '../../../superoffice';
import {
	decodeRow,
	encodeKeyedRow,
	encodeRow,
	keyColumnsOf,
} from '../../../superoffice/crm/table-values';

const session = { timeZone: 'Europe/Oslo' };

const types: Record<string, FieldType> = {
	id: 'integer',
	x_text: 'string',
	x_count: 'integer',
	x_price: 'number',
	x_active: 'boolean',
	x_day: 'date',
	x_at: 'dateTime',
	x_time: 'time',
	x_span: 'timeSpan',
	x_company: 'record',
};

const table: Table = {
	name: 'y_things',
	primaryKey: 'id',
	isExtra: true,
	columns: Object.entries(types).map(([id, type]) => ({ id, label: id, type })),
};
const unknownTable: Table = { name: 'thing', primaryKey: 'thing_id', isExtra: false, columns: [] };

const encode = (values: Record<string, unknown>, own = table) =>
	encodeRow(session, own, values, { unknown: 'refuse' });

test.each<[string, unknown, string]>([
	['x_text', 'Ærø [I:3]\u0000\n', 'Ærø [I:3]\u0000\n'],
	['x_text', 5, '5'],
	['x_text', '', ''],
	['x_count', '007', '[I:7]'],
	['x_count', '', '[I:0]'],
	['x_price', 1e-7, '[F:0.0000001]'],
	['x_price', '4.50', '[F:4.50]'],
	['x_active', 'false', '[I:0]'],
	['x_day', '2026-02-01', '[DT:02/01/2026 00:00:00]'],
	['x_day', '', '[DT:01/01/0001 00:00:00]'],
	['x_at', '2026-02-01T10:30:00Z', '[DT:02/01/2026 11:30:00]'],
	['x_at', new Date('2026-07-01T10:30:00Z'), '[DT:07/01/2026 12:30:00]'],
	['x_time', '9:05', '[DT:01/01/1760 09:05:00]'],
	['x_span', '00:01:00', '[I:60]'],
	['x_company', '5', '[I:5]'],
])('a value for %s, %j, is encoded by the column’s type', (name, value, cell) => {
	expect(encode({ [name.toUpperCase()]: value })).toEqual({ [name]: cell });
});

test('what is absent is left out, and does not empty', () => {
	expect(encode({ x_text: null, x_count: undefined })).toEqual({});
});

test('where the columns are not known, a value is encoded by its own type', () => {
	const at = new Date('2026-02-01T10:30:00Z');
	const values = { name: '42', associate_id: 4, price: 4.5, xstop: true, at, day: '2026-02-01' };
	expect(encode(values, unknownTable)).toEqual({
		...{ name: '42', associate_id: '[I:4]', price: '[F:4.5]', xstop: '[I:1]' },
		...{ at: '[DT:02/01/2026 11:30:00]', day: '2026-02-01' },
	});
});

test('a column that SuperOffice does not tell is taken, unless it tells them all', () => {
	const columns: Field[] = [{ id: 'SuperOffice:1', label: 'Nickname', type: 'string' }];
	const custom = { ...unknownTable, name: 'udthingsmall', columns };
	const values = { thing_id: 5, 'SuperOffice:1': 'a', 'SuperOffice:2': true };
	const taken = { thing_id: '[I:5]', 'SuperOffice:1': 'a', 'SuperOffice:2': '[I:1]' };
	const encoded = (own: Table, unknown: 'refuse' | 'ignore') =>
		encodeRow(session, own, values, { keys: ['thing_id'], unknown });
	expect(encoded(custom, 'refuse')).toEqual(taken);
	expect(encoded(custom, 'ignore')).toEqual({ thing_id: '[I:5]', 'SuperOffice:1': 'a' });
	const whole: Table = {
		...custom,
		columns: [...columns, { id: 'thing_id', label: 'ID', type: 'integer' }],
	};
	expect(() => encoded(whole, 'refuse')).toThrow('has no column “SuperOffice:2”');
	expect(() => keyColumnsOf(whole, ['thing'])).toThrow('has no column “thing”');
	expect(keyColumnsOf(custom, ['owner_id', 'superoffice:1'])).toEqual([
		'owner_id',
		'SuperOffice:1',
	]);
});

test('a key needs a value, unless it is the ID of a row that is new', () => {
	const keyed = (keys: string[], values: Record<string, unknown>) => () =>
		encodeKeyedRow(session, table, values, { keys, unknown: 'ignore' });
	expect(keyed(['x_text'], { x_text: ' ' })).toThrow('x_text is empty');
	expect(keyed(['id', 'x_text'], { x_text: 'a' })).toThrow('id is empty');
	expect(keyed(['id'], { x_text: 'a', other: 1 })()).toEqual({ x_text: 'a' });
	expect(keyed(['x_count'], { x_count: 0 })()).toEqual({ x_count: '[I:0]' });
});

test('a row is read by the types of its columns, encoded or not', () => {
	const encoded = {
		...{ id: '[I:1]', x_text: '[I:3]', x_active: '[I:1]', x_price: '[F:4.5]' },
		...{ x_day: '[DT:02/01/2026 00:00:00.0000000]', x_at: '[DT:01/01/0001 00:00:00]' },
		'x_company:DisplayText': 'Ærlig',
	};
	expect(decodeRow(table, encoded)).toEqual({
		...{ id: 1, x_text: '[I:3]', x_active: true, x_price: 4.5, x_day: '2026-02-01', x_at: '' },
		'x_company:DisplayText': 'Ærlig',
	});
	const plain = { id: 1, x_active: false, x_at: '2026-02-01T10:30:00Z', x_day: null };
	expect(decodeRow(table, plain)).toEqual(plain);
});
