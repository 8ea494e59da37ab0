import type { Tenant } from '../superoffice-online';
import { useArchives } from './support/archives';

const newTenant = useArchives();

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
