import type { EntityName } from '../superoffice-online';
import { NEW_RECORDS, replace, useRecordsApi } from './support/records-api';
import { useWebhookTarget, type Received } from './support/webhook-target';

const api = useRecordsApi();
const target = useWebhookTarget(api);
const { call, done } = api;

const VERBS = [
	'created',
	'changed',
	'softdeleted',
	'deleted',
	'edited',
	'sold',
	'lost',
	'completed',
];
const ENTITIES = [
	...['contact', 'person', 'project', 'sale', 'activity', 'document', 'ticket'],
	...['projectmember', 'salestakeholder', 'relation'],
];
const STAMPS = ['updated', 'updated_associate_id', 'updatedCount'];

/** All events from now on. */
const listen = () =>
	target.register(...ENTITIES.flatMap((entity) => VERBS.map((verb) => `${entity}.${verb}`)));

/** Creates a record by the API. @returns it */
const create = async (entity: string) =>
	await done('POST', entity, {
		...(await done('GET', `${entity}/default`)),
		...{ CustomFields: {}, ...NEW_RECORDS[entity] },
	});

/** The only event of that name. */
const only = async (name: string): Promise<Received['body']> => {
	const bodies = (await target.calls()).map(({ body }) => body);
	const found = bodies.filter(({ Event }) => Event === name);
	expect(found).toHaveLength(1);
	return found[0]!;
};

it('what a tenant starts with, and what is read, raises none', async () => {
	await listen();
	await done('GET', 'Contact/1');
	await done('GET', 'Person/default');
	await done('PATCH', 'Contact/1', replace('Name', (await done('GET', 'Contact/1')).Name));
	await done('PUT', 'Contact/2', { ...(await done('GET', 'Contact/2')), CustomFields: {} });
	expect(await target.events()).toEqual([]);
});

describe('by the API', () => {
	it.each([
		['Contact', 'ContactId', 'contact', 'softdeleted'],
		['Person', 'PersonId', 'person', 'softdeleted', 'Retired', true],
		['Project', 'ProjectId', 'project', 'deleted'],
		['Sale', 'SaleId', 'sale', 'deleted'],
		['Appointment', 'AppointmentId', 'activity', 'deleted'],
	])(
		'%s: one is created, changed and deleted',
		async (entity, key, name, deleted, property = 'Associate/AssociateId', value: unknown = 4) => {
			await listen();
			const { [key]: id } = await create(entity);
			await done('PATCH', `${entity}/${id}`, replace(String(property), value));
			await call('DELETE', `${entity}/${id}`);
			const expected = ['created', 'changed', deleted].map((verb) => `${name}.${verb} ${id}`);
			expect((await target.events()).sort()).toEqual(expected.sort());
			expect((await only(`${name}.changed`)).Changes).toEqual([
				`${name === 'activity' ? 'appointment' : name}_id`,
				property === 'Retired' ? 'retired' : 'associate_id',
				...STAMPS,
			]);
			expect((await only(`${name}.${deleted}`)).Changes).toEqual([]);
			expect(await only(`${name}.created`)).toMatchObject({
				Entity: name,
				ChangedByAssociateId: 2,
			});
		},
	);

	it('a request is changed where others are deleted', async () => {
		await listen();
		const { TicketId } = await create('Ticket');
		await call('DELETE', `Ticket/${TicketId}`);
		expect((await target.events()).sort()).toEqual([
			`ticket.changed ${TicketId}`,
			`ticket.created ${TicketId}`,
		]);
		expect((await only('ticket.changed')).Changes).toEqual([
			...['id', 'status', 'ticket_status', 'last_changed'],
		]);
	});

	it('a document is a row among the activities too, and its content is edited', async () => {
		await listen();
		const { DocumentId: id } = await create('Document');
		const document = await only('document.created');
		const activity = await only('activity.created');
		expect(document).toMatchObject({
			PrimaryKey: id,
			FieldValues: { document_id: id, appointment_id: activity.PrimaryKey },
		});
		expect(activity.FieldValues).toMatchObject({ document_id: id });
		expect(activity.PrimaryKey).not.toBe(id);
		target.received.length = 0;
		await done('PATCH', `Document/${id}`, replace('Header', 'Other'));
		expect(await target.events()).toEqual([`document.changed ${id}`]);
		const bytes = { 'Content-Type': 'application/octet-stream' };
		await done('PUT', `Document/${id}/Content`, 'text', bytes);
		expect(await only('document.edited')).toMatchObject({ PrimaryKey: id, Changes: [] });
	});

	it('a mass operation raises them row by row', async () => {
		await listen();
		await done('POST', 'Agents/DatabaseTable/Upsert', {
			TableName: 'contact',
			Columns: ['contact_id', 'department'],
			Keys: ['contact_id'],
			Data: [
				['1', 'One'],
				['2', 'Two'],
			],
			NomatchAction: 'NoChange',
			ReturnRowStatus: true,
		});
		expect((await target.events()).sort()).toEqual(['contact.changed 1', 'contact.changed 2']);
	});

	it('a merge tells of what moves, and of what goes', async () => {
		await listen();
		api.tenant.data.insert('Sale', { values: { Heading: 'Moves', Contact: 3 } });
		await target.calls();
		target.received.length = 0;
		await call('POST', 'Contact/3/MergeTo/2');
		const events = await target.events();
		expect(events).toEqual(expect.arrayContaining(['sale.changed 1', 'contact.softdeleted 3']));
		expect((await only('sale.changed')).Changes).toEqual(['sale_id', 'contact_id', ...STAMPS]);
	});

	it('members, stakeholders and relations have events', async () => {
		await listen();
		const { data } = api.tenant;
		const records: Array<[EntityName, Record<string, unknown>, string]> = [
			['ProjectMember', { ProjectId: 1, PersonId: 2 }, 'projectmember'],
			['SaleStakeholder', { SaleId: 1, PersonId: 2 }, 'salestakeholder'],
			['Relation', { SourceContactId: 1, DestinationContactId: 2 }, 'relation'],
		];
		for (const [entity, values] of records) data.remove(entity, data.insert(entity, { values }).id);
		const expected = records.flatMap(([, , name]) => [`${name}.created 1`, `${name}.deleted 1`]);
		expect((await target.events()).sort()).toEqual(expected.sort());
		expect(await only('relation.created')).toMatchObject({
			FieldValues: {
				...{ source_table: 5, source_record: 1 },
				...{ destination_table: 5, destination_record: 2 },
			},
		});
		expect((await only('projectmember.deleted')).Values).toEqual({
			associate_id: 0,
			project_id: 1,
		});
	});
});

it('rows of extra tables have events, with their values as the wire has them', async () => {
	await target.register('y_rental.created', 'y_rental.changed', 'y_rental.deleted');
	const id = await done('POST', 'Table/y_rental', { x_days: 3 });
	await call('PUT', `Table/y_rental/${id}`, { x_days: 3 });
	await call('PUT', `Table/y_rental/${id}`, { x_days: 4 });
	await call('DELETE', `Table/y_rental/${id}`);
	const expected = ['changed', 'created', 'deleted'].map((verb) => `y_rental.${verb} ${id}`);
	expect((await target.events()).sort()).toEqual(expected);
	expect(await only('y_rental.changed')).toMatchObject({
		...{ Entity: 'y_rental', Changes: ['id', 'x_days', 'last_changed'] },
		FieldValues: {
			id: `[I:${id}]`,
			x_days: '[I:4]',
			last_changed: expect.stringMatching(/^\[DT:/),
		},
	});
	const { FieldValues, Values } = await only('y_rental.deleted');
	expect(FieldValues).toMatchObject({ id, x_days: 4 });
	expect(FieldValues).not.toHaveProperty('dbi_key');
	expect(Values).toEqual({});
});

describe('what an event tells', () => {
	it('columns of the database, and nothing of other tables', async () => {
		await listen();
		await done('PATCH', 'Person/1', {
			...{ Firstname: 'Eva', Position: { Id: 2 }, BirthDate: '1980-05-06T00:00:00' },
			...{ Emails: [{ Value: 'eva@acme.example' }], CustomFields: {} },
		});
		expect((await only('person.changed')).Changes).toEqual([
			...['person_id', 'firstname', 'day_of_birth', 'month_of_birth', 'year_of_birth'],
			...['position_idx', ...STAMPS],
		]);
		target.received.length = 0;
		await done('PATCH', 'Person/1', replace('Emails', [{ Value: 'eva@other.example' }]));
		await done('PATCH', 'Contact/1', replace('Address/Street', { City: 'Oslo' }));
		await done('PATCH', 'Contact/1', replace('CustomFields/SuperOffice:1', 'x'));
		expect(await target.events()).toEqual([]);
	});

	it('values of a new record, with flags and enums as numbers', async () => {
		await listen();
		const values = {
			Heading: 'Ten',
			Contact: 2,
			Status: 'Open',
			Associate: 4,
			Saledate: new Date(0),
		};
		const { id } = api.tenant.data.insert('Sale', { values });
		const { Changes, FieldValues } = await only('sale.created');
		expect(Changes).toEqual(
			expect.arrayContaining(['sale_id', 'heading', 'registered', ...STAMPS]),
		);
		expect(FieldValues).toMatchObject({
			...{ contact_id: 2, status: 1, associate_id: 4, done: 0, userdef_id: 0 },
			saledate: '1970-01-01T00:00:00',
			registered: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
			updated: expect.stringMatching(/\+00:00$/),
		});
		expect(FieldValues).not.toHaveProperty('heading');
		api.tenant.data.remove('Sale', id);
		expect((await only('sale.deleted')).Values).toEqual({
			...{ associate_id: 4, contact_id: 2, person_id: 0, project_id: 0 },
		});
	});

	it('a request knows the company of its person', async () => {
		await listen();
		const person = api.tenant.data.find('Person', 1)!;
		api.tenant.data.insert('Ticket', { values: { Title: 'x', Person: 1 } });
		expect((await only('ticket.created')).FieldValues).toMatchObject({
			...{ cust_id: 1, contact_id: person.values.Contact },
		});
	});

	it('who made the change', async () => {
		await listen();
		api.tenant.data.update('Contact', 1, (record) => {
			Object.assign(record, { values: { ...record.values, Department: 'New' }, updatedBy: 7 });
		});
		expect((await only('contact.changed')).ChangedByAssociateId).toBe(7);
	});
});

it('a sale that is sold, lost or completed is told as changed too', async () => {
	await listen();
	const { data } = api.tenant;
	const { id } = data.insert('Sale', { values: { Heading: 'Ten', Status: 'Open' } });
	await target.calls();
	target.received.length = 0;
	const change = (values: object) =>
		data.update('Sale', id, (record) => Object.assign(record.values, values));
	change({ Status: 'Sold', Completed: 'Completed' });
	change({ Heading: 'Eleven' });
	change({ Status: 'Lost' });
	const events = await target.events();
	expect(events.sort()).toEqual([
		...['sale.changed 1', 'sale.changed 1', 'sale.changed 1'],
		...['sale.completed 1', 'sale.lost 1', 'sale.sold 1'],
	]);
	const sold = await only('sale.sold');
	expect(sold.Changes).toEqual(['sale_id', 'status', 'updated', 'updated_associate_id']);
	expect(sold).not.toHaveProperty('FieldValues');
});

it.each([
	['Contact', 'contact.changed 2', 'deleted'],
	['Person', 'person.changed 2', 'DeletedDate'],
] as const)('%s: one that is brought back has changed', async (entity, event, column) => {
	api.tenant.data.remove(entity, 2);
	await listen();
	await call('POST', `Agents/${entity}/Undelete`, { Id: 2 });
	expect(await target.events()).toEqual([event]);
	expect(target.received[0]!.body.Changes).toContain(column);
});
