import { nearestNames } from '../../../superoffice/crm/nearest';

const categories = ['Customer', 'Prospect', 'Supplier', 'Partner', 'Old customer'];

describe('the names likeliest meant', () => {
	test.each([
		['Custmer', 'Customer'],
		['prospekt', 'Prospect'],
		['PARTNERS', 'Partner'],
		['old', 'Old customer'],
		['  supplier ', 'Supplier'],
	])('by %s begin with %s', (name, nearest) => {
		expect(nearestNames(name, categories)[0]).toBe(nearest);
	});

	test('are those with the name in them, before those with similar letters', () => {
		const names = ['Goldan', 'Golden Oldies Partner'];
		expect(nearestNames('golden', names)).toEqual(['Golden Oldies Partner', 'Goldan']);
	});

	test('are found without accents', () => {
		expect(nearestNames('Tromso', ['Trondheim', 'Tromsø'])[0]).toBe('Tromsø');
		expect(nearestNames('Orebro', ['Oslo', 'Örebro'])[0]).toBe('Örebro');
		expect(nearestNames('STRASSE', ['Stress', 'Straße'])[0]).toBe('Straße');
	});

	test('are three, or as many as are wanted and there are, each once', () => {
		expect(nearestNames('x', categories)).toHaveLength(3);
		expect(nearestNames('x', categories, 1)).toHaveLength(1);
		expect(nearestNames('x', ['a', 'a'])).toEqual(['a']);
		expect(nearestNames('x', [])).toEqual([]);
	});

	test('by an empty name do not begin with just any that contains it', () => {
		expect(nearestNames('', ['Long name', 'IT'])[0]).toBe('IT');
	});
});
