import { batchesOf } from '../../../superoffice/crm/bulk-batches';

const shape = (keys: string[], rows: Array<Record<string, string>>) =>
	batchesOf({ primaryKey: 'id' }, keys, rows).map(({ columns, rows: own }) => [
		columns.join(),
		own.map(({ index }) => index).join(),
	]);

test('rows with equal columns go together, whatever the order of the columns', () => {
	expect(shape(['k'], [{ k: 'a', b: '1' }, { k: 'b' }, { b: '2', k: 'c' }, { k: 'd' }])).toEqual([
		['k,b', '0,2'],
		['k', '1,3'],
	]);
});

test('1,000 rows go into one batch', () => {
	const rows = Array.from({ length: 2001 }, (_, index) => ({ k: `${index}` }));
	expect(batchesOf({ primaryKey: 'id' }, ['k'], rows).map((batch) => batch.rows.length)).toEqual([
		1000, 1000, 1,
	]);
});

test('a key comes once in a batch, also if only case, accents or the encoding differ', () => {
	const keys = ['Café', 'cafe', '[I:5]', 'CAFÉ', '5'];
	expect(
		shape(
			['k'],
			keys.map((k) => ({ k })),
		),
	).toEqual([
		['k', '0,2'],
		['k', '1,4'],
		['k', '3'],
	]);
});

test('rows with the same key stay in their order, also if their columns differ', () => {
	const rows: Array<Record<string, string>> = [
		{ k: 'a' },
		{ k: 'b', x: '1' },
		{ k: 'b' },
		{ k: 'a', x: '2' },
		{ k: 'c' },
	];
	expect(shape(['k'], rows)).toEqual([
		['k', '0,4'],
		['k,x', '1,3'],
		['k', '2'],
	]);
});

test('keys that all come twice take two batches', () => {
	const rows = Array.from({ length: 1000 }, (_, index) => ({ k: `${Math.floor(index / 2)}` }));
	expect(batchesOf({ primaryKey: 'id' }, ['k'], rows)).toHaveLength(2);
});

test('the primary key comes first, then other keys', () => {
	expect(shape(['z', 'id'], [{ b: '', z: '1', id: '[I:1]', a: '' }])).toEqual([['id,z,a,b', '0']]);
});

test('rows without an ID are inserted where that is the key', () => {
	const batches = batchesOf(
		{ primaryKey: 'id' },
		['id'],
		[{ id: '[I:0]', x: '1' }, { id: '[I:4]', x: '1' }, { x: '1' }],
	);
	expect(
		batches.map(({ hasKeys, columns, rows }) => [hasKeys, columns.join(), rows.length]),
	).toEqual([
		[false, 'x', 2],
		[true, 'id,x', 1],
	]);
});
