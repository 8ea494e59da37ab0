import type { AxiosResponse } from 'axios';
import type { Caller, SuperOfficeOnline, Tenant } from '../superoffice-online';
import { useService } from './support/service';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

let online: SuperOfficeOnline;
let caller: Caller;
let tenant: Tenant;
let ticket: string;

useService((started) => {
	({ online, caller } = started);
});

beforeEach(async () => {
	tenant = online.addTenant();
	ticket = await caller.newTicket(tenant.contextIdentifier);
});

function call(
	method: Method,
	resource: string,
	body?: unknown,
	headers: Record<string, string> = {},
): Promise<AxiosResponse> {
	const options = { method, resource: `v1/${resource}`, body, headers };
	return caller.call(tenant.contextIdentifier, ticket, options);
}

/** @throws Error unless it is done */
async function done(...request: Parameters<typeof call>) {
	const { status, data } = await call(...request);
	if (status >= 300) throw new Error(`${status}: ${JSON.stringify(data)}`);
	return data;
}

async function refusal(...request: Parameters<typeof call>): Promise<string> {
	const { status, data } = await call(...request);
	return `${status} ${data.ErrorType}: ${data.Message ?? data.ErrorMessage}`;
}

const replace = (path: string, value: unknown) => [{ op: 'replace', path, value }];

const NEW_RECORDS: Record<string, object> = {
	Contact: { Name: 'Acme' },
	Person: { Firstname: 'Eva', Contact: { ContactId: 2 } },
	Project: { Name: 'Move' },
	Sale: { Heading: 'Ten seats', Contact: { ContactId: 2 }, Person: { PersonId: 1 } },
	Appointment: { Description: 'Call back' },
	Document: { Header: 'Offer', Name: 'offer.docx', DocumentTemplate: { DocumentTemplateId: 1 } },
	Ticket: { Title: 'It does not start', Category: { TicketCategoryId: 2 } },
	Selection: { Name: 'Invited', TargetTableName: 'contact' },
};

describe('a record', () => {
	it.each(Object.keys(NEW_RECORDS))(
		'%s: default, create, read, change, replace, delete',
		async (name) => {
			const initial = await done('GET', `${name}/default`);
			const created = await done('POST', name, { ...sendable(initial), ...NEW_RECORDS[name] });
			const [[title, text]] = Object.entries(NEW_RECORDS[name]!) as [[string, string]];
			const id = created[`${name}Id`];
			expect(created).toMatchObject({ ...NEW_RECORDS[name], [`${name}Id`]: expect.any(Number) });
			expect(id).toBeGreaterThan(0);
			expect(await done('GET', `${name}/${id}`)).toEqual(created);
			expect(await done('PATCH', `${name}/${id}`, { [title]: `${text}!` })).toMatchObject({
				[title]: `${text}!`,
			});
			expect(await done('PUT', `${name}/${id}`, sendable(created))).toMatchObject({
				[title]: text,
			});
			expect((await call('DELETE', `${name}/${id}`)).status).toBe(204);
			for (const method of ['GET', 'DELETE'] as const) {
				expect(await refusal(method, `${name}/${id}`)).toBe(
					`404 SoNotFoundException: ${name} id ${id} not found`,
				);
			}
		},
	);

	// What an entity has beside the keys of custom fields must not be sent.
	function sendable({ CustomFields, ...rest }: { CustomFields?: object }) {
		if (!CustomFields) return rest;
		const sent = Object.entries(CustomFields).filter(([key]) => !key.includes(':Display'));
		return { ...rest, CustomFields: Object.fromEntries(sent) };
	}

	it.each([
		[
			'a mandatory property that is empty',
			{ Name: '', Category: { Id: 1 }, Business: { Id: 1 } },
			'Name',
		],
		['an id that does not exist', { Name: 'A', Category: { Id: 99 } }, 'Category/Id'],
		['a text that is too long', { Name: 'A'.repeat(220) }, 'Name: longer than 219'],
		['a number for a text', { Name: 5 }, 'Name: a text'],
		['an unknown property', { Nmae: 'A' }, "Unknown property 'Nmae'"],
		['an id without its object', { Name: 'A', Category: 1 }, 'Category: an object'],
		['the text of a list item', { CustomFields: { 'SuperOffice:7:DisplayText': 'Gold' } }, 'set'],
		['a number that is not encoded', { CustomFields: { 'SuperOffice:8': '4.43' } }, '[F:4.43]'],
		['an id that is not in a custom list', { CustomFields: { 'SuperOffice:7': '[I:9]' } }, '108'],
	])('is refused for %s', async (_what, body, words) => {
		const refused = await refusal('POST', 'Contact', body);
		expect(refused).toMatch(/^400 ArgumentException: /);
		expect(refused).toContain(words);
		expect(await refusal('PATCH', 'Contact/2', body)).toContain(words);
		expect((await done('GET', 'Contact/2')).Name).toBe(
			`Harbour Coffee ${tenant.contextIdentifier}`,
		);
	});

	it('has no person of another company, and no enum value that nobody knows', async () => {
		const sale = { Contact: { ContactId: 3 }, Person: { PersonId: 1 } };
		expect(await refusal('POST', 'Sale', { ...NEW_RECORDS.Sale, ...sale })).toContain('mandatory');
		const body = { ...NEW_RECORDS.Sale, SaleType: { Id: 1 }, Rating: { Id: 1 } };
		expect(await refusal('POST', 'Sale', { ...body, ...sale })).toContain(
			'Person: 1 does not belong to contact 3',
		);
		expect(await refusal('POST', 'Sale', { ...body, Status: 'open' })).toContain('no SaleStatus');
	});

	it('loses what a PUT leaves out, but for what the caller may not see', async () => {
		await done('PATCH', 'Contact/2', { Department: 'North', Description: 'Good coffee' });
		tenant.settings.hiddenProperties = { Contact: ['Description'] };
		const { Name, Category, Business } = await done('GET', 'Contact/2');
		const replaced = await done('PUT', 'Contact/2', { Name, Category, Business });
		expect(replaced).toMatchObject({ Department: '', Country: null, Description: null });
		expect(replaced.FieldProperties.Description.FieldRight.Mask).toBe('None');
		expect(await refusal('PATCH', 'Contact/2', { Description: 'x' })).toMatch(/^403 .*Description/);
		tenant.settings.hiddenProperties = {};
		expect(await done('GET', 'Contact/2')).toMatchObject({ Description: 'Good coffee' });
	});

	it('comes back when it is undeleted, as the agents do that', async () => {
		await done('DELETE', 'Contact/3');
		expect((await call('POST', 'Agents/Contact/Undelete', { Id: 3 })).status).toBe(204);
		await done('GET', 'Contact/3');
		const { TicketId: id } = await done('POST', 'Ticket', NEW_RECORDS.Ticket);
		await done('DELETE', `Ticket/${id}`);
		expect((await call('POST', 'Agents/Ticket/UndeleteByIds', { TicketIds: [id] })).status).toBe(
			204,
		);
		expect(await done('GET', `Ticket/${id}`)).toMatchObject({ BaseStatus: 'Active' });
		expect(await done('POST', 'Agents/Person/Undelete', { Id: 99 })).toBeNull();
		expect(await done('POST', 'Agents/Person/Undelete', {})).toHaveProperty('MessageDetail');
	});

	it('says what is not selected as null, and what is missing before it is created', async () => {
		const selected = await done('GET', 'Contact/2?$select=Department,Category/Id');
		expect(selected).toMatchObject({ Name: null, Department: '', ContactId: null });
		expect(selected.Category).toMatchObject({ Id: 1, Value: null });
		expect(await refusal('GET', 'Contact/2?$select=Nmae')).toMatch(/^400/);
		expect(Object.keys(await done('POST', 'Project/Validate', { Name: 'Move' }))).toEqual([
			'Associate',
			'ProjectType',
		]);
	});

	it('is not read if it was not modified, and not changed if it was', async () => {
		const at = (seconds: number) => new Date(online.now().getTime() + seconds * 1000).toUTCString();
		await done('PATCH', 'Contact/2', { Department: 'North' });
		const read = await call('GET', 'Contact/2', undefined, { 'If-Modified-Since': at(60) });
		expect([read.status, read.data]).toEqual([304, '']);
		const headers = { 'If-Unmodified-Since': at(-60) };
		expect((await call('PATCH', 'Contact/2', { Department: 'South' }, headers)).status).toBe(412);
		expect((await call('DELETE', 'Contact/2', undefined, headers)).status).toBe(412);
		expect(await done('GET', 'Contact/2')).toMatchObject({ Department: 'North' });
	});
});

describe('a change', () => {
	const values = async (name: string) =>
		((await done('GET', 'Contact/2'))[name] as Array<{ Value: string }>).map(({ Value }) => Value);

	it('finds paths in any case, with or without a slash, and ids by path or in an object', async () => {
		expect(
			await done('PATCH', 'Contact/2', [
				{ op: 'add', path: '/phones/-', value: { Value: '22 33' } },
				{ op: 'add', path: 'Phones/0', value: { Value: '11', Description: 'Desk' } },
				{ op: 'replace', path: 'CATEGORY/id', value: '2' },
				{ op: 'replace', path: 'Business', value: { Id: 3, Value: 'ignored' } },
				{ op: 'replace', path: 'Country/CountryId', value: 0 },
				{ op: 'replace', path: '/Interests/0/Selected', value: true },
			]),
		).toMatchObject({
			Phones: [
				{ Value: '11', Description: 'Desk' },
				{ Value: '22 33', StrippedValue: '2233' },
			],
			Category: { Id: 2, Value: 'Prospect' },
			Business: { Id: 3, Value: 'Retail' },
			Country: null,
			Interests: [{ Id: 1, Selected: true }, { Selected: false }, { Selected: false }],
		});
	});

	it('is made whole or not at all', async () => {
		const half = [...replace('Name', 'New'), { op: 'test', path: 'Department', value: 'x' }];
		expect(await refusal('PATCH', 'Contact/2', half)).toMatch(/^409/);
		expect(await refusal('PATCH', 'Contact/2', [...half.slice(0, 1), { op: 'move' }])).toMatch(
			/^400/,
		);
		expect((await done('GET', 'Contact/2')).Name).not.toBe('New');
		const whole = [{ op: 'test', path: 'Department', value: '' }, ...replace('Name', 'New')];
		expect((await done('PATCH', 'Contact/2', whole)).Name).toBe('New');
	});

	it.each([
		['Nothing', 'x'],
		['Phones/3', { Value: '1' }],
		['Category/Nothing', 1],
		['CustomFields/SuperOffice:99', 'x'],
		['Address/Street/Address1', 'x'],
		['ContactId', 7],
	])('to %s is refused', async (path, value) => {
		expect(await refusal('PATCH', 'Contact/2', replace(path, value))).toMatch(/^400 .*/);
	});

	it('adds an object to a list, and replaces a list by a list', async () => {
		await done('PATCH', 'Contact/2', { Emails: { Value: 'a@acme.example' } });
		await done('PATCH', 'Contact/2', { Emails: { Value: 'b@acme.example' } });
		expect(await values('Emails')).toEqual(['a@acme.example', 'b@acme.example']);
		await done('PATCH', 'Contact/2', { Emails: [{ Value: 'c@acme.example' }] });
		expect(await values('Emails')).toEqual(['c@acme.example']);
	});

	it('sets the named custom fields by key or in a merge patch, and empties the others of a whole map', async () => {
		const set = async (body: unknown) => {
			const { CustomFields } = await done('PATCH', 'Contact/2', body, { 'Accept-Language': 'en' });
			return CustomFields as Record<string, string>;
		};
		await set(replace('CustomFields/SuperOffice:7', '2'));
		expect(
			await set({ CustomFields: { 'SuperOffice:1': 'Beans', x_score: '[I:5]' } }),
		).toMatchObject({
			'SuperOffice:1': 'Beans',
			'SuperOffice:7': '[I:2]',
			'SuperOffice:7:DisplayText': 'Silver',
			x_score: '[I:5]',
		});
		expect(await set(replace('CustomFields', { x_score: '6' }))).toMatchObject({
			'SuperOffice:1': '',
			'SuperOffice:3': '[DT:01/01/0001 00:00:00.0000000]',
			'SuperOffice:7': '[I:0]',
			x_score: '[I:6]',
		});
	});

	it('unselects the interests that a list does not name', async () => {
		tenant.data.update('Contact', 2, (contact) => (contact.values.Interests = [1, 2]));
		await done('PATCH', 'Contact/2', replace('Interests', [{ Id: 3, Selected: true }]));
		expect(tenant.data.find('Contact', 2)?.values.Interests).toEqual([3]);
	});

	it('replaces a whole street address, also in a merge patch, and leaves the postal one', async () => {
		await done('PATCH', 'Contact/2', {
			Address: { Street: { Address1: 'Quay 1', City: 'Oslo' }, Postal: { City: 'Bergen' } },
		});
		for (const body of [
			replace('Address/Street', { City: 'Hamar' }),
			{ Address: { Street: { City: 'Hamar' } } },
		]) {
			expect((await done('PATCH', 'Contact/2', body)).Address).toMatchObject({
				Street: { Address1: '', City: 'Hamar' },
				Postal: { City: 'Bergen' },
			});
		}
	});

	it('of nothing is a success as well', async () => {
		expect((await call('PATCH', 'Contact/2', [])).status).toBe(200);
		expect((await call('PATCH', 'Contact/2', {})).status).toBe(200);
	});
});

describe('dates and texts', () => {
	const AS_UTC = { 'SO-TimeZone': 'UTC, includeTZOffset' };

	it('are in the base time zone without a suffix, unless the caller asks for another', async () => {
		const Saledate = '2026-07-01T10:00:00';
		const body = { ...NEW_RECORDS.Sale, SaleType: { Id: 1 }, Rating: { Id: 1 }, Saledate };
		const { SaleId: id, ReopenDate: none } = await done('POST', 'Sale', body);
		expect(none).toBe('0001-01-01T00:00:00');
		expect(await done('GET', `Sale/${id}`, undefined, AS_UTC)).toMatchObject({
			Saledate: '2026-07-01T08:00:00Z',
			ReopenDate: '0001-01-01T00:00:00Z',
		});
		const moved = await done(
			'PATCH',
			`Sale/${id}`,
			replace('Saledate', '2026-12-01T10:00:00'),
			AS_UTC,
		);
		expect(moved.Saledate).toBe('2026-12-01T10:00:00Z');
		expect((await done('GET', `Sale/${id}`)).Saledate).toBe('2026-12-01T11:00:00');
		const wrong = replace('Saledate', '1.12.2026');
		expect(await refusal('PATCH', `Sale/${id}`, wrong)).toMatch(/^400 .*Saledate/);
	});

	it('are in the language the caller asks for, or in all of them', async () => {
		const category = async (headers?: Record<string, string>) =>
			(await done('GET', 'Contact/2', undefined, headers)).Category.Value;
		expect(await category({ 'Accept-Language': 'en' })).toBe('Customer');
		expect(await category({ 'Accept-Language': 'nb-NO' })).toBe('Kunde');
		expect(await category({ 'Accept-Language': 'en', 'SO-Language': '*' })).toContain('NO:"Kunde"');
		expect(await category()).toBe('NO:"Kunde";US:"Customer"');
	});
});

describe('a tenant', () => {
	it('tells its custom fields: layouts name their lists, and extra fields are in the other call', async () => {
		expect(await done('GET', 'Contact/UdefLayout/Published/SuperOffice:7')).toMatchObject([
			{ FieldLabel: 'Segment', FieldType: 'List', UDListDefinitionId: 108, Type: 'Contact' },
		]);
		const infos = (await done('GET', 'Ticket/CustomField')) as Array<{ FieldName: string }>;
		expect(infos.map(({ FieldName }) => FieldName)).toEqual(['x_severity', 'x_note']);
		expect((await call('GET', 'Ticket/UdefLayout/Published')).status).toBe(404);
	});

	it('may demand more than SuperOffice does', async () => {
		tenant.settings.mandatory = { Contact: ['Number2', 'SuperOffice:1'] };
		const initial = await done('GET', 'Contact/default');
		expect(initial.FieldProperties['CustomFields.SuperOffice:1'].FieldRight.Mask).toContain(
			'UIHintMandatory',
		);
		const body = { Name: 'Acme', Category: { Id: 1 }, Business: { Id: 1 } };
		expect(await refusal('POST', 'Contact', body)).toContain('Number2: is mandatory');
		await done('PATCH', 'Contact/2', { Department: 'North' });
	});

	it('has as many companies as it is told, and those that were created', async () => {
		const { ContactId } = await done('POST', 'Contact', {
			...{ Name: 'Acme', Category: { Id: 1 }, Business: { Id: 1 } },
		});
		expect(ContactId).toBe(6);
		tenant.companies = 9;
		expect(tenant.data.all('Contact').map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
		expect(tenant.data.find('Contact', 6)?.values.Name).toBe('Acme');
		tenant.companies = 3;
		expect(tenant.data.all('Contact').map(({ id }) => id)).toEqual([1, 2, 3, 6]);
	});

	it('counts calls by method and address', async () => {
		online.resetCounts();
		await done('GET', 'contact/2');
		await done('GET', 'Contact/3?$select=Name');
		await done('PATCH', 'Contact/3', []);
		expect(online.apiCalls(tenant.contextIdentifier)).toEqual({
			'GET /v1/Contact/{id}': 2,
			'PATCH /v1/Contact/{id}': 1,
		});
	});
});
