import { SuperOfficeError } from '../errors';
import { archiveRows, type ArchiveRow } from './archive-rows';
import type { CrmSession } from './crm-session';
import type { Entity, Field } from './entity';
import { findChoice, unknownChoice, type Choice } from './list-items';
import { companyOf } from './persons';
import { mayExist, type EntityRecord } from './records';

/** A record at one end of a relation. */
export interface RelationEnd {
	type: 'company' | 'person';
	id: number;
}

/** What is to be related, and how. */
export interface NewRelation {
	source: RelationEnd;
	target: RelationEnd;
	definitionId: number;
	comment?: string;
}

const definitionField: Field = {
	id: 'RelationDefinitionId',
	label: 'Relation Definition',
	type: 'list',
	list: 'contactrelationdefinition',
};

/** How records of two kinds can be related, as seen from the first: `owns`. Asked for once in a run. */
export async function relationDefinitions(
	session: CrmSession,
	source: RelationEnd['type'],
	target: RelationEnd['type'],
): Promise<Choice[]> {
	const additional = [source, target].map((type) => (type === 'person' ? 'P' : 'C')).join('');
	return await session.once(`relation definitions ${additional}`, async () => {
		const path = `/v1/MDOList/${definitionField.list}`;
		const items = await session.callForList({ path, query: { flat: 'true', additional } });
		return items
			.filter(({ Deleted }) => Deleted !== true)
			.map(({ Id, Name }) => ({ id: Number(Id), name: String(Name ?? ''), otherNames: [] }));
	});
}

/**
 * The id of a definition that fits two kinds of records.
 *
 * @param value its name or its id
 * @throws SuperOfficeError `INVALID_INPUT` if there is none
 */
export async function resolveDefinition(
	session: CrmSession,
	source: RelationEnd['type'],
	target: RelationEnd['type'],
	value: unknown,
): Promise<number> {
	const choices = await relationDefinitions(session, source, target);
	const found = findChoice(definitionField, choices, value);
	if (found === undefined) throw unknownChoice(definitionField, choices, value);
	return found.id;
}

/**
 * @param companies of persons, by id: a person is related together with its company
 * @throws SuperOfficeError, which says so if the relation may exist all the same
 */
export async function createRelation(
	session: CrmSession,
	{ source, target, definitionId, comment }: NewRelation,
	companies: ReadonlyMap<number, number>,
): Promise<EntityRecord> {
	const body = {
		...endProperties('Source', source, companies),
		...endProperties('Destination', target, companies),
		RelationDefinitionId: definitionId,
		...(comment === undefined ? {} : { Comment: comment }),
	};
	return await session
		.callForObject({ method: 'POST', path: '/v1/Relation', body })
		.catch((error: unknown) => {
			const cure = 'Look for it in SuperOffice before you run this again.';
			throw mayExist({ label: 'relation' }, error, cure);
		});
}

function endProperties(
	end: 'Source' | 'Destination',
	{ type, id }: RelationEnd,
	companies: ReadonlyMap<number, number>,
): Record<string, number> {
	const contactId = type === 'company' ? id : companyOf(companies, id);
	if (contactId === 0) {
		throw new SuperOfficeError(
			'INVALID_INPUT',
			`The contact person with the ID ${id} has no company, and SuperOffice relates no person without one.`,
			'Give the contact person a company first.',
		);
	}
	return {
		[`${end}ContactId`]: contactId,
		[`${end}PersonId`]: type === 'person' ? id : 0,
	};
}

const shownProperties = [
	'RelationId',
	'RelationDefinitionId',
	'ActiveText',
	'PassiveText',
	'SourceContactId',
	'SourceContactName',
	'SourcePersonId',
	'SourcePersonName',
	'DestinationContactId',
	'DestinationContactName',
	'DestinationPersonId',
	'DestinationPersonName',
	'Comment',
];

/** A relation without what SuperOffice says about its properties. */
export function simplifyRelation(relation: EntityRecord): EntityRecord {
	return Object.fromEntries(shownProperties.map((name) => [name, relation[name] ?? null]));
}

/** Doing it twice comes to the same, but for the answer. */
export async function deleteRelation(session: CrmSession, id: number): Promise<void> {
	await session.call({ method: 'DELETE', path: `/v1/Relation/${id}` });
}

export const relationsArchive = {
	provider: 'Relation',
	primaryKey: 'relationId',
	entities: ['relation', 'retired', 'stop'],
	columns: [
		'relationId',
		'relationDefinitionId',
		'relationName',
		'reversedName',
		'source/contactId',
		'source/name',
		'source/personId',
		'source/fullName',
		'target/contactId',
		'target/name',
		'target/personId',
		'target/fullName',
		'relationComment',
	],
} as const;

/** The relations of a company or a person, whichever end it is at, page by page. */
export async function* relationsOf(
	session: CrmSession,
	{ name }: Pick<Entity, 'name'>,
	id: number,
	{ columns, limit }: { columns?: readonly string[]; limit?: number },
): AsyncGenerator<ArchiveRow> {
	const chosen = columns ?? relationsArchive.columns;
	const path = `/v1/${name}/${id}/Relations`;
	yield* archiveRows(session, { ...relationsArchive, path, columns: chosen, limit });
}
