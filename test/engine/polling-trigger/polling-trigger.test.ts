import { kinds } from '../superoffice/kinds';
import { idsOf, usePolling } from './use-polling';

const polling = usePolling();
const { n8n } = polling;

describe.each(kinds)('$resource', ({ resource, entity, idColumn, name }) => {
	const insert = (text: string) => {
		const { id } = polling.tenant.data.insert(entity, { values: { [name.field]: text } });
		polling.pass();
		return id;
	};
	const change = (id: number) => {
		polling.tenant.data.update(entity, id, ({ values }) => {
			values[name.field] = 'New name';
		});
		polling.pass();
	};

	test('is found when it is created, and when it is updated, once each', async () => {
		const old = insert('Old');
		const poller = await polling.publish({ resource });
		const id = insert('New');
		const [item, ...others] = (await poller.poll())!;
		expect(others).toEqual([]);
		expect(item).toMatchObject({ [idColumn]: id, triggeredBy: 'created' });
		expect(await poller.poll()).toBeNull();
		change(old);
		change(id);
		expect(idsOf(await poller.poll(), idColumn)).toEqual([`${old} updated`, `${id} updated`]);
		expect(await poller.poll()).toBeNull();
	});

	test('comes as Get Many gives it, with the columns that are chosen', async () => {
		const poller = await polling.publish({ resource });
		const chosen = await polling.publish({ resource, options: { columns: [name.column] } });
		const id = insert('New');
		const [item] = (await poller.poll())!;
		expect(Object.keys(item!).length).toBeGreaterThan(8);
		expect(await chosen.poll()).toEqual([
			{ [idColumn]: id, [name.column]: 'New', triggeredBy: 'created' },
		]);
	});
});

describe('Trigger On', () => {
	test.each([
		['created', ['2001 created']],
		['updated', ['1 updated']],
		['createdOrUpdated', ['1 updated', '2001 created']],
	])('%s', async (triggerOn, expected) => {
		Object.assign(polling.tenant, { companies: 2000 });
		const poller = await polling.publish({ triggerOn });
		polling.tenant.data.update('Contact', 1, () => undefined);
		polling.pass();
		polling.tenant.data.insert('Contact', { values: { Name: 'New' } });
		polling.pass();
		expect(idsOf(await poller.poll())).toEqual(expected);
		expect(await poller.poll()).toBeNull();
	});
});

test('what changes alone, as phone numbers and custom fields do, is found', async () => {
	const poller = await polling.publish({
		options: { columns: ['contactPhone/formattedNumber', 'contactUdef/SuperOffice:7'] },
	});
	polling.tenant.data.update('Contact', 1, ({ values, customFields }) => {
		values.Phones = [{ Value: '+47 900 00 000', Description: '' }];
		customFields['SuperOffice:7'] = '[I:1]';
	});
	polling.pass();
	expect(await poller.poll()).toEqual([
		{
			contactId: 1,
			'contactPhone/formattedNumber': '+47 900 00 000',
			'contactUdef/SuperOffice:7': 'Gold',
			triggeredBy: 'updated',
		},
	]);
});

test('Filter (OData) lets through what matches, and and-s what has an or', async () => {
	const { data } = polling.tenant;
	const poller = await polling.publish({
		options: { filter: "name begins 'Fjord' or name begins 'Fjell'" },
	});
	for (const Name of ['Fjord', 'Fjell', 'Elv']) data.insert('Contact', { values: { Name } });
	polling.pass();
	const found = await poller.poll();
	expect(found?.map(({ name }) => name)).toEqual(['Fjord', 'Fjell']);
});

test('Language is that of the texts', async () => {
	const poller = await polling.publish({ options: { columns: ['category'], language: 'nb' } });
	polling.tenant.data.update('Contact', 1, ({ values }) => {
		values.Category = 1;
	});
	polling.pass();
	expect((await poller.poll())?.[0]?.category).toBe('Kunde');
});

describe('Fetch Test Event', () => {
	test('gives the newest record, and leaves the mark where it is', async () => {
		const { data } = polling.tenant;
		const poller = await polling.publish();
		data.update('Contact', 2, () => undefined);
		polling.pass();
		const { id } = data.insert('Contact', { values: { Name: 'Newest' } });
		polling.pass();
		const before = poller.staticData;
		expect(idsOf(await poller.poll('manual'))).toEqual([`${id} created`]);
		expect(poller.staticData).toBe(before);
		expect(idsOf(await poller.poll())).toEqual(['2 updated', `${id} created`]);
		const filtered = polling.open({ options: { filter: 'contactId less 2' } });
		expect(idsOf(await filtered.poll('manual'))).toEqual(['1 created']);
	});

	test('says that there is none', async () => {
		const sale = polling.open({ resource: 'sale' });
		expect(await polling.refusal(async () => await sale.poll('manual'))).toEqual({
			message: 'SuperOffice has no sales.',
			hint: 'Create a sale in SuperOffice to test with, or change Record.',
		});
		const filtered = polling.open({ options: { filter: "name is 'Nobody'" } });
		expect(await polling.refusal(async () => await filtered.poll('manual'))).toEqual({
			message: 'No company matches Filter (OData).',
			hint: 'Create a company in SuperOffice to test with, or change Record or Filter (OData).',
		});
	});
});

test('the columns that can be chosen are those of the record', async () => {
	const panel = (resource: string) => n8n.engine.openPanel(polling.nodeOf({ resource }));
	const [person, sale] = await Promise.all(
		['person', 'sale'].map(async (resource) => await panel(resource).loadOptions('getColumns')),
	);
	expect(person!.map(({ value }) => value)).toContain('personUdef/SuperOffice:7');
	expect(sale!.map(({ value }) => value)).toContain('heading');
});
