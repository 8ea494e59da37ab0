import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { entities } from '../../../nodes/SuperOffice/resources/entities';
import type { Entity, Field, FieldType } from '../../../superoffice/crm/entity';

/** A property as SuperOffice describes it. */
interface Property {
	type: string;
	of?: string;
	enum?: string;
	list?: string;
	path?: string;
	max?: number;
	mandatory?: boolean;
}
interface ReferenceEntity {
	id: string;
	archive: { provider: string; primaryKey: string; name: string };
	undelete: { call: string; body: Record<string, unknown> } | null;
	properties: Record<string, Property>;
	readOnly: Record<string, Property>;
}
/** Columns by name; `-` cannot be filtered by, `+` can be ordered by. */
interface Provider {
	custom: string[];
	columns: Record<string, string>;
}

const read = (name: string): unknown =>
	JSON.parse(readFileSync(join(__dirname, 'reference', name), 'utf8'));
const superOffice = read('entities.json') as {
	entities: Record<string, ReferenceEntity>;
	enums: Record<string, string[]>;
	tables: string[];
	texts: Record<string, string[]>;
	address: string[];
};
const archives = read('archives.json') as Record<string, Provider>;

const named = Object.entries(entities);
const cases = named.map(([resource, entity]): [string, Entity, ReferenceEntity, Provider] => [
	resource,
	entity,
	superOffice.entities[entity.name]!,
	archives[entity.archive.provider]!,
]);

/** What a field of the type can be, in SuperOffice's types. */
const typeOf: Record<FieldType, (property: Property) => boolean> = {
	string: ({ type, list }) => type === 'string' && list === undefined,
	integer: ({ type }) => type === 'int',
	number: ({ type }) => type === 'double',
	boolean: ({ type }) => type === 'bool',
	date: ({ type }) => type === 'date',
	dateTime: ({ type }) => type === 'datetime',
	time: () => false,
	timeSpan: () => false,
	enum: ({ type }) => type === 'enum',
	list: ({ type, list }) => type === 'ref' && list !== undefined && list !== 'associate',
	listText: ({ type, list }) => type === 'string' && list !== undefined,
	user: ({ type, list }) => type === 'ref' && list === 'associate',
	record: ({ type, list }) => type === 'ref' && list === undefined,
	elements: ({ of }) => of === 'EntityElement',
	selection: ({ of }) => of === 'SelectableMDOListItem',
	strings: ({ type, of }) => type === 'list' && of === 'string',
};

/** What a column with a field's value can be filtered as. */
const filteredAs: Partial<Record<FieldType, string[]>> = {
	string: ['string', 'stringorPK', 'positiveString'],
	integer: ['int', 'listAny'],
	number: ['decimal'],
	boolean: ['bool'],
	date: ['date'],
	dateTime: ['date', 'datetime'],
	enum: ['listAny'],
	list: ['listAny', 'ejCategory'],
	listText: ['string'],
	user: ['associate'],
	record: ['int', 'listAny'],
	elements: ['string'],
	selection: ['listInterest', 'listAny'],
};

/** Names that SuperOffice has and nobody may set. */
const notToBeSet = ['Unknown', 'SaintAll', /^Postponed./, 'Deleted', 'Merged', 'MergeDraft'];

function propertyOf(reference: ReferenceEntity, field: Field): Property | undefined {
	const [name, part, line] = (field.path ?? field.id).split('/');
	const property = { ...reference.properties, ...reference.readOnly }[name!];
	if (part === undefined) return property;
	const isAddress = property?.of === 'Address' && ['Street', 'Postal'].includes(part);
	return isAddress && superOffice.address.includes(line!) ? { type: 'string' } : undefined;
}

const isFilterable = (column: string | undefined): boolean =>
	column !== undefined && !column.startsWith('-');
const typeOfColumn = (provider: Provider, name: string): string | undefined =>
	provider.columns[name]?.replace('+', '');

/** The fields that a test finds at fault, by id. */
const faulty = (entity: Entity, isFaulty: (field: Field) => boolean): string[] =>
	entity.fields.filter(isFaulty).map(({ id }) => id);
const twice = (names: readonly string[]): string[] =>
	names.filter((name, index) => names.indexOf(name) !== index);

test('the eight resources stand for the eight kinds of records, each for one', () => {
	expect(named.map(([resource, { name }]) => [resource, name])).toEqual([
		['company', 'Contact'],
		['person', 'Person'],
		['project', 'Project'],
		['sale', 'Sale'],
		['appointment', 'Appointment'],
		['document', 'Document'],
		['request', 'Ticket'],
		['selection', 'Selection'],
	]);
});

test('each kind is opened in the web client by the parameter that SuperOffice documents', () => {
	expect(named.map(([, { clientParameter }]) => clientParameter)).toEqual([
		'contact_id',
		'person_id',
		'project_id',
		'sale_id',
		'appointment_id',
		'document_id',
		'ticket_id',
		'selection_id',
	]);
});

test('messages speak of each kind as the node’s list of resources does', () => {
	expect(named.map(([, { label, plural }]) => `${label}, ${plural}`)).toEqual([
		'company, companies',
		'contact person, contact persons',
		'project, projects',
		'sale, sales',
		'follow-up, follow-ups',
		'document, documents',
		'request, requests',
		'selection, selections',
	]);
});

describe.each(cases)('the resource %s', (_, entity, reference, provider) => {
	test('has fields that SuperOffice has, of the types that it has', () => {
		const hasNone = (field: Field) => propertyOf(reference, field) === undefined;
		expect(faulty(entity, hasNone)).toEqual([]);

		const isOtherType = (field: Field) => {
			const property = propertyOf(reference, field)!;
			// Not an enum to SuperOffice, but the names of its tables.
			if (field.id === 'TargetTableName') return property.type !== 'string';
			return !typeOf[field.type](property);
		};
		expect(faulty(entity, isOtherType)).toEqual([]);
	});

	test('lets users write what SuperOffice lets them, and nothing else', () => {
		const isElsewhere = ({ id, path, readOnly = false }: Field) =>
			(path ?? id).split('/')[0]! in (readOnly ? reference.properties : reference.readOnly);
		expect(faulty(entity, isElsewhere)).toEqual([]);
	});

	test('gives each reference the id property, the name and the list that SuperOffice has', () => {
		const isReference = ({ type }: Field) => ['list', 'user', 'record'].includes(type);
		const isWrong = (field: Field) => {
			const { path, list } = propertyOf(reference, field)!;
			const texts = superOffice.texts[field.idProperty ?? ''] ?? [];
			return (
				path !== `${field.path ?? field.id}/${field.idProperty}` ||
				list !== field.list ||
				!texts.includes(field.nameProperty ?? '')
			);
		};
		expect(faulty(entity, (field) => isReference(field) && isWrong(field))).toEqual([]);

		const isWrongList = (field: Field) => propertyOf(reference, field)!.list !== field.list;
		expect(faulty(entity, (field) => field.list !== undefined && isWrongList(field))).toEqual([]);
	});

	test('knows the lengths of texts, and what must be filled in', () => {
		const isLongerOrShorter = (field: Field) =>
			field.maxLength !== propertyOf(reference, field)!.max;
		expect(faulty(entity, isLongerOrShorter)).toEqual([]);

		const mandatory = Object.keys(reference.properties).filter(
			(name) => reference.properties[name]!.mandatory,
		);
		expect(faulty(entity, ({ required = false }) => required).sort()).toEqual(mandatory.sort());
	});

	test('offers of an enum names that SuperOffice has and that can be set', () => {
		const names = (field: Field) =>
			superOffice.enums[propertyOf(reference, field)!.enum ?? ''] ?? superOffice.tables;
		const isWrong = (field: Field) =>
			field.values!.length === 0 ||
			field.values!.some(
				({ value }) =>
					!names(field).includes(value) ||
					notToBeSet.some((name) => (name instanceof RegExp ? name.test(value) : name === value)),
			) ||
			twice(field.values!.map(({ value }) => value)).length > 0 ||
			twice(field.values!.map(({ label }) => label)).length > 0;
		const isEnum = ({ type, values }: Field) => type === 'enum' || values !== undefined;
		expect(faulty(entity, (field) => isEnum(field) && isWrong(field))).toEqual([]);
	});

	test('names each field once, by id and by label', () => {
		expect(twice(entity.fields.map(({ id }) => id))).toEqual([]);
		expect(twice(entity.fields.map(({ label }) => label.toLowerCase()))).toEqual([]);
	});

	test('finds records by columns that exist, can be filtered by and are of the field’s type', () => {
		const { fields } = entity;
		const withColumn = fields.filter(({ column }) => column !== undefined);
		expect(
			withColumn
				.filter(({ column }) => !isFilterable(provider.columns[column!]))
				.map(({ id, column }) => `${id}: ${column}`),
		).toEqual([]);
		expect(
			withColumn
				.filter(
					({ type, column }) => !filteredAs[type]?.includes(typeOfColumn(provider, column!) ?? ''),
				)
				.map(({ id, column }) => `${id}: ${column}`),
		).toEqual([]);
		expect(twice(withColumn.map(({ column }) => column!))).toEqual([]);
	});

	test('lists records by columns that exist, the id first', () => {
		const { archive } = entity;
		const { name, ...where } = reference.archive;
		expect(archive).toMatchObject(where);
		expect(archive.name).toBe(entity.name === 'Appointment' ? 'appointment/title' : name);
		expect(archive.columns[0]).toBe(archive.primaryKey);
		const all = [...archive.columns, ...archive.details, archive.name, archive.primaryKey];
		expect(all.filter((name) => provider.columns[name] === undefined)).toEqual([]);
		expect(twice(archive.columns)).toEqual([]);
		expect(archive.columns.length).toBeGreaterThanOrEqual(8);
		expect(archive.columns.length).toBeLessThanOrEqual(12);
	});

	test('has its id among the fields, to be read only', () => {
		expect(entity.idKey).toBe(reference.id);
		const [id] = entity.fields;
		expect(id).toMatchObject({ id: reference.id, readOnly: true });
		expect(id!.column).toBe(entity.archive.primaryKey);
	});

	test('names the columns of custom fields as the archive does', () => {
		const { userDefined, extra } = entity.customColumns ?? {};
		const prefixes = [extra, userDefined].filter((prefix) => prefix !== undefined);
		expect(prefixes).toEqual(provider.custom);
	});

	test('is brought back by the call that SuperOffice has for it, if there is one', () => {
		const { path, idName, takesMany } = entity.undelete ?? {};
		if (reference.undelete === null) {
			expect(entity.undelete).toBeUndefined();
			return;
		}
		expect(`POST ${path}`).toBe(reference.undelete.call);
		expect(Object.keys(reference.undelete.body)).toEqual([idName]);
		expect(takesMany).toBe(Array.isArray(reference.undelete.body[idName!]));
	});
});
