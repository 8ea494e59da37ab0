import type { ResourceMapperField } from 'n8n-workflow';

import type { StoredRecord } from '../../superoffice-online/crm/store';
import { kinds } from './kinds';
import { operation } from './node';
import { useNode } from './use-node';

const node = useNode();

const panel = (resource = 'company', name = 'create', parameters = {}) =>
	node.n8n.engine.openPanel(operation(resource, name, parameters));

const fieldsFor = async (resource?: string, name?: string) =>
	(await panel(resource, name).mappedFields('getFields')).fields;

const find = (fields: ResourceMapperField[], id: string) =>
	fields.find((field) => field.id === id)!;

const calls = () => node.n8n.online.apiCalls(node.tenant.contextIdentifier);

describe('the fields that are offered', () => {
	test('are SuperOffice’s and the tenant’s own, in its words, by type', async () => {
		const fields = await fieldsFor();
		const about = fields.map(({ id, displayName, type }) => [id, displayName, type]);
		expect(about).toEqual(
			expect.arrayContaining([
				['Name', 'Company Name', 'string'],
				['Associate', 'Our Contact', 'options'],
				['Category', 'Category', 'options'],
				['NoMailing', 'No Mailings', 'boolean'],
				['Emails', 'Email', 'string'],
				['StreetCity', 'Visiting City', 'string'],
				['SuperOffice:1', 'Nickname', 'string'],
				['SuperOffice:2', 'Number of Seats', 'number'],
				['SuperOffice:3', 'Contract Date', 'dateTime'],
				['SuperOffice:5', 'Reference Customer', 'boolean'],
				['SuperOffice:7', 'Segment', 'options'],
				['SuperOffice:8', 'Discount', 'number'],
				['x_score', 'Score', 'number'],
				['x_since', 'Customer Since', 'dateTime'],
			]),
		);
		for (const readOnly of ['ContactId', 'CreatedDate', 'UpdatedBy']) {
			expect(find(fields, readOnly)).toBeUndefined();
		}
	});

	test.each(kinds)('have labels of their own: $resource', async ({ resource, fields: filled }) => {
		const [fields, writable] = [
			await fieldsFor(resource),
			await panel(resource).loadOptions('getWritableFields'),
		];
		for (const labels of [
			fields.map(({ displayName }) => displayName),
			writable.map(({ name }) => name),
		]) {
			expect(new Set(labels).size).toBe(labels.length);
		}
		expect(fields.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(filled)));
		expect(writable.map(({ value }) => value)).toEqual(fields.map(({ id }) => id));
	});

	test('have the choices of their lists, but for those that are retired or too many', async () => {
		node.tenant.data.lists.set(
			'country',
			Array.from({ length: 101 }, (_, id) => ({ id: id + 1, name: `Land ${id}` })),
		);
		const fields = await fieldsFor();
		const choices = (id: string) => find(fields, id).options?.map(({ value }) => value);
		expect(choices('Category')).toEqual(['Customer', 'Prospect', 'Supplier', 'Partner']);
		expect(choices('SuperOffice:7')).toEqual(['Gold', 'Silver', 'Bronze']);
		expect(choices('Associate')).toEqual(['System User', 'Kari Jensen', 'Ola Nordmann']);
		expect(find(fields, 'Country').type).toBe('string');
		expect(find(fields, 'Business').options!.slice(-2)).toEqual([
			{ name: 'Consulting (ID 5)', value: '5' },
			{ name: 'Consulting (ID 6)', value: '6' },
		]);
		expect(find(await fieldsFor('sale'), 'Status').options!.map(({ name }) => name)).toEqual([
			...['Open', 'Sold', 'Lost', 'Stalled'],
		]);
	});

	test('are required where the tenant says so, for a new record only', async () => {
		node.set({ mandatory: { Contact: ['OrgNr', 'x_score'] } });
		const required = async (name: string) =>
			(await fieldsFor('company', name)).filter((field) => field.required).map(({ id }) => id);
		expect(await required('create')).toEqual(['Name', 'Category', 'Business', 'OrgNr', 'x_score']);
		expect(await required('update')).toEqual([]);
		expect(await required('upsert')).toEqual([]);
	});

	test('can be matched by where SuperOffice can search by them', async () => {
		const fields = await fieldsFor('company', 'upsert');
		const canMatch = (id: string) => find(fields, id).canBeUsedToMatch;
		for (const id of ['Name', 'Number2', 'OrgNr', 'Emails', 'SuperOffice:1']) {
			expect([id, canMatch(id)]).toEqual([id, true]);
		}
		expect(canMatch('Description')).toBe(false);
		expect(fields.filter(({ defaultMatch }) => defaultMatch).map(({ id }) => id)).toEqual(['Name']);
	});
});

test('SuperOffice is asked for each thing once, however often the panel is opened', async () => {
	for (let times = 0; times < 2; times++) {
		await Promise.all([fieldsFor(), fieldsFor('company', 'upsert')]);
		await panel('company', 'getAll').loadOptions('getColumns');
		await panel('company', 'update').loadOptions('getWritableFields');
	}
	// The second page of users is empty.
	const { 'GET /v1/Archive/AllUsers': users, ...others } = calls();
	expect(users).toBe(2);
	for (const [call, count] of Object.entries(others)) expect([call, count]).toEqual([call, 1]);
	expect(calls()).toMatchObject({
		'GET /v1/Contact/default': 1,
		'GET /v1/Contact/CustomField': 1,
		'GET /v1/MDOList/category': 1,
		'POST /v1/Agents/Archive/GetAvailableColumns': 1,
	});
});

describe('the search for a record', () => {
	const search = async (text?: string, resource = 'company', method = 'searchRecords') => {
		const found = [];
		let token: string | undefined;
		do {
			const page = await panel(resource, 'get').search(method, text, token);
			found.push(...page.results);
			token = page.paginationToken as string | undefined;
		} while (token !== undefined);
		return found;
	};

	test('finds by part of the name, from three letters on', async () => {
		expect((await search('ANITE')).map(({ value }) => value)).toEqual([3]);
		node.n8n.online.resetCounts();
		expect(await search('an')).toEqual([]);
		expect(await search(' a ')).toEqual([]);
		expect(calls()).toEqual({});
		expect(await search(`x') or getAllRows set true`)).toEqual([]);
	});

	test('goes on page by page until there is no more, in the order of names', async () => {
		node.tenant.companies = 120;
		node.set({ pageCap: 30, hiddenRecords: { Contact: [7, 8, 9] } });
		const found = await search();
		expect(found).toHaveLength(117);
		expect(new Set(found.map(({ value }) => value)).size).toBe(117);
	});

	test('tells namesakes apart', async () => {
		const { data } = node.tenant;
		data.insert('Contact', { values: { Name: 'Twin & Co', Department: 'Oslo', OrgNr: '91' } });
		data.insert('Contact', { values: { Name: 'Twin & Co', Department: 'Bergen' } });
		const names = (await search('twin')).map(({ name }) => name);
		expect(names.sort()).toEqual(['Twin & Co (Bergen)', 'Twin & Co (Oslo, 91)']);
		const persons = (await search('ingrid', 'person')).map(({ name }) => name);
		expect(persons).toEqual([expect.stringMatching(/^Ingrid Berg \(.+, ingrid@.+\)$/)]);
	});

	test.each(kinds)('leads to the record in SuperOffice: $resource', async (kind) => {
		const { resource, entity, name } = kind;
		const named = (record: StoredRecord) =>
			Object.assign(record.values, { [name.field]: 'Find me', Firstname: 'Find me' });
		const first = node.tenant.data.all(entity)[0];
		const id = first?.id ?? node.tenant.data.insert(entity, { values: {} }).id;
		node.tenant.data.update(entity, id, named);
		const [found, ...others] = await search('find me', resource);
		expect(others).toEqual([]);
		expect(found).toMatchObject({ value: id, name: expect.stringContaining('Find me') });
		const { origin, pathname, searchParams } = new URL(found!.url!);
		expect(origin).toBe(`https://${node.tenant.environment}.superoffice.com`);
		expect(pathname).toContain(`/${node.tenant.contextIdentifier}/`);
		expect([...searchParams.values()]).toContain(String(id));
	});

	test('finds deleted records, to bring them back', async () => {
		node.tenant.data.remove('Contact', 3);
		const method = 'searchDeletedRecords';
		expect((await search('granite', 'company', method)).map(({ value }) => value)).toEqual([3]);
		expect((await search('', 'company', method)).map(({ value }) => value)).toEqual([3]);
		expect(await search('granite')).toEqual([]);
	});
});

describe('the columns of Get Many', () => {
	test('are those of the archive, the tenant’s own included', async () => {
		const columns = await panel('company', 'getAll').loadOptions('getColumns');
		const names = columns.map(({ value }) => value);
		expect(names).toEqual(
			expect.arrayContaining([
				'name',
				'category',
				'contactUdef/SuperOffice:7',
				'email/emailAddress',
			]),
		);
		expect(names).not.toContain('getAllRows');
		expect(columns.find(({ value }) => value === 'contactUdef/SuperOffice:7')!.name).toContain(
			'Segment',
		);
	});

	test('begin with what a list shows; what belongs to other records comes last', async () => {
		const columns = await panel('company', 'getAll').loadOptions('getFilterColumns');
		const names = columns.map(({ value }) => String(value));
		expect(names.slice(0, 4)).toEqual(['contactId', 'name', 'department', 'number']);
		const own = ['name', 'registeredDate', 'contactUdef/SuperOffice:7', 'contactExtra/x_score'];
		const ofOthers = [
			'contactPhone/formattedNumber',
			'contactSupportPerson/personUdef/SuperOffice:7',
		];
		const places = (some: string[]) => some.map((name) => names.indexOf(name));
		expect(Math.min(...places([...own, ...ofOthers]))).toBeGreaterThan(0);
		expect(Math.max(...places(own))).toBeLessThan(Math.min(...places(ofOthers)));
	});

	test('have labels of their own, the plain one being the record’s', async () => {
		const columns = await panel('company', 'getAll').loadOptions('getColumns');
		const labels = columns.map(({ name }) => name);
		expect(new Set(labels).size).toBe(labels.length);
		expect(columns).toContainEqual(
			expect.objectContaining({ name: 'Segment', value: 'contactUdef/SuperOffice:7' }),
		);
	});

	test('are filtered by with the operators that fit', async () => {
		const columns = await panel('company', 'getAll').loadOptions('getFilterColumns');
		expect(columns.map(({ value }) => value)).toContain('updatedDate');
		const operators = async (...conditions: string[]) => {
			const filters = { conditions: conditions.map((column) => ({ column })) };
			const path = `parameters.filters.conditions[${conditions.length - 1}].operator`;
			const all = await panel('company', 'getAll', { filters }).loadOptions(
				'getFilterOperators',
				path,
			);
			return all.map(({ value }) => value);
		};
		expect(await operators('name')).toEqual(expect.arrayContaining(['is', 'contains', 'begins']));
		expect(await operators('name', 'updatedDate')).toContain('thisMonth');
		expect(await operators('updatedDate', 'name')).not.toContain('thisMonth');
		expect(await operators('category')).toContain('oneOf');
		expect(await operators('')).toEqual([]);
	});
});

describe('with a credential that SuperOffice does not accept', () => {
	test('the panel says why, and what to do', async () => {
		node.n8n.online.misbehave({ at: 'exchange', kind: 'refuse', reason: 'Revoked' });
		const company = () => panel('company', 'get');
		for (const ask of [
			async () => await company().mappedFields('getFields'),
			async () => await company().search('searchRecords'),
			async () => await company().search('searchDeletedRecords'),
			async () => await company().loadOptions('getColumns'),
			async () => await company().loadOptions('getWritableFields'),
		]) {
			const error = (await ask().catch((thrown: unknown) => thrown)) as Error;
			expect(error.message).toContain('SuperOffice refused: Revoked');
			expect(error).toMatchObject({ description: expect.stringMatching(/approve/i) });
		}
	});
});
