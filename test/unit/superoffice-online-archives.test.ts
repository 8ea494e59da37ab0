import { useArchives } from './support/archives';

const newTenant = useArchives();

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
