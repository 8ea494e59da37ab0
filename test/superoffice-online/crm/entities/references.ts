import { emptyValue, structs, type Property } from '../reference';
import type { EntityName, ListItem, StoredRecord } from '../store';
import type { Context } from './context';

/** A reference as an entity has it: an object with the id and what is best known of it, or null for none. */
export function renderReference(context: Context, property: Property, id: number): unknown {
	if (id === 0) return null;
	const { of = '', key = 'Id', list, entity } = property;
	const known = list === undefined ? ofRecord(context, entity!, id) : ofItem(context, of, list, id);
	const empty = Object.fromEntries(
		Object.entries(structs[of] ?? {}).map(([name, field]) => [name, emptyValue(field)]),
	);
	return { ...empty, ...known, [key]: id };
}

function ofItem(context: Context, of: string, list: string, id: number): object {
	const item = context.database.listItem(list, id);
	if (!item) return {};
	const name = context.translate(item.name);
	if (of === 'Associate') return associate(item);
	const about = {
		...(of in NAMED_VALUE ? { Value: name } : { Name: name }),
		...('Tooltip' in structs[of]! && { Tooltip: item.tooltip ?? '' }),
		...('Rank' in structs[of]! && { Rank: item.rank ?? 0 }),
		...('Deleted' in structs[of]! && { Deleted: item.deleted ?? false }),
	};
	if (of === 'TicketCategoryEntity') return { ...about, Fullname: name };
	if (of === 'TicketStatusEntity') return { ...about, Status: item.extraInfo };
	return of === 'Country' ? { ...about, EnglishName: name } : about;
}

/** Structures that have the name of the item as `Value`; all others have it as `Name`. */
const NAMED_VALUE: Record<string, true> = { ListItem: true, Category: true, TaskListItem: true };

function associate({ name, tooltip, deleted }: ListItem): object {
	return {
		Name: tooltip,
		FullName: name,
		FormalName: name,
		Deleted: deleted ?? false,
		Type: tooltip === 'SYSTEM' ? 'SystemAssociate' : 'InternalAssociate',
	};
}

function ofRecord({ database }: Context, entity: EntityName, id: number): object {
	const record = database.findEvenDeleted(entity, id);
	if (!record) return {};
	const { values } = record;
	switch (entity) {
		case 'Contact':
			return {
				Name: values.Name,
				FullName: values.Name,
				Department: values.Department ?? '',
				OrgNr: values.OrgNr ?? '',
				Number1: values.Number1 ?? '',
				Number2: values.Number2 ?? '',
			};
		case 'Person':
			return {
				FullName: fullName(record),
				Firstname: values.Firstname,
				Lastname: values.Lastname ?? '',
				Title: values.Title ?? '',
				ContactId: values.Contact ?? 0,
				ContactName: contactName(database.findEvenDeleted('Contact', Number(values.Contact))),
			};
		case 'Sale':
			return { Title: values.Heading, ContactId: values.Contact ?? 0, Amount: values.Amount ?? 0 };
		case 'Project':
			return { Name: values.Name, ProjectNumber: values.ProjectNumber ?? '' };
		default:
			return {};
	}
}

function contactName(contact: StoredRecord | undefined): unknown {
	return contact?.values.Name ?? '';
}

/** A person's name, as it is shown. */
export function fullName({ values }: Pick<StoredRecord, 'values'>): string {
	const { Firstname, MiddleName, Lastname } = values;
	return [Firstname, MiddleName, Lastname].filter(Boolean).join(' ');
}
