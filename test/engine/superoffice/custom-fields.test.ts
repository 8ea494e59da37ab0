import type { IDataObject } from 'n8n-workflow';

import { byId, mapped, operation } from './node';
import { useNode } from './use-node';

const node = useNode();

const database = () => node.tenant.data;
const company1 = () => database().find('Contact', 1)!;
const customFields = () => company1().customFields;

describe('custom fields', () => {
	test('are read and written by type, each on its own', async () => {
		const settings = { timezone: 'Asia/Tokyo' };
		const values = {
			'SuperOffice:1': '"Åse" & 😀\\',
			'SuperOffice:2': 42,
			'SuperOffice:3': '2026-12-24',
			'SuperOffice:5': true,
			'SuperOffice:7': 'Gold',
			'SuperOffice:8': 12.5,
			x_score: 7,
			x_note: 'Note',
			x_since: '2026-03-01T09:30:00',
		};
		const changed = await node.update('company', 1, values, { settings });
		expect(changed).toMatchObject({ ...values, 'SuperOffice:7:id': 1 });
		expect(customFields()).toMatchObject({
			'SuperOffice:3': '[DT:12/24/2026 00:00:00.0000000]',
			x_since: '[DT:03/01/2026 09:30:00.0000000]',
		});
		const one = await node.update('company', 1, { x_score: 8 }, { settings });
		expect(one).toMatchObject({ ...values, x_score: 8 });
	});

	test('that are dates are the same day whatever time zone the tenant is in', async () => {
		for (const baseTimeZone of ['Europe/Oslo', 'America/New_York', 'Pacific/Auckland']) {
			node.set({ baseTimeZone });
			for (const given of ['2026-12-31', '2026-12-31T00:00:00+13:00']) {
				const changed = await node.update('company', 1, { 'SuperOffice:3': given });
				expect(changed['SuperOffice:3']).toBe('2026-12-31');
			}
		}
	});

	test('that are lists take a name, an ID, or a retired item that the record has', async () => {
		for (const [given, name] of [
			['silver', 'Silver'],
			[3, 'Bronze'],
			['1', 'Gold'],
		]) {
			const changed = await node.update('company', 1, { 'SuperOffice:7': given });
			expect(changed['SuperOffice:7']).toBe(name);
		}
		database().listItems('udlist108')[0]!.deleted = true;
		const read = await node.get('company', 1);
		expect(read).toMatchObject({ 'SuperOffice:7': 'Gold', 'SuperOffice:7:id': 1 });
		expect(await node.update('company', 1, read)).toMatchObject({ 'SuperOffice:7': 'Gold' });
		node.n8n.online.resetCounts();
		const refused = await node.refusedCreate('company', { Name: 'X', 'SuperOffice:7': 'Gold' });
		expect(refused).toContain('Segment: there is no choice called “Gold”');
		expect(node.writes()).toEqual([]);
	});

	test('that cannot be right are refused by their label, before anything is written', async () => {
		for (const [key, value, message] of [
			['SuperOffice:1', 'x'.repeat(21), 'Nickname is 21 characters long'],
			['SuperOffice:2', 'many', 'Number of Seats is not a whole number'],
			['SuperOffice:3', 'soon', 'Contract Date is not a date'],
			['SuperOffice:5', 'perhaps', 'Reference Customer is neither true nor false'],
			['SuperOffice:8', '1,5', 'Discount is not a number'],
		] as const) {
			expect(await node.refusedUpdate('company', 1, { [key]: value })).toContain(message);
		}
		expect(node.writes()).toEqual([]);
	});
});

describe('Empty Fields', () => {
	const filled = {
		Department: 'Nord',
		Category: 'Partner',
		Associate: 'KJ',
		SupportPerson: 1,
		Emails: 'a@b.example',
		Interests: 'Golf',
		NoMailing: true,
		StreetAddress1: 'Storgata 1',
		StreetCity: 'Oslo',
		'SuperOffice:1': 'Nick',
		'SuperOffice:2': 2,
		'SuperOffice:3': '2026-12-24',
		'SuperOffice:5': true,
		'SuperOffice:7': 'Gold',
		'SuperOffice:8': 1.5,
		x_since: '2026-03-01T09:30:00',
	};

	test('empties fields of every type, and no other', async () => {
		node.tenant.data.update('Person', 1, ({ values }) => (values.Contact = 1));
		await node.update('company', 1, filled);
		const kept = { Associate: 'Kari Jensen', Category: 'Partner', StreetCity: 'Oslo' };
		const emptyFields = Object.keys(filled).filter((key) => !(key in kept));
		const emptied = await node.update('company', 1, {}, { options: { emptyFields } });
		expect(emptied).toMatchObject({
			...kept,
			...{ Department: '', Emails: '', Interests: '', NoMailing: false, StreetAddress1: '' },
			...{ 'SuperOffice:1': '', 'SuperOffice:2': 0, 'SuperOffice:3': '', 'SuperOffice:5': false },
			...{ 'SuperOffice:7': '', 'SuperOffice:8': 0, x_since: '' },
		});
		expect(emptied.SupportPerson ?? '').toBe('');
		expect(company1().values).toMatchObject({ SupportPerson: 0, Interests: [], NoMailing: false });
		const owner = await node.update('company', 1, {}, { options: { emptyFields: ['Associate'] } });
		expect(owner.Associate ?? '').toBe('');
		expect(company1().values.Associate).toBe(0);
	});

	test('empties numbers and dates of a sale, also where a value was given', async () => {
		const sale = { Heading: 'S', Contact: 1, SaleType: 1, Rating: 1, Amount: 5 };
		const made = await node.create('sale', { ...sale, Saledate: '2026-12-31', Source: 'Website' });
		const emptyFields = ['Amount', 'Saledate', 'Source'];
		const options = { emptyFields };
		const emptied = await node.update('sale', made.SaleId as number, { Amount: 9 }, { options });
		expect(emptied).toMatchObject({ Amount: 0, Saledate: '' });
		expect(emptied.Source ?? '').toBe('');
	});

	test('may be given as text, by an expression', async () => {
		await node.update('company', 1, { Department: 'Nord', OrgNr: '1' });
		const options = { emptyFields: '={{ "Department, OrgNr" }}' };
		expect(await node.update('company', 1, {}, { options })).toMatchObject({
			Department: '',
			OrgNr: '',
		});
	});
});

describe('Additional Properties', () => {
	const more = (value: unknown) => ({ additionalProperties: JSON.stringify(value) });

	test('are laid over what is created, and win over the fields', async () => {
		const options = more({
			...{ Kananame: 'カナ', Department: 'Sør', Category: { Id: 2 } },
			...{ Address: { Street: { City: 'Oslo' } }, CustomFields: { 'SuperOffice:1': 'Nick' } },
		});
		const fields = { Name: 'Ny', Department: 'Nord', StreetAddress1: 'Storgata 1' };
		const made = await node.create('company', fields, { options });
		expect(made).toMatchObject({
			...{ Department: 'Sør', Category: 'Prospect', 'SuperOffice:1': 'Nick' },
			...{ StreetAddress1: 'Storgata 1', StreetCity: 'Oslo' },
		});
		const { values } = database().find('Contact', made.ContactId as number)!;
		expect(values).toMatchObject({ Kananame: 'カナ', Business: 1 });
	});

	test('are laid over what is updated, and leave alone what they do not name', async () => {
		company1().values.Address = {
			Street: { Address1: 'Storgata 1', City: 'Bergen' },
			Postal: { City: 'Moss' },
		};
		customFields()['SuperOffice:2'] = '[I:42]';
		const options = more({
			...{ Kananame: 'カナ', Category: { Id: 2 }, CustomFields: { 'SuperOffice:1': 'Nick' } },
			Address: { Street: { City: 'Oslo' } },
		});
		const fields = { StreetZipcode: '0155', StreetCity: 'Trondheim' };
		expect(await node.update('company', 1, fields, { options })).toMatchObject({
			...{ Category: 'Prospect', 'SuperOffice:1': 'Nick', 'SuperOffice:2': 42 },
			...{ StreetAddress1: 'Storgata 1', StreetZipcode: '0155', StreetCity: 'Oslo' },
			PostalCity: 'Moss',
		});
		expect(company1().values.Kananame).toBe('カナ');
	});

	test('count for Create or Update, whether it creates or updates', async () => {
		const fields = mapped({ Name: 'Ny & Co' }, ['Name']);
		const options = more({ Kananame: 'カナ' });
		for (const created of [true, false]) {
			const [json] = await node.run(operation('company', 'upsert', { fields, options }));
			expect(json!.created).toBe(created);
			const { values } = database().find('Contact', json!.ContactId as number)!;
			expect(values.Kananame).toBe('カナ');
			delete values.Kananame;
		}
	});

	test.each(['{"Kananame": ', '[1]', '"text"', '5'])(
		'are refused if they are no JSON object: %s',
		async (additionalProperties) => {
			const options = { additionalProperties };
			const message = 'Additional Properties is not a JSON object.';
			expect(await node.refusedCreate('company', { Name: 'X' }, { options })).toContain(message);
			expect(await node.refusedUpdate('company', 1, {}, { options })).toContain(message);
			expect(node.writes()).toEqual([]);
		},
	);
});

describe('fields that the user may not see', () => {
	const hidden = ['Number1', 'Category', 'Emails', 'Address', 'Interests', 'Associate'];
	beforeEach(() => {
		Object.assign(company1().values, {
			Emails: [{ Value: 'a@b.example', Description: 'x' }],
			Address: { Street: { City: 'Oslo' } },
			Interests: [2],
		});
		node.set({ hiddenProperties: { Contact: hidden, Project: ['Description'] } });
	});

	test('are read as null, and left alone when the record is written back', async () => {
		const before = structuredClone(company1().values);
		const read = await node.get('company', 1);
		const nothing = { Number1: null, Category: null, CategoryId: null, Emails: null };
		expect(read).toMatchObject({ ...nothing, StreetCity: null, Interests: null, Associate: null });
		expect(await node.update('company', 1, { ...read, Department: 'Ny' })).toMatchObject(nothing);
		expect(company1().values).toMatchObject({ ...before, Department: 'Ny' });
		const made = await node.create('project', { Name: 'P', ProjectNumber: '7' });
		expect(made).toMatchObject({ Description: null, Name: 'P', ProjectNumber: '7' });
	});

	test.each<[string, IDataObject]>([
		['Number1', { Number1: 'K-1' }],
		['Category', { Category: 'Partner' }],
		['Emails', { Emails: 'c@d.example' }],
		['Address', { StreetCity: 'Bergen' }],
	])('cannot be written, and it is said why: %s', async (property, fields) => {
		const before = structuredClone(company1().values);
		const refused = await node.refusedUpdate('company', 1, { Department: 'Ny', ...fields });
		expect(refused).toMatch(new RegExp(`status 403.*${property}`));
		expect(refused).toContain('lacks the right');
		expect(company1().values).toEqual(before);
	});
});

test('a record is returned as SuperOffice gives it, if it is not to be simplified', async () => {
	const raw = operation('company', 'get', { recordId: byId(1), simplify: false });
	expect(await node.run(raw)).toEqual([
		expect.objectContaining({ Category: expect.objectContaining({ Id: 1, Value: 'Customer' }) }),
	]);
});
