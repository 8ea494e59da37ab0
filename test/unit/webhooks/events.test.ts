import { entityOf, hasChanged, readEvent, type WebhookEvent } from '../../../superoffice';

const event = (changes: Partial<WebhookEvent> = {}): WebhookEvent => ({
	EventId: '0b3f2f5e-6bd7-4c0e-9f43-6dc7c1b5a9d2',
	Event: 'contact.changed',
	PrimaryKey: 5,
	ContextIdentifier: 'Cust12345',
	Changes: ['category_idx', 'updatedCount'],
	...changes,
});

const read = (text: string) => readEvent(Buffer.from(text));

describe('an event is read', () => {
	test('as it came, with what nobody here knows', () => {
		const sent = event({ FieldValues: { associate_id: 4 }, Name: 'Ærlig & Søn 🪵', Own: [1] });
		expect(read(JSON.stringify(sent))).toEqual(sent);
	});

	test('from bytes that are no Buffer', () => {
		const bytes = new TextEncoder().encode(JSON.stringify(event()));
		expect(readEvent(bytes)).toEqual(event());
	});

	test.each([
		'',
		' ',
		'{',
		'null',
		'true',
		'5',
		'[]',
		'"contact.changed"',
		'{}',
		'{"Event":"contact.changed"}',
		'{"EventId":"1"}',
		'{"EventId":1,"Event":"contact.changed"}',
		'{"EventId":"1","Event":null}',
		'{"EventId":"1","Event":["contact.changed"]}',
		'<html></html>',
	])('and %j is none', (text) => {
		expect(read(text)).toBeUndefined();
	});
});

describe('with columns to look for', () => {
	test.each<[string, string[], boolean]>([
		['one of them changed', ['name', 'category_idx'], true],
		['in another case', ['CATEGORY_IDX'], true],
		['in another case at SuperOffice', ['updatedcount'], true],
		['none of them changed', ['name', 'orgNr'], false],
		['only a part of a name is the same', ['category'], false],
		['there are none, so everything counts', [], true],
	])('%s', (_, columns, taken) => {
		expect(hasChanged(event(), columns)).toBe(taken);
	});

	test('a change that names no columns is not taken', () => {
		for (const Changes of [[], undefined, null as never]) {
			expect(hasChanged(event({ Changes }), ['name'])).toBe(false);
			expect(hasChanged(event({ Changes }), [])).toBe(true);
		}
	});

	test.each([
		'contact.created',
		'contact.softdeleted',
		'contact.deleted',
		'sale.sold',
		'document.edited',
		'chatsession.message',
		'quote.sent',
	])('%s is always taken', (Event) => {
		expect(hasChanged(event({ Event, Changes: [] }), ['name'])).toBe(true);
	});

	test('changes of lists and extra tables are changes', () => {
		for (const Event of ['list.category.changed', 'y_rental.changed', 'Contact.Changed']) {
			expect(hasChanged(event({ Event, Changes: ['x_price'] }), ['name'])).toBe(false);
			expect(hasChanged(event({ Event, Changes: ['x_price'] }), ['X_Price'])).toBe(true);
		}
	});
});

test.each([
	['contact.changed', 'contact'],
	['Contact.SoftDeleted', 'contact'],
	['list.category.created', 'list.category'],
	['y_rental.deleted', 'y_rental'],
	['contacts', 'contacts'],
])('the entity of %s is %s', (name, entity) => {
	expect(entityOf(name)).toBe(entity);
});
