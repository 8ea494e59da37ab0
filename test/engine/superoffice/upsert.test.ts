import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ApiError } from '../../superoffice-online/crm/errors';
import type { Tenant } from '../../superoffice-online/crm/tenants';
import { useEngine } from '../support/engine';
import { chain } from '../support/workflows';
import { mapped, mappedAutomatically, operation } from './node';

const n8n = useEngine();

/** The node for each of some items, which hold the fields. */
async function upsertAll(
	triggerItems: IDataObject[],
	matchingColumns: string[],
	{
		resource = 'company',
		onError,
		...options
	}: INodeParameters & { resource?: string; onError?: 'continueRegularOutput' } = {},
) {
	const fields = mappedAutomatically(matchingColumns);
	const node = operation(resource, 'upsert', { fields, options }, { onError });
	const { output, error } = await n8n.engine.run(chain(node), { triggerItems });
	const items = output('SuperOffice');
	return { items, json: items.map((item) => item.json), error };
}

/** The same, of one item, which is expected to work. */
async function upsert(values: IDataObject, ...more: [string[], INodeParameters?]) {
	const { json, error } = await upsertAll([values], ...more);
	expect([error?.message, error?.description]).toEqual([undefined, undefined]);
	return json;
}

/** A new tenant without companies and persons but these. */
function tenantWith(companies: IDataObject[] = [], persons: IDataObject[] = []): Tenant {
	const tenant = n8n.online.tenant(n8n.useNewTenant());
	tenant.companies = 0;
	for (const { id } of tenant.data.all('Person')) tenant.data.remove('Person', id);
	for (const values of companies) tenant.data.insert('Contact', { values });
	for (const values of persons) tenant.data.insert('Person', { values });
	return tenant;
}

const names = ({ data }: Tenant) => data.all('Contact').map(({ values }) => values.Name);
const departments = ({ data }: Tenant) =>
	data.all('Contact').map(({ values }) => values.Department);
const lookUps = (provider = 'SimpleContact') => {
	const calls = n8n.online.apiCalls();
	const path = `/v1/Archive/${provider}`;
	return (calls[`GET ${path}`] ?? 0) + (calls[`POST ${path}`] ?? 0);
};

test('creates where nothing matches, and updates the one that does', async () => {
	const tenant = tenantWith([{ Name: 'Other' }]);
	const [first] = await upsert({ Name: 'Fjord', Department: 'North' }, ['Name']);
	expect(first).toMatchObject({ ContactId: 2, Name: 'Fjord', created: true });
	const [second] = await upsert({ Name: 'fjord ', Department: 'South' }, ['Name']);
	expect(second).toMatchObject({ ContactId: 2, Department: 'South', created: false });
	expect(departments(tenant)).toEqual([undefined, 'South']);
});

test('takes fields that are filled in by hand', async () => {
	const tenant = tenantWith([{ Name: 'Fjord', Department: 'Old' }]);
	const fields = mapped({ Name: '={{ $json.who }}', Department: 'New' }, ['Name']);
	const { output } = await n8n.engine.run(chain(operation('company', 'upsert', { fields })), {
		triggerItems: [{ who: 'Fjord' }, { who: 'Fell' }],
	});
	expect(output('SuperOffice').map(({ json }) => json.created)).toEqual([false, true]);
	expect(departments(tenant)).toEqual(['New', 'New']);
});

describe('Several that match', () => {
	const twins = [
		{ Name: 'Twin', Department: 'Oslo', OrgNr: '111' },
		{ Name: 'Else' },
		{ Name: 'TWIN', Department: 'Bergen' },
	];

	test('are listed with their IDs, and not changed', async () => {
		const tenant = tenantWith(twins);
		const { error } = await upsertAll([{ Name: 'Twin', Department: 'x' }], ['Name']);
		expect(error?.message).toBe(
			'2 companies match by Company Name: 1: Twin (Oslo, 111); 3: TWIN (Bergen).',
		);
		expect(error?.description).toContain('Options > On Multiple Matches');
		expect(departments(tenant)).toEqual(['Oslo', undefined, 'Bergen']);
	});

	test.each([
		{ onMultipleMatches: 'updateAll', updated: [1, 3] },
		{ onMultipleMatches: 'updateFirst', updated: [1] },
	])('$onMultipleMatches updates $updated', async ({ onMultipleMatches, updated }) => {
		const tenant = tenantWith(twins);
		const { items } = await upsertAll(
			[{ Name: 'New' }, { Name: 'Twin', Department: 'x' }],
			['Name'],
			{ onMultipleMatches },
		);
		expect(items.slice(1).map(({ json }) => [json.ContactId, json.created])).toEqual(
			updated.map((id) => [id, false]),
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			...updated.map(() => ({ item: 1 })),
		]);
		expect(departments(tenant).filter((department) => department === 'x')).toHaveLength(
			updated.length,
		);
	});
});

describe('Items with the same key', () => {
	test.each([[['Fjord', 'FJORD ']], [['  fjord', 'Fjord', 'fjorD', 'FJORD\t', 'Fjord']]])(
		'make one record, which the later ones update in order: %j',
		async (spellings) => {
			const tenant = tenantWith();
			const items = spellings.map((Name, index) => ({ Name, Department: `${index}` }));
			const { json } = await upsertAll(items, ['Name']);
			expect(json.map(({ created }) => created)).toEqual(spellings.map((_, index) => index === 0));
			expect(json.map(({ Department }) => Department)).toEqual(
				spellings.map((_, index) => `${index}`),
			);
			expect(names(tenant)).toEqual([spellings.at(-1)!.trim()]);
			expect(await upsert({ Name: spellings[0]! }, ['Name'])).toMatchObject([{ created: false }]);
		},
	);
});

test('250 items need three look-ups, and one write each', async () => {
	const tenant = tenantWith(
		Array.from({ length: 125 }, (_, index) => ({ Name: `Company ${2 * index}` })),
	);
	const items = Array.from({ length: 250 }, (_, index) => ({
		Name: `Company ${index}`,
		Department: `D${index}`,
	}));
	const { json, error } = await upsertAll(items, ['Name']);
	expect(error?.message).toBeUndefined();
	expect(json.map(({ Name, Department }) => ({ Name, Department }))).toEqual(items);
	expect(json.map(({ created }) => created)).toEqual(items.map((_, index) => index % 2 === 1));
	expect(tenant.data.all('Contact')).toHaveLength(250);
	// A page each, and the empty one that ends it.
	expect(lookUps()).toBe(6);
	const calls = n8n.online.apiCalls();
	expect(calls).toMatchObject({ 'POST /v1/Contact': 125, 'PATCH /v1/Contact/{id}': 125 });
	expect(calls).not.toHaveProperty('GET /v1/Contact/{id}');
});

describe('A look-up that fails', () => {
	const items = [{ Name: 'A' }, { Name: ' ' }, { Name: 'B' }];
	const tenantThatRefuses = () => {
		const tenant = tenantWith();
		jest.spyOn(tenant.data, 'all').mockImplementation(() => {
			throw new ApiError(403, 'SoSecurityException', 'You may not see companies');
		});
		return tenant;
	};

	test('fails the run with what SuperOffice says, and writes nothing', async () => {
		tenantThatRefuses();
		const { error } = await upsertAll(items, ['Name']);
		expect(`${error?.message} ${error?.description}`).toContain('You may not see companies');
		expect(error?.description).toContain('0 of 3 items were done');
		expect(n8n.online.apiCalls()).not.toHaveProperty('POST /v1/Contact');
	});

	test('fails each item where the node continues, and an item’s own fault stays its own', async () => {
		tenantThatRefuses();
		const { json } = await upsertAll(items, ['Name'], { onError: 'continueRegularOutput' });
		expect(json.map(({ error }) => error)).toEqual([
			expect.stringContaining('You may not see companies'),
			expect.stringContaining('Company Name is empty'),
			expect.stringContaining('You may not see companies'),
		]);
	});
});

test('keeps two tenants apart in one run', async () => {
	const tenants = [tenantWith([{ Name: 'Both' }]), tenantWith([{ Name: 'Else' }])];
	const [one, two] = tenants as [Tenant, Tenant];
	n8n.useCredential(one.contextIdentifier, {
		contextIdentifier: '={{ $json.tenant }}',
		systemUserToken: '={{ $json.token }}',
	});
	const items = [one, two, one, two].map((tenant, index) => ({
		tenant: tenant.contextIdentifier,
		token: tenant.systemUserToken,
		Name: 'Both',
		Department: `${index}`,
	}));
	const { json } = await upsertAll(items, ['Name']);
	expect(json.map(({ ContactId, created }) => [ContactId, created])).toEqual([
		[1, false],
		[2, true],
		[1, false],
		[2, false],
	]);
	expect(departments(one)).toEqual(['2']);
	expect(departments(two)).toEqual([undefined, '3']);
});
