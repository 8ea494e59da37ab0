import type { EntityName, StoredRecord } from '../store';

/** What became of a record, as the database tells it. */
export interface Change {
	entity: EntityName;
	what: 'created' | 'changed' | 'deleted' | 'softdeleted';
	record: StoredRecord;
	/** What a changed one had before */
	before?: Record<string, unknown>;
}

/** What events call the entities. Selections have none. */
export const EVENT_ENTITIES: Partial<Record<EntityName, string>> = {
	Contact: 'contact',
	Person: 'person',
	Project: 'project',
	Sale: 'sale',
	Appointment: 'activity',
	Document: 'document',
	Ticket: 'ticket',
	ProjectMember: 'projectmember',
	SaleStakeholder: 'salestakeholder',
	Relation: 'relation',
};

/** Columns in the database, where they are not the property's name in lower case. */
const COLUMNS: Record<string, string> = {
	Associate: 'associate_id',
	Business: 'business_idx',
	Category: 'category_idx',
	Contact: 'contact_id',
	Country: 'country_id',
	OrgNr: 'orgNr',
	Person: 'person_id',
	Position: 'position_idx',
	Probability: 'probability_idx',
	Project: 'project_id',
	ProjectStatus: 'status_idx',
	ProjectType: 'type_idx',
	Sale: 'sale_id',
	SaleType: 'saleType_id',
	Type: 'type_idx',
};

/** What is in tables of its own, whose changes raise no events. */
const ELSEWHERE = new Set([
	'Address',
	'Emails',
	'EmailAddress',
	'Faxes',
	'MobilePhones',
	'OfficePhones',
	'PrivatePhones',
	'OtherPhones',
	'Phones',
	'Pagers',
	'Urls',
	'CustomFields',
	'UserDefinedFields',
	'ExtraFields',
	'Interests',
	'Description',
	'Text',
]);

/** Columns that stand beside those that the caller changed. */
const STAMPS = ['updated', 'updated_associate_id', 'updatedCount'];

/** The events that a change raises, with the columns that changed. */
export function eventsOf({ entity, what, record, before = {} }: Change): Array<{
	event: string;
	changes: string[];
}> {
	const name = EVENT_ENTITIES[entity];
	if (name === undefined || (entity === 'Ticket' && what === 'deleted')) return [];
	const key = `${name}_id`;
	if (what !== 'changed') {
		const isEmpty = what !== 'created';
		const all = Object.keys(record.values).filter((property) => !ELSEWHERE.has(property));
		const changes = isEmpty ? [] : [key, ...all.map(columnOf), ...STAMPS];
		// A request that is deleted gets another status.
		if (entity === 'Ticket' && isEmpty) return [{ event: 'ticket.changed', changes: ['status'] }];
		return [{ event: `${name}.${what}`, changes }];
	}
	const { values } = record;
	const names = [...new Set([...Object.keys(values), ...Object.keys(before)])];
	const changed = names.filter(
		(property) =>
			!ELSEWHERE.has(property) &&
			JSON.stringify(values[property] ?? null) !== JSON.stringify(before[property] ?? null),
	);
	if (changed.length === 0) return [];
	const changes = [key, ...changed.map(columnOf), ...STAMPS];
	return [{ event: `${name}.changed`, changes }, ...milestones(name, record, changed)];
}

function milestones(name: string, { values }: StoredRecord, changed: string[]) {
	if (name !== 'sale') return [];
	const changes = ['sale_id', 'status', 'updated', 'updated_associate_id'];
	const status = String(values.Status);
	const events: Array<{ event: string; changes: string[] }> = [];
	if (changed.includes('Status') && ['Sold', 'Lost'].includes(status)) {
		events.push({ event: `sale.${status.toLowerCase()}`, changes });
	}
	if (changed.includes('Completed') && values.Completed === 'Completed') {
		events.push({ event: 'sale.completed', changes: ['sale_id', 'done', ...changes.slice(2)] });
	}
	return events;
}

function columnOf(property: string): string {
	return COLUMNS[property] ?? property.toLowerCase();
}
