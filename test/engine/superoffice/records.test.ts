import type { IDataObject } from 'n8n-workflow';

import { useEngine } from '../support/engine';
import { chain } from '../support/workflows';
import { databaseOf } from '../../superoffice-online/crm/store';
import { kinds, awkwardName } from './kinds';
import { byId, mapped, mappedAutomatically, operation } from './node';

const n8n = useEngine();

/** Runs an operation for these items, and returns what the node puts out. */
async function run(node: ReturnType<typeof operation>, triggerItems?: IDataObject[]) {
	const { output, error } = await n8n.engine.run(chain(node), { triggerItems });
	expect(error?.message).toBeUndefined();
	return output('SuperOffice').map(({ json }) => json);
}

describe.each(kinds)('$resource', (kind) => {
	const { resource, entity, idKey, idColumn, name, fields, changes } = kind;
	let tenant: string;
	let id: number;
	let created: IDataObject;
	const database = () => databaseOf(n8n.online.tenant(tenant));

	beforeAll(async () => {
		tenant = n8n.useNewTenant();
		[created] = (await run(operation(resource, 'create', { fields: mapped(fields) }))) as [
			IDataObject,
		];
		id = created[idKey] as number;
	});

	test('is created with what was filled in, names of list items included', () => {
		expect(
			database()
				.all(entity)
				.map((record) => record.id),
		).toContain(id);
		expect(created).toMatchObject(
			Object.fromEntries(
				Object.entries(fields).filter(([key]) => !['Associate', 'Contact', 'Person'].includes(key)),
			),
		);
		expect(created[name.field]).toBe(awkwardName);
	});

	test('is read as it was put out', async () => {
		expect(await run(operation(resource, 'get', { recordId: byId(id) }))).toEqual([created]);
	});

	test('is written back unchanged as it was read', async () => {
		const before = structuredClone(database().find(entity, id)!);
		const node = operation(resource, 'update', {
			recordId: byId(id),
			fields: mappedAutomatically(),
		});
		const [updated] = await run(node, [created]);
		const after = structuredClone(database().find(entity, id)!);
		expect({ ...after, updatedAt: before.updatedAt }).toEqual(before);
		expect(updated).toMatchObject({ [idKey]: id, [name.field]: awkwardName });
	});

	test('keeps what an update does not name', async () => {
		const node = operation(resource, 'update', { recordId: byId(id), fields: mapped(changes) });
		const [updated] = await run(node);
		const audit = /^(Updated|LastChanged|Modified|Probability)/;
		const kept = Object.entries(created).filter(
			([key]) => !audit.test(key) && !Object.keys(changes).some((each) => key.startsWith(each)),
		);
		expect(updated).toMatchObject({ ...Object.fromEntries(kept), ...changes });
	});

	test('is found by its name, quotes and all', async () => {
		const [row, ...others] = await run(
			operation(resource, 'getAll', {
				filters: { conditions: [{ column: name.column, operator: 'is', value: awkwardName }] },
				options: { columns: [name.column] },
			}),
		);
		expect(others).toEqual([]);
		expect(row).toEqual({ [idColumn]: id, [name.column]: awkwardName });
	});

	test('is not made a second time by Create or Update', async () => {
		const node = operation(resource, 'upsert', {
			fields: mapped({ ...fields, ...changes }, [name.field]),
		});
		const [again] = await run(node);
		expect(again).toMatchObject({ [idKey]: id, created: false });
		const other = { ...fields, [name.field]: `${awkwardName} 2` };
		const [made] = await run(
			operation(resource, 'upsert', { fields: mapped(other, [name.field]) }),
		);
		expect(made).toMatchObject({ created: true, [name.field]: `${awkwardName} 2` });
		expect(made![idKey]).not.toBe(id);
	});

	test('is deleted, and is gone', async () => {
		expect(await run(operation(resource, 'delete', { recordId: byId(id) }))).toEqual([
			{ deleted: true, id },
		]);
		const { error } = await n8n.engine.run(
			chain(operation(resource, 'get', { recordId: byId(id) })),
		);
		expect(error?.message).toContain('404');
		expect(error?.description).toContain('deleted');
	});

	if (kind.canUndelete) {
		test('comes back', async () => {
			const [back] = await run(operation(resource, 'undelete', { recordId: byId(id) }));
			expect(back).toMatchObject({ [idKey]: id, [name.field]: awkwardName });
		});
	}
});
