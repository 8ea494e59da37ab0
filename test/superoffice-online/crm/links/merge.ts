import type { Call, Reply } from '../../messages';
import { NO_CONTENT } from '../entities/verbs';
import { illegal, notFound } from '../errors';
import { ENTITY_NAMES, type EntityName, type StoredRecord, type TenantDatabase } from '../store';
import type { Tenant } from '../tenants';

const OPTIONS: Partial<Record<EntityName, string[]>> = {
	Contact: ['mergeIdenticalPersons', 'replaceEmptyFieldsOnDestination'],
	Person: ['moveAfterDate', 'deleteSource', 'replaceEmptyFieldsOnDestination'],
	Project: ['replaceEmptyFieldsOnDestination'],
};

/** What records refer to one of these by. */
const REFERENCES: Partial<Record<EntityName, string[]>> = {
	Contact: ['Contact', 'ContactId', 'SourceContactId', 'DestinationContactId'],
	Person: ['Person', 'PersonId', 'SourcePersonId', 'DestinationPersonId'],
	Project: ['Project', 'ProjectId'],
};

/** Answers `v1/{entity}/{source}/MergeTo/{destination}`. Undefined for any other resource. */
export function answerMerge(
	{ method, query }: Call,
	tenant: Tenant,
	resource: string,
): (() => Reply) | undefined {
	const [, name, source, destination] = /^v1\/(\w+)\/(\d+)\/mergeto\/(\d+)$/.exec(resource) ?? [];
	const entity = ENTITY_NAMES.find((known) => known.toLowerCase() === name);
	const options = entity && OPTIONS[entity];
	if (!options || method !== 'POST') return undefined;
	return () => {
		const unknown = [...query.keys()].find((option) => !options.includes(option));
		if (unknown !== undefined) throw illegal(`Unknown option: ${unknown}`);
		const isOn = (option: string, otherwise = false) => readFlag(query, option, otherwise);
		const [from, to] = [source, destination].map((id) => find(tenant.data, entity, Number(id)));
		if (from === to) throw illegal('A record cannot be merged with itself');
		if (entity === 'Person' && Number.isNaN(Date.parse(query.get('moveAfterDate') ?? ''))) {
			throw illegal('moveAfterDate is missing, or no date');
		}
		if (isOn('replaceEmptyFieldsOnDestination')) {
			tenant.data.update(entity, to!.id, (record) => fillIn(record, from!));
		}
		if (isOn('mergeIdenticalPersons')) mergePersons(tenant.data, from!, to!);
		moveAll(tenant.data, entity, from!.id, to!.id);
		if (entity !== 'Person' || isOn('deleteSource', true)) tenant.data.remove(entity, from!.id);
		return NO_CONTENT;
	};
}

function find(database: TenantDatabase, entity: EntityName, id: number): StoredRecord {
	const found = database.find(entity, id);
	if (!found) throw notFound(entity, id);
	return found;
}

function readFlag(query: URLSearchParams, name: string, otherwise: boolean): boolean {
	const value = query.get(name);
	if (value === null) return otherwise;
	if (!['true', 'false'].includes(value)) throw illegal(`${name} is neither true nor false`);
	return value === 'true';
}

const isEmpty = (value: unknown) => !value || (Array.isArray(value) && value.length === 0);

function fillIn(to: StoredRecord, from: StoredRecord): void {
	for (const [name, value] of Object.entries(from.values)) {
		if (isEmpty(to.values[name])) to.values[name] = value;
	}
}

/** Persons of the same name in both companies become one. */
function mergePersons(database: TenantDatabase, from: StoredRecord, to: StoredRecord): void {
	const nameOf = ({ values }: StoredRecord) => `${values.Firstname} ${values.Lastname}`;
	const personsOf = ({ id }: StoredRecord) =>
		database.all('Person').filter(({ values }) => values.Contact === id);
	for (const person of personsOf(from)) {
		const twin = personsOf(to).find((other) => nameOf(other) === nameOf(person));
		if (!twin) continue;
		moveAll(database, 'Person', person.id, twin.id);
		database.remove('Person', person.id);
	}
}

function moveAll(database: TenantDatabase, entity: EntityName, from: number, to: number): void {
	for (const other of ENTITY_NAMES) {
		for (const { id, values } of database.all(other)) {
			const moved = REFERENCES[entity]!.filter((name) => values[name] === from);
			if (moved.length === 0) continue;
			const ids = Object.fromEntries(moved.map((name) => [name, to]));
			database.update(other, id, (record) => Object.assign(record.values, ids));
		}
	}
}
