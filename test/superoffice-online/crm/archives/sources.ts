import type { StoredRecord } from '../store';
import type { Reading } from './reading';
import type { Value } from './values';

/** Where a column gets its values from. */
export interface Source {
	/** The MDO list that its items are from */
	list?: string;
	/** All values in a row, such as every e-mail address: the first is shown, filters go by all. At least one. */
	read(record: StoredRecord, reading: Reading): Value[];
}

/** The columns of an archive by name. */
export type Sources = Record<string, Source>;

/** A column with one value. */
export function one(read: (record: StoredRecord, reading: Reading) => Value): Source {
	return { read: (record, reading) => [read(record, reading)] };
}

export const id = one((record) => record.id);
export const text = (property: string) => one(({ values }) => String(values[property] ?? ''));
export const number = (property: string) => one(({ values }) => Number(values[property] ?? 0));
export const flag = (property: string) => one(({ values }) => Boolean(values[property]));
/** Whether a text or a list has anything in it. */
export const filled = (property: string) =>
	one(({ values }) => Boolean((values[property] as string | unknown[] | undefined)?.length));
export const date = (property: string) => one(({ values }) => asDate(values[property]));
export const equal = (property: string, wanted: unknown) =>
	one(({ values }) => values[property] === wanted);

/** The item of a list that a property refers to. */
export function choice(property: string, list: string): Source {
	return {
		list,
		read: (record, reading) => [itemOf(list, Number(record.values[property]), reading)],
	};
}

/** The item of a list that has a property's text, like "Mr". */
export function namedChoice(property: string, list: string): Source {
	return { list, ...text(property) };
}

/** An enum, whose numbers serve as ids of a list. */
export function named(property: string, list: string, numbers: Record<string, number>): Source {
	return {
		list,
		read: ({ values }) => {
			const name = String(values[property] ?? '');
			return [name === '' ? null : { id: numbers[name] ?? 0, text: name }];
		},
	};
}

/** A user by initials. */
export const user = (property: string) => userBy(({ values }) => Number(values[property]));
/** A user by full name. */
export const userName = (property: string) =>
	userBy(({ values }) => Number(values[property]), 'name');

function userBy(
	idIn: (record: StoredRecord) => number,
	shown: 'tooltip' | 'name' = 'tooltip',
): Source {
	const list = 'associate';
	return {
		list,
		...one((record, reading) => {
			const item = reading.database.listItem(list, idIn(record));
			return item ? { id: item.id, text: reading.text(item[shown] ?? item.name) } : null;
		}),
	};
}

/** Who made and changed a record, and when: `registeredBy`, or with a prefix `personRegisteredBy`. */
export function stamps(prefix = ''): Sources {
	const named = (name: string) =>
		prefix ? `${prefix}${name}` : name[0]!.toLowerCase() + name.slice(1);
	return {
		[named('UpdatedBy')]: userBy(({ updatedBy }) => updatedBy),
		[named('UpdatedByFullName')]: userBy(({ updatedBy }) => updatedBy, 'name'),
		[named('UpdatedDate')]: one(({ updatedAt }) => updatedAt),
		[named('RegisteredBy')]: userBy(({ createdBy }) => createdBy),
		[named('RegisteredByFullName')]: userBy(({ createdBy }) => createdBy, 'name'),
		[named('RegisteredDate')]: one(({ createdAt }) => createdAt),
	};
}

/** A joined list of e-mail addresses, phone numbers or web addresses, of one property or several. */
export function elements(
	prefix: string,
	columns: { value: string; description: string },
	...properties: string[]
): Sources {
	const each = (part: 'Value' | 'Description'): Source => ({
		read: ({ values }) => {
			const all = properties.flatMap(
				(property) => (values[property] as Array<Record<string, string>> | undefined) ?? [],
			);
			return all.length === 0 ? [null] : all.map((element) => element[part] ?? '');
		},
	});
	return {
		[`${prefix}/${columns.value}`]: each('Value'),
		[`${prefix}/${columns.description}`]: each('Description'),
	};
}

export const phones = (prefix: string, ...properties: string[]) =>
	elements(prefix, { value: 'formattedNumber', description: 'description' }, ...properties);
export const emails = (prefix: string, property: string) =>
	elements(prefix, { value: 'emailAddress', description: 'emailDescription' }, property);
export const urls = (prefix: string, property: string) =>
	elements(prefix, { value: 'URLAddress', description: 'URLDescription' }, property);

/** A joined address: `Street` or `Postal`. */
export function address(prefix: string, kind: 'Street' | 'Postal'): Sources {
	const partsOf = ({ values }: StoredRecord) =>
		(values.Address as Record<string, Record<string, string> | undefined> | undefined)?.[kind] ??
		{};
	const part = (name: string) => one((record) => partsOf(record)[name] ?? '');
	return {
		[`${prefix}/line1`]: part('Address1'),
		[`${prefix}/line2`]: part('Address2'),
		[`${prefix}/line3`]: part('Address3'),
		[`${prefix}/city`]: part('City'),
		[`${prefix}/county`]: part('County'),
		[`${prefix}/state`]: part('State'),
		[`${prefix}/zip`]: part('Zipcode'),
		[`${prefix}/formattedAddress`]: one((record) => {
			const { Address1, Address2, Address3, Zipcode, City } = partsOf(record);
			const place = [Zipcode, City].filter(Boolean).join(' ');
			return [Address1, Address2, Address3, place].filter(Boolean).join(', ');
		}),
	};
}

/** The ids of the interests that are selected. */
export const interests = (list: string): Source => ({
	list,
	read: ({ values }) => [(values.Interests as number[] | undefined) ?? []],
});

function itemOf(list: string, itemId: number, reading: Reading): Value {
	const item = reading.database.listItem(list, itemId);
	return item ? { id: item.id, text: reading.text(item.name) } : null;
}

function asDate(value: unknown): Date | null {
	return value instanceof Date ? value : null;
}
