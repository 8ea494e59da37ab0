import type { INodeParameters } from 'n8n-workflow';

import { operation } from './node';
import { useNode } from './use-node';

const node = useNode();

const named = (value: string | number): INodeParameters => ({
	listName: { __rl: true, mode: 'name', value: String(value) },
});
const items = async (list: string, parameters: INodeParameters = {}) =>
	await node.run(operation('list', 'getItems', { ...named(list), ...parameters }));
const names = (rows: Array<{ Name?: unknown }>) => rows.map(({ Name }) => Name);
const add = (list: string | number, name: string, parameters: INodeParameters = {}) =>
	operation('list', 'addItem', { ...named(list), name, ...parameters });

describe('the lists', () => {
	test('are the built-in ones and the tenant’s own, with what they are', async () => {
		const lists = await node.run(operation('list', 'getAll', { returnAll: true }));
		expect(names(lists)).toEqual(expect.arrayContaining(['Category', 'Competitor', 'Segment']));
		expect(lists.find(({ Name }) => Name === 'DocumentTemplate')).toMatchObject({
			UseGroupsAndHeadings: true,
		});
		expect(lists.at(-1)).toEqual({
			Id: 108,
			Name: 'Segment',
			Tooltip: '',
			Deleted: false,
			Rank: 108,
			IsCustomList: true,
			IsMDOList: true,
			UseGroupsAndHeadings: false,
			ListType: 'udlist',
			InUseByUserDefinedFields: true,
		});
		expect(await node.run(operation('list', 'getAll', { limit: 2 }))).toHaveLength(2);
	});

	test('are asked for with the deleted ones where those are wanted', async () => {
		await node.run(operation('list', 'getAll', { options: { includeDeleted: true } }));
		expect(node.n8n.online.requests.at(-1)!.path).toMatch(/\/v1\/List\?includeDeleted=true$/);
	});
});

describe('the items of a list', () => {
	test('are those in use, in its order and in the language that is asked for', async () => {
		expect(await items('category', { limit: 1 })).toEqual([
			{
				...{ Id: 1, Name: 'Customer', Heading: '', FullName: 'Customer' },
				...{ ToolTip: '', Rank: 1, ExtraInfo: '' },
			},
		]);
		expect(names(await items('category', { options: { language: 'nb' } }))).toEqual([
			...['Kunde', 'Prospect', 'Supplier', 'Partner'],
		]);
	});

	test('have their headings beside them, and the headings are no items', async () => {
		const letters = node.tenant.data.lists.get('doctmpl')!;
		const shared = { id: 9, name: 'Avtale' };
		letters.push({ id: -2, name: 'Kontrakter & “Øvrig”', children: [shared] });
		letters[0]!.children!.push(shared);
		const rows = await items('doctmpl', { returnAll: true });
		const byId = new Map(rows.map(({ Id, Heading }) => [Id, Heading]));
		expect(byId).toEqual(
			new Map([
				[1, 'Letters'],
				[2, 'Letters'],
				[3, 'Letters'],
				[9, 'Letters, Kontrakter & “Øvrig”'],
			]),
		);
	});

	test('are those that depend on something, where that is said', async () => {
		const options = { additional: 'SaleTypeID=1' };
		expect(names(await items('salestage', { options }))).toEqual([
			...['First meeting', 'Needs analysis', 'Quote sent', 'Negotiation', 'Sold', 'Lost'],
		]);
		expect(await items('salestage')).toEqual([]);
	});

	test('of a list that SuperOffice does not have are refused with the nearest names', async () => {
		const refusal = await node.refusal(operation('list', 'getItems', named('categry')));
		expect(refusal).toContain('List: SuperOffice has none called “categry”.');
		expect(refusal).toMatch(/such as category,/);
		const none = await node.refusal(operation('list', 'getItems', named(' ')));
		expect(none).toContain('No list is chosen.');
	});

	test('are told in SuperOffice’s own words where the list is there and something else is wrong', async () => {
		node.n8n.online.misbehave({
			...{ at: 'api', kind: 'status', status: 403, path: /MDOList\/category$/ },
			body: '{"ErrorMessage":"No right"}',
		});
		expect(await node.refusal(operation('list', 'getItems', named('category')))).toContain(
			'No right',
		);
	});
});

describe('an item that is added', () => {
	const odd = "Næringsliv & “Åre” 100% #1/2 'é'";

	test('appears in the list, whatever its name has in it', async () => {
		const [added] = await node.run(add(108, odd, { tooltip: 'Øvrig' }));
		expect(added).toEqual({
			...{ Id: 4, Name: odd, Tooltip: 'Øvrig', Deleted: false, UdListDefinitionId: 108, Rank: 4 },
		});
		expect(await items('udlist108')).toContainEqual(
			expect.objectContaining({ Id: 4, Name: odd, ToolTip: 'Øvrig' }),
		);
	});

	test('goes to a list by its name, also to one whose items have no Name', async () => {
		await node.run(add('Competitor', 'Ærlig CRM'));
		await node.run(add('Task', 'Befaring'));
		expect(names(await items('comptr'))).toContain('Ærlig CRM');
		expect(names(await items('task'))).toContain('Befaring');
	});

	test('may have a name in several languages', async () => {
		await node.run(add('Category', 'NO:"Leverandør";US:"Vendor"'));
		expect(names(await items('category'))).toContain('Vendor');
	});

	test('comes in the order of the items', async () => {
		const given = ['A', 'B', 'C', 'D'].map((name) => ({ name }));
		await node.run(add(108, '={{ $json.name }}'), { items: given });
		expect(names(await items('udlist108')).slice(-4)).toEqual(['A', 'B', 'C', 'D']);
	});

	test('needs a list and a name before anything is sent', async () => {
		expect(await node.refusal(add(108, ' '))).toContain('Name is empty.');
		expect(await node.refusal(add('={{ null }}', 'A'))).toContain('No list is chosen.');
		expect(node.writes()).toEqual([]);
		expect(await node.refusal(add('Nothing', 'A'))).toContain("There is no list 'nothing'");
	});

	test('that may be there all the same is told, and not added twice', async () => {
		node.n8n.online.misbehave({ at: 'api', kind: 'lost', method: 'POST', path: /Items$/ });
		const refusal = await node.refusal(add(108, 'Once'));
		expect(refusal).toContain('The list item may have been created all the same.');
		expect(names(await items('udlist108')).filter((name) => name === 'Once')).toHaveLength(1);
	});
});

describe('the form', () => {
	const search = async (method: string, filter?: string) => {
		const panel = node.n8n.engine.openPanel(operation('list', 'getItems'));
		return (await panel.search(method, filter)).results;
	};

	test('offers the lists to read, one’s own by what they are called', async () => {
		node.tenant.data.customFields.find(({ listId }) => listId === 108)!.label = 'Bransje Åre';
		expect(await search('searchLists', 'åre')).toEqual([
			{ name: 'Bransje Åre (udlist108)', value: 'udlist108' },
		]);
		expect(await search('searchLists', 'categ')).toContainEqual({
			...{ name: 'category', value: 'category' },
		});
	});

	test('offers the lists to add to', async () => {
		expect(await search('searchListDefinitions', 'compet')).toEqual([
			{ name: 'Competitor', value: '12' },
		]);
		expect((await search('searchListDefinitions')).length).toBeGreaterThan(20);
	});
});
