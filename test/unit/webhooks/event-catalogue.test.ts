import { entityOfEvents, eventOptions } from '../../../nodes/SuperOfficeTrigger/events';
import { entityOf } from '../../../superoffice';

/** All that SuperOffice's documentation lists, but for those of lists, extra tables and webhooks. */
const documented = [
	'activity.changed',
	'activity.created',
	'activity.deleted',
	'associate.changed',
	'associate.created',
	'associate.deleted',
	'chatsession.changed',
	'chatsession.created',
	'chatsession.message',
	'contact.changed',
	'contact.created',
	'contact.deleted',
	'contact.softdeleted',
	'document.changed',
	'document.created',
	'document.deleted',
	'document.edited',
	'person.changed',
	'person.consented',
	'person.created',
	'person.deleted',
	'person.softdeleted',
	'person.unconsented',
	'project.changed',
	'project.created',
	'project.deleted',
	'projectmember.changed',
	'projectmember.created',
	'projectmember.deleted',
	'quote.approved',
	'quote.ordered',
	'quote.rejected',
	'quote.sent',
	'relation.changed',
	'relation.created',
	'relation.deleted',
	'sale.changed',
	'sale.completed',
	'sale.created',
	'sale.deleted',
	'sale.lost',
	'sale.sold',
	'salestakeholder.changed',
	'salestakeholder.created',
	'salestakeholder.deleted',
	'ticket.changed',
	'ticket.created',
];

test('what can be chosen is exactly what SuperOffice documents', () => {
	expect(eventOptions.map(({ value }) => value).sort()).toEqual(documented);
});

const names = eventOptions.map(({ name }) => name);

test('no two have the same name', () => {
	expect(new Set(names).size).toBe(names.length);
});

test('they are sorted by name', () => {
	expect(names).toEqual([...names].sort((one, other) => (one < other ? -1 : 1)));
});

test('names are in Title Case', () => {
	for (const name of names) expect(name).toMatch(/^[A-Z][a-z]+(-[A-Z][a-z]+)?( [A-Z][a-z]+)+$/);
});

test('names are words of SuperOffice’s user interface, not of its API', () => {
	const ofApi = /Contact (?!Person)|Appointment|Activity|Ticket|Associate|Chatsession|Softdeleted/;
	for (const name of names) expect(name).not.toMatch(ofApi);
	const nameOf = (event: string) => eventOptions.find(({ value }) => value === event)!.name;
	expect(nameOf('contact.softdeleted')).toBe('Company Deleted');
	expect(nameOf('contact.deleted')).toBe('Company Erased');
	expect(nameOf('activity.created')).toBe('Follow-Up Created');
	expect(nameOf('ticket.changed')).toBe('Request Changed');
});

test.each([
	['contact', 'Contact'],
	['person', 'Person'],
	['project', 'Project'],
	['sale', 'Sale'],
	['activity', 'Appointment'],
	['document', 'Document'],
	['ticket', 'Ticket'],
])('events of %s are about records of %s, which can be included', (entity, record) => {
	expect(entityOfEvents(entity)?.name).toBe(record);
});

test('events of others are about no record that can be included', () => {
	const withRecord = new Set(
		documented.map(entityOf).filter((entity) => entityOfEvents(entity) !== undefined),
	);
	expect(withRecord.size).toBe(7);
	for (const entity of ['list.category', 'y_rental', 'toString', 'constructor', '__proto__', '']) {
		expect(entityOfEvents(entity)).toBeUndefined();
	}
});
