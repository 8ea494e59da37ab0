import type { IDataObject, INode, IWorkflowSettings } from 'n8n-workflow';

import type { TenantSettings } from '../../superoffice-online/control/tenant-settings';
import type { Tenant } from '../../superoffice-online/crm/tenants';
import { useEngine } from '../support/engine';
import { chain } from '../support/workflows';
import { byId, mapped, mappedAutomatically, operation } from './node';

/** What one run of the node is given. */
interface Given {
	items?: IDataObject[];
	options?: IDataObject;
	settings?: IWorkflowSettings;
}

const writes = /^(?:POST|PUT|PATCH|DELETE) \/v1\/(?!Archive|Agents)/;

/** The node in n8n's engine, in a tenant of its own for each test. */
export function useNode(...moreFolders: string[]) {
	const n8n = useEngine(...moreFolders);
	let tenant: Tenant;
	beforeEach(() => {
		tenant = n8n.online.tenant(n8n.useNewTenant());
	});

	const workflow = (node: INode, { settings }: Given) => ({ ...chain(node), settings });

	/** Runs it, and returns what it puts out. */
	const run = async (node: INode, given: Given = {}): Promise<IDataObject[]> => {
		const { output, error } = await n8n.engine.run(workflow(node, given), {
			triggerItems: given.items,
		});
		expect([error?.message, error?.description]).toEqual([undefined, undefined]);
		return output('SuperOffice').map(({ json }) => json);
	};

	/** Runs it so that it continues on failure: what each item comes to, or its error. */
	const runEach = async (node: INode, items: IDataObject[]): Promise<IDataObject[]> =>
		await run({ ...node, onError: 'continueRegularOutput' }, { items });

	/** Runs it, and returns why it failed. */
	const refusal = async (node: INode, given: Given = {}): Promise<string> => {
		const { error } = await n8n.engine.run(workflow(node, given), { triggerItems: given.items });
		return `${error?.message}\n${error?.description}`;
	};

	const createNode = (resource: string, fields: IDataObject, { options = {} }: Given) =>
		operation(resource, 'create', { fields: mapped(fields), options: options as never });
	const updateNode = (resource: string, id: number, fields: IDataObject, given: Given) =>
		operation(resource, 'update', {
			recordId: byId(id),
			fields: mapped(fields),
			options: (given.options ?? {}) as never,
		});

	return {
		n8n,
		run,
		runEach,
		refusal,
		get tenant() {
			return tenant;
		},
		set(settings: Partial<TenantSettings>) {
			Object.assign(tenant.settings, settings);
		},
		/** Calls that have written something, or were to. */
		writes(): string[] {
			const calls = n8n.online.apiCalls(tenant.contextIdentifier);
			return Object.keys(calls).filter((call) => writes.test(call));
		},
		async create(resource: string, fields: IDataObject, given: Given = {}): Promise<IDataObject> {
			return (await run(createNode(resource, fields, given), given))[0]!;
		},
		async update(resource: string, id: number, fields: IDataObject, given: Given = {}) {
			return (await run(updateNode(resource, id, fields, given), given))[0]!;
		},
		async get(resource: string, id: number, given: Given = {}): Promise<IDataObject> {
			const options = (given.options ?? {}) as never;
			return (await run(operation(resource, 'get', { recordId: byId(id), options }), given))[0]!;
		},
		/** Creates one record for each item, with the item's values. */
		async createAll(resource: string, items: IDataObject[], given: Given = {}) {
			const options = (given.options ?? {}) as never;
			const node = operation(resource, 'create', { fields: mappedAutomatically(), options });
			return await run(node, { ...given, items });
		},
		async refusedCreate(resource: string, fields: IDataObject, given: Given = {}) {
			return await refusal(createNode(resource, fields, given), given);
		},
		async refusedUpdate(resource: string, id: number, fields: IDataObject, given: Given = {}) {
			return await refusal(updateNode(resource, id, fields, given), given);
		},
	};
}
