import { decodeCustomField, encodeCustomField } from '../../../superoffice/crm/custom-field-values';
import type { Field, FieldType } from '../../../superoffice/crm/entity';
import { superOfficeErrorOf } from '../support/errors';

const field = (type: FieldType): Field => ({ id: 'SuperOffice:7', label: 'Segment', type });
const encode = (type: FieldType, value: unknown) =>
	encodeCustomField(field(type), value, { timeZone: 'Europe/Oslo' });
const decode = (type: FieldType, text: string) => decodeCustomField(field(type), text);

describe('a custom field', () => {
	test.each<[FieldType, string | number | boolean, string]>([
		['string', 'This is boss', 'This is boss'],
		['string', '[I:3]', '[I:3]'],
		['string', '', ''],
		['listText', 'Mr', 'Mr'],
		['integer', 3, '[I:3]'],
		['integer', -3, '[I:-3]'],
		['number', 4.43, '[F:4.43]'],
		['number', 0.0000001, '[F:0.0000001]'],
		['boolean', true, '[I:1]'],
		['boolean', false, '[I:0]'],
		['date', '1999-05-25', '[DT:05/25/1999 00:00:00.0000000]'],
		['date', '', '[DT:01/01/0001 00:00:00.0000000]'],
		['dateTime', '1999-05-25T09:30:00', '[DT:05/25/1999 09:30:00.0000000]'],
		['dateTime', '', '[DT:01/01/0001 00:00:00.0000000]'],
		['time', '09:34:44', '[DT:01/01/1760 09:34:44.0000000]'],
		['time', '', '[DT:01/01/0001 00:00:00.0000000]'],
		['timeSpan', 90, '[I:90]'],
		['list', 4, '[I:4]'],
		['list', 0, '[I:0]'],
		['record', 5, '[I:5]'],
		['user', 6, '[I:6]'],
	])('of type %s holds %p as %s', (type, value, text) => {
		expect(encode(type, value)).toBe(text);
		expect(decode(type, text)).toBe(value);
	});

	test.each<[FieldType, unknown, string]>([
		['string', 42, '42'],
		['string', true, 'true'],
		['string', null, ''],
		['integer', ' 42 ', '[I:42]'],
		['integer', '', '[I:0]'],
		['number', '4.50', '[F:4.50]'],
		['number', 12_345_678, '[F:12345678]'],
		['boolean', 'False', '[I:0]'],
		['boolean', 1, '[I:1]'],
		['boolean', '', '[I:0]'],
		['date', new Date('1999-05-24T23:30:00Z'), '[DT:05/25/1999 00:00:00.0000000]'],
		['dateTime', '1999-05-25T07:30:00Z', '[DT:05/25/1999 09:30:00.0000000]'],
		['time', '9:30', '[DT:01/01/1760 09:30:00.0000000]'],
		['time', '1999-05-25T09:30:00', '[DT:01/01/1760 09:30:00.0000000]'],
		['timeSpan', '01:01:30', '[I:3690]'],
		['list', '', '[I:0]'],
		['list', '4', '[I:4]'],
	])('of type %s takes %p as %s', (type, value, text) => {
		expect(encode(type, value)).toBe(text);
	});

	test.each<[FieldType, string, string | number | boolean]>([
		['date', '[D:05/25/1999 00:00:00.0000000]', '1999-05-25'],
		['date', '[D:05/25/1999]', '1999-05-25'],
		['date', '1999-05-25T00:00:00', '1999-05-25'],
		['date', '0001-01-01T00:00:00', ''],
		['date', '[D:01/01/0001]', ''],
		['dateTime', '[D:05/25/1999]', '1999-05-25T00:00:00'],
		['time', '[T:09:34:44]', '09:34:44'],
		['time', '09:34:44', '09:34:44'],
		['boolean', 'True', true],
		['boolean', 'False', false],
		['boolean', '', false],
		['integer', '42', 42],
		['integer', '', ''],
		['list', '5', 5],
		['number', '4.43', 4.43],
		['timeSpan', '[TS:90]', 90],
		['integer', 'many', 'many'],
		['date', 'soon', 'soon'],
	])('of type %s in an older form, %s, is read as %p', (type, text, value) => {
		expect(decode(type, text)).toBe(value);
	});

	test.each<[FieldType, unknown, string]>([
		['string', {}, 'Segment is not text.'],
		['integer', 4.5, 'Segment is not a whole number.'],
		['integer', '3] or [', 'Segment is not a whole number.'],
		['integer', 1e20, 'Segment is not a whole number.'],
		['number', '4,43', 'Segment is not a number.'],
		['number', Number.NaN, 'Segment is not a number.'],
		['boolean', 'perhaps', 'Segment is neither true nor false.'],
		['date', 'soon', 'Segment is not a date.'],
		['dateTime', 5, 'Segment is not a date.'],
		['time', '25:00', 'Segment is not a time.'],
		['time', 930, 'Segment is not a time.'],
		['timeSpan', 'long', 'Segment is not a whole number.'],
		['list', 'Gold', 'Segment is not a whole number.'],
	])('of type %s refuses %p', async (type, value, says) => {
		const { code, message, hint } = await superOfficeErrorOf(() => encode(type, value));
		expect([code, message]).toEqual(['INVALID_INPUT', says]);
		expect(hint).toMatch(/^Enter /);
	});
});
