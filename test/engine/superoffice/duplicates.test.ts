import type { IDataObject } from 'n8n-workflow';

import { seededCompanyName } from '../../superoffice-online/crm/seeds/companies';
import { mapped, mappedAutomatically, operation } from './node';
import { useNode } from './use-node';

const node = useNode();

const create = (fields: IDataObject, ifExists: string) =>
	operation('company', 'create', { fields: mapped(fields), options: { ifExists } });

const name = () => seededCompanyName(node.tenant, 2);
const count = () => node.tenant.data.all('Contact').length;

test('a company of the same name keeps a new one from being created, and is listed', async () => {
	const refused = await node.refusal(create({ Name: ` ${name().toUpperCase()} ` }, 'fail'));
	expect(refused).toContain(`SuperOffice has a company like this already: 2: ${name()}`);
	expect(refused).toContain('If It Exists');
	expect(node.writes()).toEqual([]);
});

test('a company of the same name is returned in place of a new one', async () => {
	const before = count();
	expect(await node.run(create({ Name: name(), Department: '' }, 'get'))).toEqual([
		expect.objectContaining({ ContactId: 2, Name: name(), created: false }),
	]);
	expect(count()).toBe(before);
	const [made] = await node.run(create({ Name: 'Ærlig & Søn / 100%?' }, 'get'));
	expect(made).toMatchObject({ Name: 'Ærlig & Søn / 100%?', created: true });
});

test('several of the same name are listed, and none is returned', async () => {
	node.tenant.data.insert('Contact', { values: { Name: name(), OrgNr: '42' } });
	const refused = await node.refusal(create({ Name: name() }, 'get'));
	expect(refused).toContain('SuperOffice has 2 companies like this already: 2:');
	expect(refused).toContain(`6: ${name()} (42)`);
});

test('another department is another company', async () => {
	await node.run(create({ Name: name(), Department: 'Bergen' }, 'fail'));
	expect(count()).toBe(6);
	const refused = await node.refusal(create({ Name: name(), Department: 'bergen' }, 'fail'));
	expect(refused).toContain('like this already: 6:');
});

test('a company in another system is told, and cannot be returned', async () => {
	node.tenant.data.foreignCompanies.push('Elsewhere');
	const refused = await node.refusal(create({ Name: 'Elsewhere' }, 'fail'));
	expect(refused).toContain('already: Elsewhere (ERP-1), in another system');
	expect(await node.run(create({ Name: 'Elsewhere' }, 'get'))).toMatchObject([{ created: true }]);
});

test('SuperOffice is not asked unless that is chosen', async () => {
	await node.create('company', { Name: name() });
	await node.run(create({ Name: name() }, 'create'));
	const calls = Object.keys(node.n8n.online.apiCalls(node.tenant.contextIdentifier));
	expect(calls.filter((call) => call.includes('Duplicates'))).toEqual([]);
	expect(count()).toBe(7);
});

test('of two items with the same name, the second gets what the first created', async () => {
	const node1 = operation('company', 'create', {
		fields: mappedAutomatically(),
		options: { ifExists: 'get' },
	});
	const items = ['Ny', 'NY', 'Ny'].map((Name) => ({ Name }));
	const made = await node.run(node1, { items });
	expect(made.map(({ ContactId, created }) => [ContactId, created])).toEqual([
		[6, true],
		[6, false],
		[6, false],
	]);
});

test('a company without a name is refused before it is looked for', async () => {
	expect(await node.refusal(create({ Name: '' }, 'get'))).toContain('Company Name is empty');
});

test('an expression that comes to nothing is no leave to create a duplicate', async () => {
	const refused = await node.refusal(create({ Name: name() }, '={{ $json.missing }}'));
	expect(refused).toContain('If It Exists cannot be');
	expect(node.writes()).toEqual([]);
});
