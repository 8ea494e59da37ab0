import { seededCompanyName } from '../../superoffice-online/crm/seeds/companies';
import { mapped, mappedAutomatically, byId, operation } from './node';
import { useNode } from './use-node';

const node = useNode();

const company = (values: object) => node.tenant.data.insert('Contact', { values: { ...values } });
const company1 = () => node.tenant.data.find('Contact', 1)!.values;

describe('an item of a list', () => {
	test('is given by its name in any case, or by its ID as a number or as text', async () => {
		const given = ['Supplier', 'sUPPLIER', ' Supplier ', 3, '3'];
		const made = await node.createAll(
			'company',
			given.map((Category) => ({ Name: 'Ny', Category })),
		);
		expect(made.map(({ Category, CategoryId }) => [Category, CategoryId])).toEqual(
			given.map(() => ['Supplier', 3]),
		);
	});

	test('is given by its name in the language that is chosen', async () => {
		const options = { language: 'nb' };
		const made = await node.create('company', { Name: 'Ny', Category: 'Kunde' }, { options });
		expect(made).toMatchObject({ Category: 'Kunde', CategoryId: 1 });
		expect(await node.get('company', made.ContactId as number)).toMatchObject({
			Category: 'Customer',
		});
	});

	test.each(['create', 'update', 'upsert'])(
		'that does not exist is refused before anything is written: %s',
		async (name) => {
			const refused = await node.refusal(
				operation('company', name, {
					...(name === 'update' && { recordId: byId(1) }),
					fields: mapped({ Name: 'Ny', Category: 'Custmer', Department: 'X' }, ['Name']),
				}),
			);
			expect(refused).toContain('Category: there is no choice called “Custmer”');
			expect(refused).toContain('“Customer”');
			expect(node.writes()).toEqual([]);
		},
	);

	test('that shares its name needs its ID', async () => {
		const refused = await node.refusedUpdate('company', 1, { Business: 'Consulting' });
		expect(refused).toMatch(/Business: there are 2 choices called “Consulting”.*IDs 5, 6/);
		expect(node.writes()).toEqual([]);
		const both = { Business: 'Consulting', BusinessId: 6 };
		expect(await node.update('company', 1, both)).toMatchObject(both);
		expect(await node.update('company', 1, { Business: 5 })).toMatchObject({ BusinessId: 5 });
	});

	test('that is retired is taken only where the record has it already', async () => {
		const { id } = company({ Name: 'Old', Category: 5, Country: 578 });
		for (const Category of ['Old customer', 5, '5']) {
			const changed = await node.update('company', id, { Category, Department: `D${Category}` });
			expect(changed).toMatchObject({
				Category: 'Old customer',
				CategoryId: 5,
				Department: `D${Category}`,
			});
		}
		node.n8n.online.resetCounts();
		for (const Category of ['Old customer', 5]) {
			const refused = await node.refusedUpdate('company', 1, { Category });
			expect(refused).toContain('Category: there is no choice');
			expect(await node.refusedCreate('company', { Name: 'X', Category })).toContain('no choice');
		}
		expect(node.writes()).toEqual([]);
	});

	test('wins by its name over an ID beside it that is out of date', async () => {
		const changed = await node.update('company', 1, { Category: 'Partner', CategoryId: 1 });
		expect(changed).toMatchObject({ Category: 'Partner', CategoryId: 4 });
	});

	test('is changed by the ID beside its name, if that alone was changed', async () => {
		const changed = await node.update('company', 1, { Category: 'Customer', CategoryId: 2 });
		expect(changed).toMatchObject({ Category: 'Prospect', CategoryId: 2 });
	});
});

describe('a user', () => {
	test('is given by initials, full name or ID', async () => {
		const given = ['KJ', 'kj', 'Kari Jensen', 'kari jensen', 4, '4'];
		const made = await node.createAll(
			'company',
			given.map((Associate) => ({ Name: 'Ny', Associate })),
		);
		expect(made.map(({ Associate, AssociateId }) => [Associate, AssociateId])).toEqual(
			given.map(() => ['Kari Jensen', 4]),
		);
	});

	test('who is retired, or unknown, is refused before anything is written', async () => {
		for (const [Associate, nearest] of [
			['PR', ''],
			['Per Retired', ''],
			[7, ''],
			['Kari Jansen', '“Kari Jensen”'],
		] as const) {
			const refused = await node.refusedUpdate('company', 1, { Associate });
			expect(refused).toContain('Our Contact: there is no choice');
			expect(refused).toContain(nearest);
		}
		expect(node.writes()).toEqual([]);
	});

	test('who is retired stays where the record has them already', async () => {
		const { id } = company({ Name: 'Old', Associate: 7, Country: 578 });
		const [read] = await node.run(operation('company', 'get', { recordId: byId(id) }));
		expect(read).toMatchObject({ Associate: 'Per Retired', AssociateId: 7 });
		expect(await node.update('company', id, read!)).toMatchObject({ AssociateId: 7 });
	});

	test('is the owner of a request, or nobody, or whom its category assigns it to', async () => {
		const given = ['ON', 0, 2147483647, '2147483647'];
		const made = await node.createAll(
			'request',
			given.map((OwnedBy) => ({ Title: 'Help', Category: 'Support', OwnedBy })),
		);
		expect(
			made.map(({ TicketId }) => node.tenant.data.find('Ticket', TicketId as number)!.values),
		).toEqual(
			[5, 0, 2147483647, 2147483647].map((OwnedBy) => expect.objectContaining({ OwnedBy })),
		);
	});
});

describe('a person’s company', () => {
	const person = { Firstname: 'Zoë', Lastname: 'Ny' };
	const nameOf = (id: number) => seededCompanyName(node.tenant, id);

	test('is given by its name or its ID', async () => {
		const given = [nameOf(2), nameOf(2).toUpperCase(), 2, '2'];
		const made = await node.createAll(
			'person',
			given.map((Contact) => ({ ...person, Contact })),
		);
		expect(made.map(({ Contact, ContactId }) => [Contact, ContactId])).toEqual(
			given.map(() => [nameOf(2), 2]),
		);
	});

	test('stays as it was read, even if others are called the same', async () => {
		company({ Name: nameOf(2) });
		const read = await node.get('person', 1);
		expect(read).toMatchObject({ Contact: nameOf(2), ContactId: 2 });
		const update = operation('person', 'update', {
			recordId: byId(1),
			fields: mappedAutomatically(),
		});
		expect(await node.run(update, { items: [{ ...read, Title: 'X' }] })).toEqual([
			expect.objectContaining({ ContactId: 2, Title: 'X' }),
		]);
	});

	test('needs its ID where several have its name', async () => {
		const { id } = company({ Name: nameOf(2) });
		const refused = await node.refusedCreate('person', { ...person, Contact: nameOf(2) });
		expect(refused).toContain(`Company: 2 records are called “${nameOf(2)}”`);
		expect(refused).toContain(`IDs 2, ${id}`);
		expect(node.writes()).toEqual([]);
	});

	test('wins by its name over an ID beside it that is out of date', async () => {
		const changed = await node.update('person', 1, { Contact: nameOf(3), ContactId: 2 });
		expect(changed).toMatchObject({ Contact: nameOf(3), ContactId: 3 });
	});

	test('is changed by the ID beside its name, if that alone was changed', async () => {
		const changed = await node.update('person', 1, { Contact: nameOf(2), ContactId: 3 });
		expect(changed).toMatchObject({ Contact: nameOf(3), ContactId: 3 });
	});

	test('that does not exist is refused before anything is written', async () => {
		const refused = await node.refusedUpdate('person', 1, { Contact: 'Nobody & Sons' });
		expect(refused).toContain('Company: SuperOffice has no record called “Nobody & Sons”');
		expect(node.writes()).toEqual([]);
	});
});

test('a sale’s stage is given by its name', async () => {
	const sale = { Heading: 'Ny', Contact: 1, SaleType: 'Upgrade', Rating: 'first meeting' };
	expect(await node.create('sale', sale)).toMatchObject({
		SaleType: 'Upgrade',
		SaleTypeId: 2,
		Rating: 'First meeting',
		RatingId: 1,
	});
	expect(company1().Name).toBeDefined();
	const refused = await node.refusedCreate('sale', { ...sale, Rating: 'Quote snt' });
	expect(refused).toContain('Stage: there is no choice called “Quote snt”');
	expect(refused).toContain('“Quote sent”');
});

test('interests are given by name, and those left out are taken away', async () => {
	expect(await node.update('company', 1, { Interests: 'golf, Newsletter' })).toMatchObject({
		Interests: 'Newsletter, Golf',
	});
	expect(company1().Interests).toEqual([1, 2]);
	expect(await node.update('company', 1, { Interests: 'Golf' })).toMatchObject({
		Interests: 'Golf',
	});
	const refused = await node.refusedUpdate('company', 1, { Interests: 'Golf, Wne' });
	expect(refused).toContain('Interests: there is no choice called “Wne”');
});
