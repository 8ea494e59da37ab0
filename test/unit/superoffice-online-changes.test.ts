import { NEW_RECORDS, replace, useRecordsApi } from './support/records-api';

const api = useRecordsApi();
const { call, done, refusal } = api;

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
		['CustomFields/SuperOffice:1:org', 'x'],
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
		api.tenant.data.update('Contact', 2, (contact) => (contact.values.Interests = [1, 2]));
		await done('PATCH', 'Contact/2', replace('Interests', [{ Id: 3, Selected: true }]));
		expect(api.tenant.data.find('Contact', 2)?.values.Interests).toEqual([3]);
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

	it('of LocalizedAddress wins over the lines that are sent beside it', async () => {
		const { Address } = await done('GET', 'Contact/2');
		const city = (rows: Array<Array<{ Name: string; AddressType: string; Value: string }>>) =>
			rows.flat().find((row) => row.Name === 'City' && row.AddressType === 'Street')!;
		const unchanged = { ...Address, Street: { ...Address.Street, City: 'Oslo' } };
		const first = await done('PATCH', 'Contact/2', replace('Address', unchanged));
		expect(first.Address.Street.City).toBe('Oslo');
		city(first.Address.LocalizedAddress).Value = 'Bodø';
		const second = await done('PATCH', 'Contact/2', replace('Address', first.Address));
		expect(second.Address.Street.City).toBe('Bodø');
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
