import type { IDataObject } from 'n8n-workflow';

import { byId, mapped, mappedAutomatically, operation } from './node';
import { useNode } from './use-node';

const node = useNode();

const company1 = () => node.tenant.data.find('Contact', 1)!.values;
const address = () => company1().Address as Record<string, IDataObject>;

describe('dates', () => {
	const appointment = { Title: 'Møte', Contact: 1, Task: 'Meeting' };
	const startsAt = (id: unknown) =>
		(node.tenant.data.find('Appointment', id as number)!.values.StartDate as Date).toISOString();

	test.each([
		['without offset are in the workflow’s time zone', '2026-12-01T09:00', '14:00:00'],
		['without offset are so in summer, too', '2026-07-01T09:00:00', '13:00:00'],
		['with an offset say when themselves', '2026-12-01T09:00:00+02:00', '07:00:00'],
		['in UTC say so themselves', '2026-12-01T09:00:00Z', '09:00:00'],
		['that the clocks skip are as much later', '2026-03-08T02:30', '07:30:00'],
		['that come twice are the first', '2026-11-01T01:30', '05:30:00'],
	])('%s', async (_, StartDate, time) => {
		const settings = { timezone: 'America/New_York' };
		const fields = { ...appointment, StartDate, EndDate: '2027-01-01T00:00:00Z' };
		const made = await node.create('appointment', fields, { settings });
		const inUtc = `${StartDate.slice(0, 10)}T${time}`;
		expect(startsAt(made.AppointmentId)).toBe(`${inUtc}.000Z`);
		expect(made.StartDate).toBe(`${inUtc}Z`);
	});

	test('that are no dates are refused with the field’s name, and nothing is written', async () => {
		const refused = await node.refusedCreate('appointment', { ...appointment, EndDate: '1.12.26' });
		expect(refused).toMatch(/^End Date is not a date\.\nEnter a date such as/);
		expect(node.writes()).toEqual([]);
	});

	test('of year 1 are empty text, which empties them', async () => {
		const { id } = node.tenant.data.insert('Project', {
			values: { Name: 'P', ProjectType: 1, Associate: 4, EndDate: null },
		});
		const read = await node.get('project', id);
		expect(read.EndDate).toBe('');
		expect((await node.update('project', id, read)).EndDate).toBe('');
		await node.update('project', id, { EndDate: '2027-05-01' });
		expect((await node.update('project', id, { EndDate: '' })).EndDate).toBe('');
		expect(node.tenant.data.find('Project', id)!.values.EndDate).toBeNull();
	});
});

describe.each(['Europe/Oslo', 'UTC', 'America/New_York', 'Pacific/Auckland'])(
	'a day, in a tenant in %s',
	(baseTimeZone) => {
		beforeEach(() => node.set({ baseTimeZone }));

		test.each([
			['sale', 'Saledate', { Heading: 'S', Contact: 1, SaleType: 1, Rating: 1 }],
			['project', 'EndDate', { Name: 'P', ProjectType: 1, Associate: 4 }],
			['person', 'BirthDate', { Firstname: 'Å', Contact: 1 }],
		])('of a %s, %s, is the same when it is read', async (resource, day, fields) => {
			for (const timezone of ['Pacific/Honolulu', 'Asia/Tokyo']) {
				for (const date of ['2026-07-01', '2026-12-31']) {
					const settings = { timezone };
					const made = await node.create(resource, { ...fields, [day]: date }, { settings });
					expect(made[day]).toBe(date);
				}
			}
		});

		test('that was set in SuperOffice, midnight there, is read as that day', async () => {
			for (const date of ['2026-07-01', '2026-12-31']) {
				const midnight = midnightIn(baseTimeZone, date);
				const { id } = node.tenant.data.insert('Sale', {
					values: { Heading: 'S', Contact: 1, SaleType: 1, Rating: 1, Saledate: midnight },
				});
				expect((await node.get('sale', id)).Saledate).toBe(date);
			}
		});
	},
);

function midnightIn(timeZone: string, date: string): Date {
	const noon = new Date(`${date}T12:00:00Z`);
	const name = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
		.formatToParts(noon)
		.find(({ type }) => type === 'timeZoneName')!.value;
	return new Date(`${date}T00:00:00${name.replace('GMT', '') || 'Z'}`);
}

describe('texts', () => {
	test('may be as long as SuperOffice allows, and no longer', async () => {
		const Name = 'å'.repeat(219);
		expect((await node.update('company', 1, { Name })).Name).toBe(Name);
		node.n8n.online.resetCounts();
		const refused = await node.refusedUpdate('company', 1, { Name: `${Name}x` });
		expect(refused).toContain('Company Name is 220 characters long');
		expect(refused).toContain('no more than 219');
		expect(await node.refusedCreate('company', { Name: `${Name}x` })).toContain('219');
		expect(node.writes()).toEqual([]);
	});

	test('come back as they were given, line breaks and all', async () => {
		const Description = 'Åse & "Sønner" \'x\' 100% C:\\temp\\ 😀\n<b>line 2</b>\r\n\t#{{ end }}';
		const changed = await node.update('company', 1, { Description });
		expect(changed.Description).toBe(Description);
		expect(company1().Description).toBe(Description);
	});

	test('that are empty empty the field; null, undefined and absent change nothing', async () => {
		await node.update('company', 1, { Department: 'Nord', Number2: '7', OrgNr: '9' });
		const update = operation('company', 'update', {
			recordId: byId(1),
			fields: mappedAutomatically(),
		});
		const items = [{ Department: '', Number2: null, OrgNr: undefined }];
		expect(await node.run(update, { items })).toEqual([
			expect.objectContaining({ Department: '', Number2: '7', OrgNr: '9' }),
		]);
	});
});

describe('e-mail addresses and phone numbers', () => {
	const first = { Value: 'post@a.example', Description: 'Front desk' };
	const second = { Value: 'ceo@a.example', Description: 'CEO' };

	test('keep their description where they stay; the others come and go, in order', async () => {
		company1().Emails = [first, second];
		const read = await node.get('company', 1);
		expect(read.Emails).toBe('post@a.example, ceo@a.example');
		const changed = await node.update('company', 1, { Emails: 'new@a.example,CEO@a.example' });
		expect(changed.Emails).toBe('new@a.example, CEO@a.example');
		expect(company1().Emails).toEqual([
			{ Value: 'new@a.example', Description: '' },
			{ Value: 'CEO@a.example', Description: 'CEO' },
		]);
	});

	test('are added to a new record, and emptied by empty text', async () => {
		const Phones = '+47 22 33 44 55, 0047 1';
		const made = await node.create('company', { Name: 'Ny', Phones });
		expect(made.Phones).toBe(Phones);
		const emptied = await node.update('company', made.ContactId as number, { Phones: '' });
		expect(emptied.Phones).toBe('');
	});
});

describe('addresses', () => {
	const street = { Address1: 'Storgata 1', Zipcode: '0155', City: 'Oslo' };
	const postal = { Address1: 'Postboks 1', City: 'Bergen' };

	test('keep the lines that an update does not name', async () => {
		company1().Address = { Street: street, Postal: postal };
		const changed = await node.update('company', 1, { StreetCity: 'Tromsø' });
		expect(changed).toMatchObject({ StreetAddress1: 'Storgata 1', StreetCity: 'Tromsø' });
		expect(address().Street).toMatchObject({ ...street, City: 'Tromsø' });
		expect(address().Postal).toMatchObject(postal);
		const [patch] = node.n8n.online.requests.filter(({ method }) => method === 'PATCH');
		expect((JSON.parse(patch!.body) as IDataObject[]).map(({ path }) => path)).toEqual([
			'Address/Street',
		]);
	});

	test('of a new company are sent in one form only', async () => {
		await node.create('company', { Name: 'Ny', StreetCity: 'Oslo', PostalCity: 'Bergen' });
		const [post] = node.n8n.online.requests.filter(
			({ method, path }) => method === 'POST' && path.endsWith('/Contact'),
		);
		expect(post!.body).toContain('"City":"Bergen"');
		expect(post!.body).not.toContain('LocalizedAddress');
	});
});

describe('choices that SuperOffice itself names', () => {
	test('are given in the words of its user interface, or its own, in any case', async () => {
		const appointment = { Title: 'A', Contact: 1, Task: 'Meeting' };
		const given = ['Follow-Up', 'follow-up', 'inChecklist', 'INCHECKLIST'];
		const made = await node.createAll(
			'appointment',
			given.map((Type) => ({ ...appointment, Type })),
		);
		expect(made.map(({ Type }) => Type)).toEqual(given.map(() => 'inChecklist'));
	});

	test('are refused with the list where they are none of it', async () => {
		const refused = await node.refusedCreate('sale', { Heading: 'S', Status: 'Won' });
		expect(refused).toBe('Status cannot be “Won”.\nEnter one of: Open, Sold, Lost, Stalled.');
		expect(node.writes()).toEqual([]);
	});

	test('stay where they cannot be set, when a merged request is written back', async () => {
		const { id } = node.tenant.data.insert('Ticket', {
			values: { Title: 'T', Category: 1, BaseStatus: 'Merged', Status: 0, ConnectId: 9 },
		});
		const read = await node.get('request', id);
		expect(read.BaseStatus).toBe('Merged');
		const changed = await node.update('request', id, { ...read, Author: 'Zoë' });
		expect(changed).toMatchObject({ BaseStatus: 'Merged', Author: 'Zoë' });
		const open = await node.create('request', { Title: 'Open', Category: 'Support' });
		const other = open.TicketId as number;
		const refused = await node.refusedUpdate('request', other, { BaseStatus: 'Merged' });
		expect(refused).toContain('Internal Status cannot be “Merged”');
	});
});

describe('Map Automatically', () => {
	test('ignores keys that are no fields, and fields that cannot be written', async () => {
		const [item] = [{ Name: 'New', nonsense: { a: 1 }, CreatedDate: '2020-01-01', ContactId: 99 }];
		const update = operation('company', 'update', {
			recordId: byId(1),
			fields: mappedAutomatically(),
		});
		const [changed] = await node.run(update, { items: [item!] });
		expect(changed).toMatchObject({ ContactId: 1, Name: 'New' });
		expect(changed!.CreatedDate).not.toContain('2020');
	});

	test('takes a record as it was read, to create or update', async () => {
		await node.update('company', 1, { Number2: 'K-1', Emails: 'a@b.example', Interests: 'Golf' });
		const read = await node.get('company', 1);
		const upsert = operation('company', 'upsert', { fields: mappedAutomatically(['Number2']) });
		const [same] = await node.run(upsert, { items: [read] });
		expect(same).toMatchObject({ ...read, UpdatedDate: same!.UpdatedDate, created: false });
		const [copy] = await node.run(upsert, { items: [{ ...read, Number2: 'K-2' }] });
		expect(copy).toMatchObject({
			...{ Name: read.Name, Category: 'Customer', Emails: 'a@b.example', Interests: 'Golf' },
			created: true,
		});
		expect(copy!.ContactId).not.toBe(1);
	});
});

test('a choice of the panel may be given by its ID, as an expression does', async () => {
	const fields = operation('company', 'create', { fields: mapped({}) });
	const schema = (await node.n8n.engine.openPanel(fields).mappedFields('getFields')).fields;
	const value = { Name: '={{ "Ny" }}', Category: '={{ 3 }}', Business: 'IT' };
	const create = operation('company', 'create', {
		fields: { ...mapped(value), schema: schema as never },
	});
	expect(await node.run(create)).toEqual([expect.objectContaining({ Category: 'Supplier' })]);
});
