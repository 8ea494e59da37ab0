import type { INode, INodeParameters } from 'n8n-workflow';

import { byId, mapped, operation } from '../engine/superoffice/node';
import { databaseOf } from '../superoffice-online/crm/store';
import { useRealN8n, workflowOf } from './support/n8n';

const real = useRealN8n();

const company = (name: string, value: string, parameters: INodeParameters): INode =>
	operation('company', value, parameters, { id: name, name });

test('a company with custom fields is created, found, kept single, changed, read, deleted and brought back', async () => {
	const tenant = await real.useNewTenant();
	const database = databaseOf(real.online.tenant(tenant));
	const before = database.all('Contact').length;
	const created = {
		Name: 'Åse & “Sønner” 100%',
		Category: 'Customer',
		'SuperOffice:3': '2026-12-24',
		'SuperOffice:5': true,
		'SuperOffice:7': 'Gold',
	};
	const again = { ...created, Department: 'Nord', 'SuperOffice:7': 'Silver' };
	const changes = { Category: 'Prospect', 'SuperOffice:3': '2027-01-31', 'SuperOffice:5': false };
	const thatCompany = { recordId: byId("={{ $('Create').item.json.ContactId }}") };
	await real.n8n.importWorkflows(
		workflowOf(
			'company',
			[{}],
			company('Create', 'create', { fields: mapped(created) }),
			company('Get Many', 'getAll', {
				filters: {
					conditions: [
						{ column: 'name', operator: 'is', value: created.Name },
						{ column: 'contactUdef/SuperOffice:7', operator: 'oneOf', value: 'Gold' },
					],
				},
				options: { columns: ['name', 'category', 'contactUdef/SuperOffice:7'] },
			}),
			company('Create or Update', 'upsert', { fields: mapped(again, ['Name']) }),
			company('Update', 'update', { ...thatCompany, fields: mapped(changes) }),
			company('Get', 'get', thatCompany),
			company('Delete', 'delete', thatCompany),
			company('Undelete', 'undelete', { recordId: byId('={{ $json.id }}') }),
		),
	);
	real.online.resetCounts();
	const { error, description, output } = await real.n8n.execute('company');
	expect([error, description]).toEqual([undefined, undefined]);

	const [made, ...others] = database.all('Contact').slice(before);
	expect(others).toEqual([]);
	const { id, values, customFields } = made!;
	expect(output('Create')).toMatchObject([{ ...created, ContactId: id }]);
	expect(output('Get Many')).toEqual([
		{
			contactId: id,
			name: created.Name,
			category: 'Customer',
			'contactUdef/SuperOffice:7': 'Gold',
		},
	]);
	expect(output('Create or Update')).toMatchObject([{ ...again, ContactId: id, created: false }]);
	const changed = { ...again, ...changes, ContactId: id };
	expect(output('Update')).toMatchObject([changed]);
	expect(output('Get')).toEqual(output('Update'));
	expect(output('Delete')).toEqual([{ deleted: true, id }]);
	expect(output('Undelete')).toMatchObject([changed]);

	expect(values).toMatchObject({ Name: created.Name, Department: 'Nord', Category: 2 });
	expect(customFields).toMatchObject({
		'SuperOffice:3': '[DT:01/31/2027 00:00:00.0000000]',
		'SuperOffice:5': '[I:0]',
		'SuperOffice:7': '[I:2]',
	});
	expect(database.deleted('Contact')).toEqual([]);
	expect(real.online.apiCalls(tenant)).toMatchObject({
		'POST /v1/Contact': 1,
		'PATCH /v1/Contact/{id}': 2,
		'DELETE /v1/Contact/{id}': 1,
		'POST /v1/Agents/Contact/Undelete': 1,
	});
	expect(real.online.counts.exchanges).toBe(1);
});

test('what SuperOffice turns down is told in its words, what may pass is tried again, and lost connections are told as such', async () => {
	await real.useNewTenant();
	const path = /Contact/;
	const get = company('Get', 'get', { recordId: byId(1), simplify: false });
	await real.n8n.importWorkflows(workflowOf('failing', [{}], get));

	const body = JSON.stringify({ ErrorMessage: 'Company 1 is not for you' });
	real.online.misbehave({ at: 'api', kind: 'status', status: 403, path, body });
	const refused = await real.n8n.execute('failing');
	expect(refused.error).toContain('(status 403): Company 1 is not for you');
	expect(refused.description).toContain('lacks the right to do this');
	real.online.stopMisbehaving();

	real.online.misbehave({ at: 'api', kind: 'status', status: 503, path, times: 1 });
	const again = await real.n8n.execute('failing');
	expect([again.error, again.output('Get')]).toMatchObject([undefined, [{ ContactId: 1 }]]);

	real.online.misbehave({ at: 'api', kind: 'reset', path });
	const lost = await real.n8n.execute('failing');
	expect(lost.error).toContain('.superoffice.com');
	expect(lost.description).toMatch(/connection|network|proxy/i);
});
