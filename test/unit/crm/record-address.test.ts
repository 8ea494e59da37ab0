import { recordIdFromUrl, recordUrl } from '../../../superoffice/crm/record-address';
import { superOfficeErrorOf } from '../support/errors';

const company = { name: 'Contact', label: 'company', clientParameter: 'contact_id' };
const person = { name: 'Person', label: 'contact person', clientParameter: 'person_id' };
const request = { name: 'Ticket', label: 'request', clientParameter: 'ticket_id' };
const tenant = { contextIdentifier: 'Cust12345' };
const online = 'https://online2.superoffice.com/Cust12345';

describe('the address of a record', () => {
	test.each([
		['in the web API', `${online}/api/v1/Contact/5`, company, 5],
		['in small letters', `${online}/api/v1/contact/5`.toLowerCase(), company, 5],
		['with a slash at its end', `${online}/api/v1/Contact/5/`, company, 5],
		['with a query', ` ${online}/api/v1/Contact/5?$select=Name `, company, 5],
		['with more behind it', `${online}/api/v1/Contact/5/Persons`, company, 5],
		['of the app host', 'https://app.superoffice.com/Cust12345/api/v1/Contact/5', company, 5],
		['in the web client', `${online}/default.aspx?contact_id=5`, company, 5],
		['in the web client, without a page', `${online}/?Contact_ID=5`, company, 5],
		['of a company with a person', `${online}/default.aspx?contact_id=5&person_id=7`, company, 5],
		['of a person in a company', `${online}/default.aspx?contact_id=5&person_id=7`, person, 7],
		['with the page in front', `${online}/default.aspx?contact.main?contact_id=5`, company, 5],
		[
			'with page and tabs in front',
			`${online}/default.aspx?contact.main.personarchive.minicontact?contact_id=5&person_id=7`,
			person,
			7,
		],
		['of a request', `${online}/default.aspx?ticket.main?ticket_id=220`, request, 220],
		[
			'of a request in Service',
			`${online}/CS/scripts/ticket.fcgi?_sf=0&action=listTicket&ticketId=220`,
			request,
			220,
		],
		[
			'of a request’s screen in Service',
			`${online}/CS/scripts/ticket.fcgi?_sf=0&action=doScreenDefinition&idString=viewTicket_80_v2&entryId=220`,
			request,
			220,
		],
	])('%s gives its id', (_, url, entity, id) => {
		expect(recordIdFromUrl(url, entity, tenant)).toBe(id);
	});

	test.each([
		['a path alone', '/v1/Contact/5'],
		['no https', 'http://online2.superoffice.com/Cust12345/api/v1/Contact/5'],
		['another domain', 'https://superoffice.com.evil.example/Cust12345/api/v1/Contact/5'],
		['no tenant', 'https://online2.superoffice.com/api/v1/Contact/5'],
		['no record', `${online}/default.aspx`],
		['a new record', `${online}/default.aspx?contact_id=0`],
		['a list', `${online}/api/v1/Contact`],
		['a record that comes from a list', `${online}/api/v1/Contact/default`],
		['another screen of Service', `${online}/CS/scripts/ticket.fcgi?idString=viewEmail&entryId=5`],
	])('is refused if it is of %s', async (_, url) => {
		const refused = await superOfficeErrorOf(() => recordIdFromUrl(url, company, tenant));
		expect(refused.message).toBe('This is not the address of a company.');
		expect(refused.hint).toContain(
			'https://online.superoffice.com/Cust12345/default.aspx?contact_id=5',
		);
	});

	test('is refused if it is another tenant’s, naming both', async () => {
		const url = 'https://online.superoffice.com/cust54321/default.aspx?contact_id=5';
		const { message } = await superOfficeErrorOf(() => recordIdFromUrl(url, company, tenant));
		expect(message).toBe('This is an address of Cust54321, and the credential is for Cust12345.');
	});

	test('is refused if it is of the same tenant in another environment', async () => {
		const url = 'https://sod2.superoffice.com/Cust12345/default.aspx?contact_id=5';
		const inProduction = { ...tenant, host: `${online}/api` };
		const { message } = await superOfficeErrorOf(() => recordIdFromUrl(url, company, inProduction));
		expect(message).toBe(
			'This is an address of Cust12345 in Development, and the credential is for Cust12345 in Production.',
		);
		expect(recordIdFromUrl(url, company, { ...tenant, host: 'app-sod.superoffice.com' })).toBe(5);
	});

	test.each([
		['the web API', `${online}/api/v1/Person/7`],
		['the web client', `${online}/default.aspx?person_id=7`],
	])('is refused if it is of another kind of record in %s, naming it', async (_, url) => {
		const { message } = await superOfficeErrorOf(() => recordIdFromUrl(url, company, tenant));
		expect(message).toBe('This is the address of a contact person, not of a company.');
	});
});

test('the address of a kind of record that is not offered is refused as that', async () => {
	const url = `${online}/api/v1/Associate/7`;
	const { message } = await superOfficeErrorOf(() => recordIdFromUrl(url, company, tenant));
	expect(message).toBe('This is the address of another kind of record, not of a company.');
});

test('a record’s page in the web client is found from the web API’s address', () => {
	const url = recordUrl(`${online}/api`, company, 5);
	expect(url).toBe(`${online}/default.aspx?contact_id=5`);
	expect(recordIdFromUrl(url!, company, tenant)).toBe(5);
	expect(recordUrl(`${online}/api`, {}, 5)).toBeUndefined();
});
