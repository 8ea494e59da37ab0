import { NEW_RECORDS, replace, useRecordsApi } from './support/records-api';

const api = useRecordsApi();
const { call, done, refusal } = api;

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
			`Harbour Coffee ${api.tenant.contextIdentifier}`,
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
		api.tenant.settings.hiddenProperties = { Contact: ['Description'] };
		const { Name, Category, Business } = await done('GET', 'Contact/2');
		const replaced = await done('PUT', 'Contact/2', { Name, Category, Business });
		expect(replaced).toMatchObject({ Department: '', Country: null, Description: null });
		expect(replaced.FieldProperties.Description.FieldRight.Mask).toBe('None');
		expect(await refusal('PATCH', 'Contact/2', { Description: 'x' })).toMatch(/^403 .*Description/);
		api.tenant.settings.hiddenProperties = {};
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
		const at = (seconds: number) =>
			new Date(api.online.now().getTime() + seconds * 1000).toUTCString();
		await done('PATCH', 'Contact/2', { Department: 'North' });
		const read = await call('GET', 'Contact/2', undefined, { 'If-Modified-Since': at(60) });
		expect([read.status, read.data]).toEqual([304, '']);
		const headers = { 'If-Unmodified-Since': at(-60) };
		expect((await call('PATCH', 'Contact/2', { Department: 'South' }, headers)).status).toBe(412);
		expect((await call('DELETE', 'Contact/2', undefined, headers)).status).toBe(412);
		expect(await done('GET', 'Contact/2')).toMatchObject({ Department: 'North' });
		// Nothing depends on when a request was changed.
		const { TicketId: id } = await done('POST', 'Ticket', NEW_RECORDS.Ticket);
		expect((await call('DELETE', `Ticket/${id}`, undefined, headers)).status).toBe(204);
	});

	it('has a status and a base status that go together, if it is a request', async () => {
		const { TicketId: id } = await done('POST', 'Ticket', NEW_RECORDS.Ticket);
		const closed = await done('PATCH', `Ticket/${id}`, replace('BaseStatus', 'Closed'));
		expect(closed).toMatchObject({ Status: { TicketStatusId: 2 } });
		expect(closed.ClosedAt).not.toContain('0001');
		expect(await done('PATCH', `Ticket/${id}`, replace('Status/TicketStatusId', 3))).toMatchObject({
			BaseStatus: 'Postponed',
			ClosedAt: '0001-01-01T00:00:00',
		});
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
		api.tenant.settings.mandatory = { Contact: ['Number2', 'SuperOffice:1'] };
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
		api.tenant.companies = 9;
		expect(api.tenant.data.all('Contact').map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
		expect(api.tenant.data.find('Contact', 6)?.values.Name).toBe('Acme');
		api.tenant.companies = 3;
		expect(api.tenant.data.all('Contact').map(({ id }) => id)).toEqual([1, 2, 3, 6]);
	});

	it('counts calls by method and address', async () => {
		api.online.resetCounts();
		await done('GET', 'contact/2');
		await done('GET', 'Contact/3?$select=Name');
		await done('PATCH', 'Contact/3', []);
		expect(api.online.apiCalls(api.tenant.contextIdentifier)).toEqual({
			'GET /v1/Contact/{id}': 2,
			'PATCH /v1/Contact/{id}': 1,
		});
	});

	it('lets a person in a company have no category of its own', async () => {
		const person = await done('GET', 'Person/1');
		expect(person.FieldProperties.Category.FieldRight).toEqual({
			Mask: 'Read',
			Reason: '[SR_ACCESS_PERSONONCOMPANY]',
		});
		expect(await refusal('PATCH', 'Person/1', replace('Category/Id', 2))).toMatch(/^403/);
	});

	it('may hide records, and be slow', async () => {
		api.tenant.settings.hiddenRecords = { Contact: [2] };
		expect(await refusal('GET', 'Contact/2')).toMatch(/^404/);
		api.tenant.settings.latency = 300;
		await done('GET', 'Contact/3');
		const { arrivedAt, answeredAt } = api.online.requests.at(-1)!;
		expect(answeredAt! - arrivedAt).toBeGreaterThanOrEqual(290);
	});
});
