import type { StoredRecord, TenantDatabase } from '../store';
import { readDate } from '../wire-dates';
import {
	appointmentColumns,
	documentColumns,
	projectColumns,
	saleColumns,
	selectionColumns,
	ticketColumns,
	ticketMessageColumns,
	userColumns,
} from './activities-and-users';
import { contactColumns, personColumns } from './companies-and-persons';
import { memberColumns, relationColumns, stakeholderColumns } from './links';
import type { ArchiveEntity, Reading } from './reading';
import { id, number, one, type Source, type Sources } from './sources';
import { isChoice, isDate, isList, isNumber, type ColumnType, type Value } from './values';

const COLUMNS: Record<ArchiveEntity, Sources> = {
	Contact: contactColumns,
	Person: personColumns,
	Project: projectColumns,
	Sale: saleColumns,
	Appointment: appointmentColumns,
	Document: documentColumns,
	Selection: selectionColumns,
	Ticket: ticketColumns,
	TicketMessage: ticketMessageColumns,
	User: userColumns,
	Relation: relationColumns,
	ProjectMember: memberColumns,
	SaleStakeholder: stakeholderColumns,
	SelectionMember: {
		selectionId: number('Selection'),
		selectionMemberId: id,
		contactId: number('Contact'),
		personId: number('Person'),
	},
};

/** The record that another refers to by one of its properties, under a prefix of its columns. */
type Joins = Record<string, { entity: ArchiveEntity; property: string }>;

const to = (entity: ArchiveEntity, property: string = entity) => ({ entity, property });
const references: Joins = {
	contact: to('Contact'),
	person: to('Person'),
	project: to('Project'),
	sale: to('Sale'),
	associate: to('User', 'Associate'),
};

const JOINS: Partial<Record<ArchiveEntity, Joins>> = {
	Contact: {
		contactAssociate: to('User', 'Associate'),
		contactSupportAssociate: to('User', 'SupportAssociate'),
		contactSupportPerson: to('Person', 'SupportPerson'),
	},
	Person: { personContact: to('Contact'), personAssociate: to('User', 'Associate') },
	Project: { projectAssociate: to('User', 'Associate') },
	Sale: references,
	Appointment: references,
	Document: references,
	TicketMessage: { ticket: to('Ticket'), person: to('Person') },
	Selection: { selectionAssociate: to('User', 'Associate') },
	Ticket: {
		person: to('Person'),
		project: to('Project'),
		sale: to('Sale'),
		ownedBy: to('User', 'OwnedBy'),
	},
	ProjectMember: {
		project: to('Project', 'ProjectId'),
		person: to('Person', 'PersonId'),
		contact: to('Contact', 'ContactId'),
	},
	SaleStakeholder: {
		person: to('Person', 'PersonId'),
		contact: to('Contact', 'ContactId'),
	},
};

const NOTHING = one(() => null);

/** Where an entity's column gets its values from. The database has nothing for many columns. */
export function sourceOf(entity: ArchiveEntity, column: string, type: ColumnType): Source {
	const own = COLUMNS[entity][column];
	if (own) return own;
	if (entity === 'SelectionMember') {
		return joined(column in contactColumns ? to('Contact') : to('Person'), column, type);
	}
	const [, customField] = /^(?:\w+(?:Udef|Extra)|extra)\/([^/]+)$/.exec(column) ?? [];
	if (customField !== undefined) {
		return one(({ customFields }, reading) => {
			const value = decode(customFields[customField], type, reading);
			const list = listOf(entity, customField, reading.database);
			if (!isChoice(value) || list === undefined) return value;
			const item = reading.database.listItem(list, value.id);
			return { id: value.id, text: reading.text(item?.name ?? '') };
		});
	}
	const slash = column.indexOf('/');
	const join = slash < 0 ? undefined : JOINS[entity]?.[column.slice(0, slash)];
	return join ? joined(join, column.slice(slash + 1), type) : NOTHING;
}

/** A column of the record that another refers to. */
function joined(join: Joins[string], column: string, type: ColumnType): Source {
	const source = sourceOf(join.entity, column, type);
	return {
		list: source.list,
		read: (record, reading) => {
			const other = joinedRecord(join.entity, Number(record.values[join.property]), reading);
			return other ? source.read(other, reading) : [null];
		},
	};
}

function joinedRecord(
	entity: ArchiveEntity,
	id: number,
	reading: Reading,
): StoredRecord | undefined {
	if (entity === 'TicketMessage' || entity === 'SelectionMember') return undefined;
	const record =
		entity === 'User'
			? usersOf(reading).find((user) => user.id === id)
			: reading.database.find(entity, id);
	return record && reading.sees(entity, record) ? reading.visible(entity, record) : undefined;
}

/** The users, who are in the database as a list only, as records. */
export function usersOf({ database }: Reading): StoredRecord[] {
	const now = database.clock.now();
	return database.listItems('associate').map((item) => ({
		id: item.id,
		values: { ...item },
		customFields: {},
		createdAt: now,
		updatedAt: now,
		createdBy: 0,
		updatedBy: 0,
	}));
}

/** The MDO list that a custom field takes its items from. */
function listOf(entity: ArchiveEntity, key: string, { customFields }: TenantDatabase) {
	const field = customFields.find((one) => one.entity === entity && one.key === key);
	return field?.listId === undefined ? undefined : `udlist${field.listId}`;
}

/** Custom fields are encoded: [I:3], [F:4.43], [DT:05/31/1999 09:30:00.0000000], or plain text. */
function decode(encoded: string | undefined, type: ColumnType, reading: Reading): Value {
	if (!encoded) return null;
	const plain = /^\[\w+:(.*)\]$/.exec(encoded)?.[1] ?? encoded;
	if (isNumber(type)) return Number(plain);
	if (type === 'bool') return plain === '1' || plain === 'True';
	if (isList(type)) return plain === '0' ? null : { id: Number(plain), text: plain };
	if (!isDate(type)) return encoded;
	const [, month, day, year, time = '00:00:00'] =
		/^(\d\d)\/(\d\d)\/(\d{4})(?: (\d\d:\d\d:\d\d))?/.exec(plain) ?? [];
	// Their digits stay as they are, whatever time zone the caller asks for.
	return readDate(`${year}-${month}-${day}T${time}`, reading.timeZone) ?? null;
}
