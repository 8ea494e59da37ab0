import { archiveFilter, equalsAny } from '../../../../superoffice/crm/archive-filter';
import { encodeCustomField } from '../../../../superoffice/crm/custom-field-values';
import { toUtc } from '../../../../superoffice/crm/dates';
import { mergeElements } from '../../../../superoffice/crm/elements';
import type { FieldType } from '../../../../superoffice/crm/entity';
import { readLimit } from '../../../../superoffice/crm/read-values';
import { recordIdFromUrl } from '../../../../superoffice/crm/record-address';

const timeZone = 'Europe/Oslo';

function encode(type: FieldType, value: unknown) {
	return encodeCustomField({ id: 'SuperOffice:1', label: 'Segment', type }, value, { timeZone });
}

function filter(type: string, operator: string, value: unknown, name = 'department') {
	return archiveFilter([{ column: { name, type }, operator, value }], 'and', { timeZone });
}

function companyAt(url: string) {
	const tenant = { contextIdentifier: 'Cust12345', host: 'online2.superoffice.com' };
	return recordIdFromUrl(url, { name: 'Contact', label: 'company' }, tenant);
}

/** What users can fill in wrongly, each with a message of its own. */
export const inputErrors: Array<[string, () => unknown]> = [
	['a value that is not text', () => encode('string', {})],
	['a value that is not a whole number', () => encode('integer', 4.5)],
	['a value that is not a number', () => encode('number', 'few')],
	['a limit of nothing', () => readLimit('Limit', 0)],
	['a value that is not a boolean', () => encode('boolean', 'perhaps')],
	['a value that is not a date', () => encode('date', 'soon')],
	['a value that is not a time', () => encode('time', 'noon')],
	['an unknown time zone', () => toUtc('2026-11-25', 'Europe/Olso', 'Date')],
	['values that are no texts', () => mergeElements([{}], [], 'Emails')],
	['a filter on what is no column', () => filter('string', 'is', 'a', 'not a column')],
	['a filter on a column that has none', () => filter('-', 'is', 'a')],
	['a filter with an operator of another type', () => filter('string', 'le', 'a')],
	['a filter without a value', () => filter('string', 'is', '')],
	['a filter with one value of two', () => filter('string', 'between', 'a')],
	['a filter with a line break', () => filter('string', 'is', 'a\nb')],
	[
		'a look-up with a backslash',
		() => {
			const column = { name: 'department', type: 'string' };
			return equalsAny(column, ['AC\\DC'], { timeZone });
		},
	],
	['a URL that is not of a record', () => companyAt('https://www.superoffice.com/')],
	[
		'a URL of another kind of record',
		() => companyAt('https://online2.superoffice.com/Cust12345/api/v1/Person/7'),
	],
	[
		'a URL of a record nobody offers',
		() => companyAt('https://online2.superoffice.com/Cust12345/api/v1/Associate/7'),
	],
	[
		'a URL of another tenant',
		() => companyAt('https://online2.superoffice.com/Cust54321/api/v1/Contact/5'),
	],
	[
		'a URL of another environment',
		() => companyAt('https://sod.superoffice.com/Cust12345/api/v1/Contact/5'),
	],
];
