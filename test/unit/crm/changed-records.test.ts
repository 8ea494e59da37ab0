import { company } from '../../../nodes/SuperOffice/resources/company';
import { request } from '../../../nodes/SuperOffice/resources/request';
import { CrmSession, type CrmRequest } from '../../../superoffice';
import { changedRecords, newestRecord } from '../../../superoffice/crm/changed-records';
import type { TriggerOn } from '../../../superoffice/crm/changes-since';
import type { Entity } from '../../../superoffice/crm/entity';

const from = Date.parse('2026-11-25T10:00:00Z');
const to = from + 5000;

/** What SuperOffice is asked, and what it answers first; then there is nothing more. */
function use(entity: Entity, triggerOn: TriggerOn, filter = '', rows: object[] = []) {
	const asked: Array<Record<string, string>> = [];
	const answers = [rows];
	const session = new CrmSession(async ({ query }: CrmRequest) => {
		asked.push(query!);
		return await Promise.resolve({ value: answers.shift() ?? [] });
	});
	return { asked, session, query: { entity, triggerOn, filter, columns: [] } };
}

async function read({ session, query }: ReturnType<typeof use>, window: object = {}) {
	const found = [];
	for await (const record of changedRecords(session, query)({ from, ...window })) {
		found.push(record);
	}
	return found;
}

test.each<[TriggerOn, string]>([
	['created', "registeredDate afterTime '2026-11-25T09:59:59'"],
	['updated', "updatedDate afterTime '2026-11-25T09:59:59'"],
	[
		'createdOrUpdated',
		"(updatedDate afterTime '2026-11-25T09:59:59') or (registeredDate afterTime '2026-11-25T09:59:59')",
	],
])('%s asks from a second before the time on, in UTC', async (triggerOn, filter) => {
	const { asked, ...used } = use(company, triggerOn);
	await read({ asked, ...used });
	expect(asked[0]).toMatchObject({ $filter: filter, $orderBy: 'contactId' });
});

test('a window has an end, and a first ID', async () => {
	const used = use(company, 'created', "name is 'A' or name is 'B'");
	await read(used, { to, afterId: 7 });
	expect(used.asked[0]!.$filter).toBe(
		"(name is 'A' or name is 'B') and ((registeredDate afterTime '2026-11-25T09:59:59' and registeredDate beforeTime '2026-11-25T10:00:05') and (contactId greater 7))",
	);
});

test('requests, whose times are those of any time zone, are asked for more widely', async () => {
	const used = use(request, 'created');
	await read(used, { to });
	expect(used.asked[0]!.$filter).toBe(
		"createdAt afterTime '2026-11-24T21:59:59' and createdAt beforeTime '2026-11-26T00:00:05'",
	);
});

test('times are read whatever their form, and none is none', async () => {
	const used = use(company, 'created', '', [
		{
			PrimaryKey: '5',
			registeredDate: '2026-11-25T11:00:00.1234567+0100',
			updatedDate: '0001-01-01T00:00:00Z',
		},
	]);
	expect(await read(used)).toMatchObject([{ id: 5, created: from + 123, updated: undefined }]);
});

test('the newest record is the later one of the last made and the last changed', async () => {
	const rows = { registeredDate: '2026-11-25T10:00:00Z', updatedDate: '2026-11-25T11:00:00Z' };
	const used = use(company, 'createdOrUpdated', '', [{ PrimaryKey: '5', ...rows }]);
	expect(await newestRecord(used.session, used.query)).toMatchObject({ id: 5 });
	expect(used.asked.map(({ $orderBy, $top }) => [$orderBy, $top])).toEqual([
		['updatedDate desc,contactId', '1'],
		['registeredDate desc,contactId', '1'],
	]);
});
