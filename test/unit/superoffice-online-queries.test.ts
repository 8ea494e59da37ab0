import { useArchives } from './support/archives';

const newTenant = useArchives();

describe('what there is to ask for', () => {
	it('is told of archives, as a map and as a list, and of lists', async () => {
		const { send } = await newTenant();
		expect((await send('Archive')).data).toMatchObject({
			FindSale: 'FindSale',
			Dynamic: 'Dynamic',
		});
		const names = (await send('Agents/Archive/GetProviderNames', { body: '{}' })).data as string[];
		expect(names).toEqual(expect.arrayContaining(['FindSale', 'Dynamic']));
		expect((await send('MDOList')).data).toEqual(expect.arrayContaining(['category', 'udlist108']));
	});

	it('is told of lists by name or by id, with their headings', async () => {
		const { send } = await newTenant();
		const lists = (await send('List')).data as Array<{ Id: number; Name: string }>;
		const { Id } = lists.find(({ Name }) => Name === 'Task')!;
		const first = async (list: string | number) =>
			((await send(`List/${list}/Items`)).data as object[])[0];
		expect(await first('task')).toMatchObject({ TaskListItemId: 1, Value: expect.anything() });
		expect(await first(Id)).toMatchObject({ Id: 1, Name: expect.anything() });
		expect((await send('List/DocumentTemplate/Headings')).data).toMatchObject([
			{ Name: 'Letters' },
		]);
		expect((await send('List/999/Items')).status).toBe(404);
		const body = JSON.stringify({ Name: 'No such property' });
		expect((await send('List/Task/Items', { body })).status).toBe(400);
	});
});

describe('the archive dynamic', () => {
	it('joins tables outwards, inwards and backwards', async () => {
		const { tenant, send } = await newTenant(4);
		const categories = [1, 1, 0, 2];
		categories.forEach((Category, index) =>
			tenant.data.update('Contact', index + 1, ({ values }) => Object.assign(values, { Category })),
		);
		const ask = async ($select: string, more = {}) => {
			const query = { $select, $orderBy: 'contact.contact_id', ...more };
			return (await send('Archive/dynamic', { query })).rows.map(({ PrimaryKey }) => PrimaryKey);
		};
		expect(await ask('contact.category_idx.name')).toEqual(['1', '2', '3', '4']);
		expect(await ask('contact.category_idx[category].name')).toHaveLength(4);
		expect(await ask('contact:category_idx.name')).toEqual(['1', '2', '4']);
		const $orderBy = 'category.category_id';
		const back = await ask('category.(contact->category_idx).contact_id', { $orderBy });
		expect(back.slice(0, 3)).toEqual(['1', '1', '2']);
		const body = new URLSearchParams({
			$select: 'contact.name',
			$filter: 'contact.contact_id eq 3',
		});
		expect((await send('Archive/dynamic', { body: body.toString() })).rows).toHaveLength(1);
	});

	it.each([
		['', ''],
		['contact', ''],
		['contact.nmae', ''],
		['nothing.name', ''],
		['contact.name,person.lastname', ''],
		['contact.name.name', ''],
		['contact.(person->nothing).lastname', ''],
		['contact.name', 'contact.name'],
		['contact.name', "contact.name le 'A'"],
	])('refuses $select=%s with $filter=%s', async ($select, $filter) => {
		const { send } = await newTenant();
		expect((await send('Archive/dynamic', { query: { $select, $filter } })).status).toBe(400);
	});
});
