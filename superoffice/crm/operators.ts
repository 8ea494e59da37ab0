/** How a column can be compared. */
export interface Operator {
	name: string;
	label: string;
	/** How many values it takes. */
	values: 0 | 1 | 2 | 'many';
}
const op = (name: string, label: string, values: Operator['values'] = 1): Operator => ({
	name,
	label,
	values,
});
const table: Record<string, Operator[]> = {
	string: [
		op('is', 'Is'),
		op('contains', 'Contains'),
		op('begins', 'Begins With'),
		op('isNot', 'Is Not'),
		op('in', 'Is One Of', 'many'),
	],
	int: [
		op('equals', 'Equals'),
		op('greater', 'Is Greater Than'),
		op('less', 'Is Less Than'),
		op('in', 'Is One Of', 'many'),
	],
	bool: [op('set', 'Is')],
	listAny: [op('oneOf', 'Is One Of', 'many'), op('notOneOf', 'Is Not One Of', 'many')],
	associate: [op('associateIsOneOf', 'Is One Of', 'many')],
	date: [
		op('after', 'Is After'),
		op('before', 'Is Before'),
		op('date', 'Is'),
		op('today', 'Is Today', 0),
	],
	datetime: [op('afterTime', 'Is At or After'), op('beforeTime', 'Is Before')],
};
table.stringorPK = table.string!;
table.positiveString = table.string!;
table.decimal = table.int!;
export function operatorsFor(type: string): readonly Operator[] {
	return table[type] ?? [];
}
