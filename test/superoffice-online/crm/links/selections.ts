import { json, type Call, type Reply } from '../../messages';
import { Provider } from '../archives/providers';
import { Reading } from '../archives/reading';
import { rowsOf } from '../archives/rows';
import { NO_CONTENT, readJson } from '../entities/verbs';
import { illegal, notFound } from '../errors';
import type { EntityName, StoredRecord, TenantDatabase } from '../store';
import type { Tenant } from '../tenants';

/** The kinds of records that selections are of, by the names of their tables. */
const TARGETS: Record<string, EntityName> = {
	contact: 'Contact',
	person: 'Person',
	project: 'Project',
	sale: 'Sale',
	appointment: 'Appointment',
	document: 'Document',
	ticket: 'Ticket',
};
/** Strict: how many SuperOffice takes in one call is not documented. */
const MOST_IN_ONE_CALL = 1000;

/** Answers `v1/Selection/{id}/Members` and what is under it. Undefined for any other resource. */
export function answerSelectionMembers(
	call: Call,
	tenant: Tenant,
	resource: string,
): (() => Reply) | undefined {
	const [, id, verb = ''] = /^v1\/selection\/(\d+)\/members(?:\/(\w+))?$/.exec(resource) ?? [];
	if (id === undefined) return undefined;
	const { data } = tenant;
	const change = (carryOut: typeof changePersons) => () => {
		const selection = findSelection(tenant, Number(id));
		if (selection.values.SelectionType === 'Dynamic') {
			throw illegal('The members of a dynamic selection cannot be changed');
		}
		return carryOut(data, selection, call, verb);
	};
	switch (`${call.method} ${verb}`) {
		case 'GET ':
			return () => readMembers(tenant, findSelection(tenant, Number(id)), call);
		case 'POST addperson':
		case 'POST removeperson':
			return change(changePersons);
		case 'POST add':
		case 'POST remove':
			return change(changeOthers);
		default:
			return undefined;
	}
}

function findSelection({ data, settings }: Tenant, id: number): StoredRecord {
	const selection = data.find('Selection', id);
	if (!selection || settings.hiddenRecords.Selection?.includes(id)) throw notFound('Selection', id);
	return selection;
}

function targetOf({ values }: StoredRecord): EntityName {
	return TARGETS[String(values.TargetTableName)]!;
}

function isOfCompanies(selection: StoredRecord): boolean {
	return ['Contact', 'Person'].includes(targetOf(selection));
}

/** Members that are companies or persons: one of the two ids of each is given, the other is 0. */
function changePersons(
	database: TenantDatabase,
	selection: StoredRecord,
	call: Call,
	verb: string,
): Reply {
	if (!isOfCompanies(selection)) throw illegal('The selection is not of companies or persons');
	const ids = readList(call).map((member) => {
		const { ContactId = 0, PersonId = 0, ...more } = (member ?? {}) as Record<string, unknown>;
		const isOne = Number(ContactId !== 0) + Number(PersonId !== 0) === 1;
		if (!isOne || Object.keys(more).length > 0) {
			throw illegal('Each member must have either a ContactId or a PersonId');
		}
		return { Contact: ContactId, Person: PersonId };
	});
	const given = (['Contact', 'Person'] as const).map((entity): [EntityName, unknown[]] => [
		entity,
		ids.map((id) => id[entity]).filter((id) => id !== 0),
	]);
	changeMembers(database, selection, given, verb.startsWith('add'));
	return NO_CONTENT;
}

function changeOthers(
	database: TenantDatabase,
	selection: StoredRecord,
	call: Call,
	verb: string,
): Reply {
	if (isOfCompanies(selection)) throw illegal('Companies and persons have calls of their own');
	const before = database.selectionMembers.of(selection.id).length;
	changeMembers(database, selection, [[targetOf(selection), readList(call)]], verb === 'add');
	if (verb === 'remove') return NO_CONTENT;
	return json(200, database.selectionMembers.of(selection.id).length - before);
}

/** All of them, or none. */
function changeMembers(
	database: TenantDatabase,
	selection: StoredRecord,
	given: Array<[EntityName, unknown[]]>,
	isAdded: boolean,
): void {
	for (const [entity, ids] of given) {
		const odd = ids.find((id) => !Number.isInteger(id));
		if (odd !== undefined) throw illegal(`${JSON.stringify(odd)} is not an id`);
		const unknown = isAdded ? ids.find((id) => !database.find(entity, id as number)) : undefined;
		if (unknown !== undefined) throw notFound(entity, unknown as number);
	}
	const { selectionMembers } = database;
	for (const [entity, ids] of given) {
		selectionMembers[isAdded ? 'add' : 'remove'](selection.id, entity, ids as number[]);
	}
	selection.values.MemberCount = selectionMembers.of(selection.id).length;
}

function readList(call: Call): unknown[] {
	const list = readJson(call);
	if (!Array.isArray(list) || list.length === 0) throw illegal('The body must be a list of ids');
	if (list.length > MOST_IN_ONE_CALL) throw illegal(`More than ${MOST_IN_ONE_CALL} ids`);
	return list;
}

/** All members, as there is no paging here, in the columns of the archive of their kind. */
function readMembers(tenant: Tenant, selection: StoredRecord, call: Call): Reply {
	const unknown = [...call.query.keys()].find(
		(name) => !['$select', '$mode', '$format'].includes(name),
	);
	if (unknown !== undefined) throw illegal(`Unknown option: ${unknown}`);
	const { data } = tenant;
	const members = data.selectionMembers.of(selection.id);
	const records = isOfCompanies(selection)
		? data.selectionMembers
				.rows(data)
				.filter(({ id }) => members.some((member) => member.id === id))
		: members.flatMap(({ entity, recordId }) => data.find(entity, recordId) ?? []);
	const provider = isOfCompanies(selection)
		? Provider.named('ContactPersonSelectionV2')!
		: Provider.at(`v1/${targetOf(selection).toLowerCase()}`)!;
	const value = rowsOf(records, provider, call.query, new Reading(tenant, call));
	return json(200, { 'odata.metadata': '', 'odata.nextLink': null, value });
}
