import { joinElements, mergeElements } from '../../../superoffice/crm/elements';
import { superOfficeErrorOf } from '../support/errors';

const current = [
	{ Value: '+47 22 00 00 00', Description: 'Office', SearchValue: '4722000000' },
	{ Value: '+47 99 00 00 00', Description: 'Mobile' },
];

describe('several values in one field', () => {
	test('keep what else SuperOffice has for those that stay', () => {
		expect(mergeElements('+47 99 00 00 00, +47 22 00 00 00', current, 'Phones')).toEqual([
			current[1],
			current[0],
		]);
	});

	test('are removed if left out, and added if new', () => {
		expect(mergeElements('+47 33 00 00 00,+47 99 00 00 00', current, 'Phones')).toEqual([
			{ Value: '+47 33 00 00 00' },
			current[1],
		]);
	});

	test.each(['', ' , ', [], null, undefined])('are none in %p', (values) => {
		expect(mergeElements(values, current, 'Phones')).toEqual([]);
	});

	test('are each there once', () => {
		expect(mergeElements(' a@x.no ,a@x.no,A@x.no', [], 'Emails')).toEqual([{ Value: 'a@x.no' }]);
	});

	test('keep their description if only the case changes', () => {
		const emails = [{ Value: 'Anna@x.no', Description: 'Work' }];
		expect(mergeElements('anna@x.no', emails, 'Emails')).toEqual([
			{ Value: 'anna@x.no', Description: 'Work' },
		]);
	});

	test('may have commas and descriptions of their own in an array', () => {
		const values = ['a,b', 5, { Value: '+47 99 00 00 00', Description: 'Private' }];
		expect(mergeElements(values, current, 'Phones')).toEqual([
			{ Value: 'a,b' },
			{ Value: '5' },
			{ Value: '+47 99 00 00 00', Description: 'Private' },
		]);
	});

	test('do not change what was there before', () => {
		const [phone] = mergeElements('+47 22 00 00 00', current, 'Phones');
		phone!.Description = 'Changed';
		expect(current[0]!.Description).toBe('Office');
	});

	test.each([true, [{}], [null]])('are not taken from %p', async (values) => {
		const { code, message } = await superOfficeErrorOf(() => mergeElements(values, [], 'Phones'));
		expect([code, message]).toEqual([
			'INVALID_INPUT',
			'Phones is neither text nor a list of texts.',
		]);
	});

	test('are shown with commas in between, in a form that can be written back', () => {
		expect(joinElements(current)).toBe('+47 22 00 00 00, +47 99 00 00 00');
		expect(mergeElements(joinElements(current), current, 'Phones')).toEqual(current);
		expect(joinElements(null)).toBe('');
	});
});
