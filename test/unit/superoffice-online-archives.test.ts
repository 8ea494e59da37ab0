import type { Caller, SuperOfficeOnline, Tenant } from '../superoffice-online';
import { useService } from './support/service';

let online: SuperOfficeOnline;
let caller: Caller;

useService((started) => {
	({ online, caller } = started);
});

/** A tenant of its own for each test, and GETs with its ticket. */
async function newTenant(companies = 9) {
	const tenant = online.addTenant({ companies });
	const ticket = await caller.newTicket(tenant.contextIdentifier);
	const send = async (
		resource: string,
		{ query = {}, headers = {}, body = undefined as string | undefined } = {},
	) => {
		const { contextIdentifier, apiHost } = tenant;
		const { status, data } = await caller.client.request({
			method: body === undefined ? 'GET' : 'POST',
			url: `https://${apiHost}/${contextIdentifier}/api/v1/${resource}`,
			params: query,
			data: body,
			headers: {
				Authorization: `SOTicket ${ticket}`,
				'SO-AppToken': online.application.clientSecret,
				Accept: 'application/json',
				...headers,
			},
		});
		return { status, data, rows: data?.value as Array<Record<string, unknown>> };
	};
	const ids = async ($filter: string, archive = 'Contact', key = 'contactId') => {
		const query = { $filter, $select: key, $orderBy: key };
		const { status, data, rows } = await send(archive, { query });
		return status === 200 ? rows.map((row) => row[key]) : (data.Message as string);
	};
	return { tenant, send, ids };
}

const name = (tenant: Tenant, id: number, Name: string) =>
	tenant.data.update('Contact', id, ({ values }) => {
		values.Name = Name;
	});

describe('the filter of an archive', () => {
	it('joins by and before or, unless brackets say otherwise', async () => {
		const { ids } = await newTenant();
		expect(await ids('contactId eq 1 or contactId eq 2 and contactId greater 5')).toEqual([1]);
		expect(await ids('(contactId = 1 or contactId = 7) and contactId gt 5')).toEqual([7]);
		expect(await ids('contactId in (3,1) and contactId between (2,9)')).toEqual([3]);
		expect(await ids('getAllRows=true')).toHaveLength(9);
		expect(await ids("contains(name,'HARBOUR') or substringof('granite',name)")).toEqual([2, 3]);
	});

	it('takes quotes and backslashes in a text only if they are escaped', async () => {
		const { tenant, ids } = await newTenant();
		name(tenant, 4, "L'Oréal");
		name(tenant, 5, "Back\\slash'");
		expect(await ids("name is 'l\\'oréal'")).toEqual([4]);
		expect(await ids("name ends 'slash\\''")).toEqual([5]);
		expect(await ids("name is 'back\\\\slash\\''")).toEqual([5]);
		for (const wrong of [
			"name is 'L'Oréal'",
			"name is 'a\\'",
			"name is '' or 1 eq 1'",
			"name is 'a' 'b'",
			"name is ''' or getAllRows=true",
			"(name is 'a'",
			"name is 'a') ",
			"name is 'a' and",
			'name is a',
			'',
		]) {
			expect([wrong, await ids(wrong)]).toEqual([wrong, expect.any(String)]);
		}
	});

	it('refuses what a column does not have, naming the column', async () => {
		const { ids } = await newTenant();
		for (const [filter, column] of [
			['nothing eq 1', 'nothing'],
			["mainContact is 'a'", 'mainContact'],
			["name greater 'a'", 'name'],
			['contactId le 3', 'contactId'],
			['contactId ge 3', 'contactId'],
			["name notEnds 'a'", 'name'],
			['contactId eq x', 'contactId'],
			['category oneOf 1', 'oneOf'],
			["updatedDate date '2026-02-30'", 'updatedDate'],
			["deletedDate afterTime '2026-01-01'", 'deletedDate'],
			["associateId is 'KJ'", 'associateId'],
		]) {
			expect(await ids(filter!)).toContain(filter === 'category oneOf 1' ? 'Illegal' : column);
		}
	});

	it('finds by lists, users, dates, joined and custom columns', async () => {
		const { tenant, ids } = await newTenant();
		const { data } = tenant;
		data.update('Contact', 3, (record) => {
			Object.assign(record.values, {
				Category: 2,
				Associate: 5,
				Emails: [{ Value: 'a@b.example' }, { Value: 'c@d.example' }],
				Address: { Street: { City: 'Oslo' } },
			});
			record.customFields['SuperOffice:7'] = '[I:2]';
			record.customFields['SuperOffice:3'] = '[DT:05/31/2026 00:00:00.0000000]';
			record.customFields.x_score = '[I:42]';
		});
		const sale = data.insert('Sale', { values: { Heading: 'Boots', Contact: 3, Status: 'Open' } });
		for (const filter of [
			'category oneOf (2,4)',
			'category notOneOf (1)',
			'associateId associateIsOneOf (5)',
			"email/emailAddress is 'C@d.example'",
			"streetAddress/city begins 'os'",
			'contactUdef/SuperOffice:7 oneOf (2)',
			"contactUdef/SuperOffice:3 date '2026-05-31'",
			'contactExtra/x_score greater 41',
			'contactUdef/SuperOffice:3 isNotNull',
			'updatedDate today',
			'updatedDate thisAndPrevious 1 2 and updatedDate thisMonth',
		]) {
			expect([filter, await ids(filter)]).toEqual([filter, [3]]);
		}
		for (const filter of [
			"contact/name contains 'granite'",
			'saleStatus oneOf (1)',
			'contactId eq 3',
		]) {
			expect(await ids(filter, 'Archive/FindSale', 'saleId')).toEqual([sale.id]);
		}
	});
});

describe('the rows of an archive', () => {
	it('have lists as texts, users as initials, and dates in the zone that was asked for', async () => {
		const { tenant, send } = await newTenant();
		tenant.data.update('Contact', 1, (record) => {
			record.updatedAt = new Date('2026-06-01T22:30:00.123Z');
			record.customFields['SuperOffice:7'] = '[I:1]';
		});
		const $select =
			'contactId,category,associateId,stop,updatedDate,deletedDate,email/emailAddress,contactUdef/SuperOffice:7,NumberOfSales,mainContact';
		const query = { $select, $filter: 'contactId eq 1' };
		const row = {
			PrimaryKey: '1',
			EntityName: 'contact',
			contactId: 1,
			associateId: 'KJ',
			stop: false,
		};
		const plain = await send('Contact', { query });
		expect(plain.rows).toEqual([
			{
				...row,
				category: 'NO:"Kunde";US:"Customer"',
				updatedDate: '2026-06-02T00:30:00',
				deletedDate: '0001-01-01T00:00:00',
				'email/emailAddress': '',
				'contactUdef/SuperOffice:7': 'Gold',
				NumberOfSales: 0,
				mainContact: null,
			},
		]);
		const headers = { 'Accept-Language': 'en', 'SO-TimeZone': 'UTC, includeTZOffset' };
		expect((await send('Archive/SimpleContact', { query, headers })).rows).toMatchObject([
			{
				...row,
				category: 'Customer',
				updatedDate: '2026-06-01T22:30:00Z',
				deletedDate: '0001-01-01T00:00:00Z',
			},
		]);
		const body = new URLSearchParams(query).toString();
		expect((await send('Archive/SimpleContact', { body })).rows).toEqual(plain.rows);
		const wrong = { 'SO-TimeZone': 'Mars' };
		expect((await send('Contact', { query, headers: wrong })).status).toBe(400);
	});

	it('come in pages that are full or short, and are complete only if ordered by the key', async () => {
		const { tenant, send } = await newTenant(7);
		tenant.settings.pageCap = 3;
		tenant.settings.hiddenRecords.Contact = [2];
		const read = async ($orderBy?: string) => {
			const pages = [];
			for (const $skip of [0, 3, 6, 9]) {
				const query = { $select: 'contactId', $top: 100, $skip, ...($orderBy && { $orderBy }) };
				pages.push((await send('Contact', { query })).rows.map(({ contactId }) => contactId));
			}
			return pages;
		};
		expect(await read('contactId')).toEqual([[1, 3], [4, 5, 6], [7], []]);
		expect(await read('country desc, contactId desc')).toEqual([[7, 6, 5], [4, 3], [1], []]);
		const unordered = (await read()).flat();
		expect(new Set(unordered).size).toBeLessThan(unordered.length);
	});

	it('leave out what was deleted, unless the filter or the recycle bin asks for it', async () => {
		const { tenant, ids } = await newTenant(3);
		tenant.data.remove('Contact', 2);
		expect(await ids('getAllRows=true')).toEqual([1, 3]);
		expect(await ids("deletedDate afterTime '2020-01-01T00:00:00'")).toEqual([2]);
		expect(await ids('getAllRows=true', 'Archive/RecycleContact')).toEqual([2]);
	});

	it('have all columns that the archive says it has, of every kind of record', async () => {
		const { tenant, send } = await newTenant();
		const { data } = tenant;
		data.insert('Project', { values: { Name: 'Bridge', Associate: 5 } });
		data.insert('Sale', { values: { Heading: 'Boots', Contact: 2, Person: 1, Amount: 9.5 } });
		data.insert('Appointment', { values: { Title: 'Lunch', Contact: 2, Completed: 'Completed' } });
		data.insert('Document', { values: { Header: 'Offer', DocumentTemplate: 2 } });
		data.insert('Selection', { values: { Name: 'All', SelectionType: 'Static' } });
		data.insert('Ticket', {
			values: { Title: 'Help', Person: 1, Category: 2, Slevel: 'Internal' },
		});
		const headers = { 'Accept-Language': 'en' };
		const whole = async (archive: string) => {
			const columns = (await send(`Archive/${archive}/$metadata`)).rows.map(({ Name }) =>
				String(Name),
			);
			const body = new URLSearchParams({ $select: columns.join(',') }).toString();
			const { rows } = await send(`Archive/${archive}`, { body, headers });
			expect(Object.keys(rows[0]!)).toEqual(['PrimaryKey', 'EntityName', ...columns]);
			return rows[0];
		};
		expect(await whole('SimpleContact')).toMatchObject({
			contactId: 1,
			code: `${tenant.contextIdentifier}-1`,
			number: '',
		});
		expect(await whole('Person')).toMatchObject({
			'personContact/name': expect.stringContaining('Harbour Coffee'),
		});
		expect(await whole('FindProject')).toMatchObject({ name: 'Bridge', associateId: 'ON' });
		expect(await whole('FindSale')).toMatchObject({
			amount: 9.5,
			'person/fullName': 'Ingrid Berg',
			'contact/category': 'Customer',
		});
		expect(await whole('FindAppointment')).toMatchObject({
			completed: true,
			'appointment/title': 'Lunch',
		});
		expect(await whole('FindDocument')).toMatchObject({ subject: 'Offer', type: 'Quote' });
		expect(await whole('FindSelection')).toMatchObject({ type: 'Static' });
		expect(await whole('Ticket')).toMatchObject({
			contactId: 2,
			categoryFullName: 'Support/Hardware',
			slevel: 'Internal',
		});
		expect(await whole('AllUsers')).toMatchObject({ associateDbId: 5, assocName: 'ON' });
	});

	it('are refused for options and columns that do not exist', async () => {
		const { send } = await newTenant();
		for (const query of [
			{ $select: 'contactId,nothing' },
			{ $orderBy: 'deletedDate' },
			{ $orderBy: 'name sideways' },
			{ $top: '-1' },
			{ $mode: 'Fat' },
			{ $entities: 'person' },
			{ $expand: 'x' },
			{ $inlineCount: 'True' },
		]) {
			const { status, data } = await send('Contact', { query });
			expect([query, status, data.ErrorType]).toEqual([query, 400, 'ArgumentException']);
		}
		expect((await send('Archive/Nothing')).status).toBe(404);
	});
});

describe('lists', () => {
	it('tell the columns of an archive, the custom and the joined ones included', async () => {
		const { send } = await newTenant();
		const body = JSON.stringify({ ProviderName: 'SimpleContact', Context: '' });
		const headers = { 'Content-Type': 'application/json' };
		const { data } = await send('Agents/Archive/GetAvailableColumns', { body, headers });
		const column = (Name: string) => data.find((info: { Name: string }) => info.Name === Name);
		expect(column('category')).toMatchObject({
			DisplayName: 'Category',
			CanOrderBy: true,
			CanRestrictBy: true,
			RestrictionType: 'listAny',
			RestrictionListName: 'category',
		});
		expect(column('contactUdef/SuperOffice:7')).toMatchObject({
			DisplayName: 'Segment',
			RestrictionType: 'listAny',
			RestrictionListName: 'udlist108',
		});
		expect(column('email/emailAddress')).toMatchObject({ RestrictionType: 'string' });
		expect(column('mainContact')).toMatchObject({ CanRestrictBy: false });
		expect((await send('Archive/SimpleContact/$metadata')).rows).toEqual(data);
	});

	it('have living items only, under their headings unless they are asked for flat', async () => {
		const { tenant, send } = await newTenant();
		const items = async (resource: string, query = {}) => {
			const { data } = await send(resource, { query, headers: { 'Accept-Language': 'nb' } });
			return data.map(({ Name }: { Name: string }) => Name);
		};
		expect(await items('MDOList/category')).toEqual(['Kunde', 'Prospect', 'Supplier', 'Partner']);
		expect(await items('MDOList/category/selectable', { query: 'p' })).toEqual([
			'Prospect',
			'Supplier',
			'Partner',
		]);
		expect(await items('MDOList/doctmpl')).toEqual(['Letters']);
		expect(await items('MDOList/doctmpl', { flat: true })).toEqual(['Letter', 'Quote', 'Minutes']);
		expect(await items('MDOList/associate')).toContain('Kari Jensen');
		expect(await items('MDOList/salestage', { additional: 'SaleTypeID=1' })).toContain('Sold');
		expect(await items('MDOList/restrictionOperators/selectable', { additional: 'bool' })).toEqual([
			'set',
		]);
		expect((await send('MDOList/nothing')).status).toBe(404);
		expect(await items('List/Category/Items', { includeDeleted: true })).toContain('Old customer');
		const body = JSON.stringify({ Name: 'Press', Tooltip: '' });
		expect((await send('List/Category/Items', { body })).data).toMatchObject({
			Id: 6,
			Name: 'Press',
		});
		expect(tenant.data.listItem('category', 6)?.name).toBe('Press');
	});
});
