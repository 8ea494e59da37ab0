import { entities } from '../../../../nodes/SuperOffice/resources/entities';
import {
	createRecord,
	CrmSession,
	filterText,
	findMatches,
	keyFieldsOf,
	keysOf,
	readRecord,
	SuperOfficeError,
	timedOut,
	tooManyMatches,
	unreachable,
	updateRecord,
	type CrmCall,
} from '../../../../superoffice';

const { company, request, sale } = entities;

const items = [
	{ Id: 1, Name: 'Consulting' },
	{ Id: 2, Name: 'Consulting' },
];
const columns = [
	{ Name: 'name', CanRestrictBy: true, RestrictionType: 'string' },
	{ Name: 'icon', CanRestrictBy: false },
];

/** The least that a tenant can answer; two companies have the name of any that is asked for. */
const answer: CrmCall = async ({ method = 'GET', path, query }) => {
	if (path.includes('MDOList')) return items;
	if (path.includes('GetAvailableColumns')) return columns;
	if (path.includes('Layout') || path.includes('CustomField')) return [];
	if (path.includes('Archive/')) {
		const [, name = ''] = /'(.*)'/.exec(query?.$filter ?? '') ?? [];
		const isFirstPage = !/greater/.test(query?.$filter ?? '');
		const twins = [1, 2].map((contactId) => ({ contactId, name }));
		return name === 'Twins' && isFirstPage ? twins : [];
	}
	if (method !== 'GET') throw timedOut('online.superoffice.com');
	return {};
};

const session = () => new CrmSession(answer);
const create = async (values: Record<string, unknown>, entity = company) =>
	await createRecord(session(), entity, { values });
const filter = async (column: string) =>
	await filterText(session(), 'SimpleContact', {
		conditions: [{ column, operator: 'is', value: 'a' }],
		combine: 'and',
	});

/** What goes wrong with records, each with a message of its own. */
export const recordErrors: Array<[string, () => Promise<unknown>]> = [
	['a text that is too long', async () => await create({ Name: 'x'.repeat(220) })],
	['a choice that is not in its list', async () => await create({ Business: 'Fishing' })],
	['an ID that is not in its list', async () => await create({ Business: 77 })],
	['an ID that is none', async () => await create({ BusinessId: '12.0' })],
	['a choice of which there are two', async () => await create({ Business: 'Consulting' })],
	['a value that is none of an enum', async () => await create({ Status: 'Dreamt' }, sale)],
	['a record that nobody has heard of', async () => await create({ Contact: 'Nobody' }, sale)],
	['a record that has namesakes', async () => await create({ Contact: 'Twins' }, sale)],
	[
		'a field that cannot be emptied',
		async () => {
			const input = { values: {}, emptyFields: ['Nmae'] };
			return await updateRecord(session(), company, 1, input);
		},
	],
	['a record that may have been created', async () => await create({ Name: 'Acme' })],
	[
		'a record that may have been created before the connection broke',
		async () => {
			const call: CrmCall = async (call) => {
				if (call.method !== 'POST') return await answer(call);
				throw unreachable('online.superoffice.com', { code: 'ECONNRESET' });
			};
			return await createRecord(new CrmSession(call), company, { values: {} });
		},
	],
	[
		'a record that is not there',
		async () => {
			const call: CrmCall = async () => {
				throw new SuperOfficeError('CALL_FAILED', 'Not found.', '', { httpStatus: 404 });
			};
			return await readRecord(new CrmSession(call), company, 5);
		},
	],
	[
		'an answer that is no record',
		async () => await readRecord(new CrmSession(async () => ''), company, 5),
	],
	[
		'an answer that is no list',
		async () => await new CrmSession(async () => '').callForList({ path: '/v1/MDOList/task' }),
	],
	['a filter without a column', async () => await filter('')],
	['a filter on an unknown column', async () => await filter('nmae')],
	['a filter on a column that SuperOffice cannot filter by', async () => await filter('icon')],
	['nothing to match on', async () => await keyFieldsOf(session(), company, [])],
	[
		'a field that cannot be matched on',
		async () => await keyFieldsOf(session(), request, ['Slevel']),
	],
	[
		'an empty key',
		async () => await keysOf(session(), await keyFieldsOf(session(), company, ['Name']), {}),
	],
	[
		'too many matches',
		async () => {
			const keyFields = await keyFieldsOf(session(), company, ['Name']);
			const keys = await keysOf(session(), keyFields, { Name: 'Twins' });
			const found = await findMatches(session(), company, keyFields, keys);
			throw tooManyMatches(company, keyFields, [...found.values()].flat());
		},
	],
];
