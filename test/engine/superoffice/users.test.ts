import type { INodeParameters } from 'n8n-workflow';

import { operation } from './node';
import { useNode } from './use-node';

const node = useNode();

const users = async (parameters: INodeParameters = {}) =>
	await node.run(operation('user', 'getAll', parameters));
const initials = (rows: Array<{ assocName?: unknown }>) => rows.map(({ assocName }) => assocName);

describe('the users', () => {
	test('are those that can sign in, with what they are', async () => {
		const rows = await users();
		expect(initials(rows)).toEqual(['SYSTEM', 'KJ', 'ON']);
		expect(rows[1]).toEqual({
			associateDbId: 4,
			assocName: 'KJ',
			fullName: 'Kari Jensen',
			personEmail: '',
			userName: expect.stringContaining('kj@') as string,
			assocType: '',
			role: '',
			usergroup: '',
			personId: 0,
			contactName: node.tenant.companyName,
			isActive: true,
		});
	});

	test('are all of them where the inactive ones are wanted as well', async () => {
		const rows = await users({ options: { includeInactive: true } });
		expect(initials(rows)).toEqual(['SYSTEM', 'KJ', 'ON', 'PR']);
		expect(rows.map(({ isActive }) => isActive)).toEqual([true, true, true, false]);
	});

	test('come page by page, as many as are wanted, once each', async () => {
		const many = Array.from({ length: 40 }, (_, index) => ({
			id: 100 + index,
			name: `Åse Ødegård ${index}`,
			tooltip: `ÅØ${index}`,
		}));
		node.tenant.data.lists.get('associate')!.push(...many);
		node.set({ pageCap: 7 });
		const rows = await users({ returnAll: true });
		expect(initials(rows)).toEqual(['SYSTEM', 'KJ', 'ON', ...many.map(({ tooltip }) => tooltip)]);
		expect(rows.at(-1)).toMatchObject({ fullName: 'Åse Ødegård 39' });
		expect(await users({ limit: 9 })).toHaveLength(9);
	});

	test('show the columns that are chosen, and always their ID', async () => {
		const options = { columns: ['fullName'] };
		expect(await users({ limit: 1, options })).toEqual([
			{ associateDbId: 2, fullName: 'System User' },
		]);
	});

	test('are offered with the columns that SuperOffice has', async () => {
		const panel = node.n8n.engine.openPanel(operation('user', 'getAll'));
		const columns = await panel.loadOptions('getUserColumns');
		expect(columns.slice(0, 3).map(({ value }) => value)).toEqual([
			'associateDbId',
			'assocName',
			'fullName',
		]);
		expect(columns.map(({ value }) => value)).not.toContain('getAllRows');
	});
});

test('the current user is the one that SuperOffice is called as', async () => {
	const [user, ...others] = await node.run(operation('user', 'getCurrent'));
	expect(others).toEqual([]);
	expect(user).toMatchObject({
		AssociateId: 2,
		Associate: 'SYSTEM',
		FullName: 'System User',
		UserType: 'SystemUser',
		DatabaseContextIdentifier: node.tenant.contextIdentifier,
		EMailAddress: null,
	});
});

test('no option but true and false is taken for Include Inactive', async () => {
	const wrong = operation('user', 'getAll', { options: { includeInactive: 'perhaps' } });
	expect(await node.refusal(wrong)).toContain('Include Inactive is neither true nor false.');
});
