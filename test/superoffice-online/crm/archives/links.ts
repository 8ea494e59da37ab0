import { fullName } from '../entities/references';
import type { StoredRecord } from '../store';
import type { Reading } from './reading';
import { choice, filled, id, number, one, text, type Sources } from './sources';

export const memberColumns: Sources = {
	projectMemberId: id,
	projectId: number('ProjectId'),
	contactId: number('ContactId'),
	personId: number('PersonId'),
	function: choice('ProjectMemberTypeId', 'pmembtype'),
	hasInfoText: filled('Comment'),
	infoText: text('Comment'),
	registered: one(({ createdAt }) => createdAt),
	updated: one(({ updatedAt }) => updatedAt),
};

export const stakeholderColumns: Sources = {
	saleStakeholderId: id,
	saleId: number('SaleId'),
	comment: text('Comment'),
	hasInfoText: filled('Comment'),
	salesRoleId: choice('StakeholderRoleId', 'stakeholderrole'),
};

export const relationColumns: Sources = {
	relationId: id,
	relationDefinitionId: number('RelationDefinitionId'),
	relationName: definition(({ name }) => name),
	reversedName: definition(({ extraInfo = '' }) => extraInfo),
	relationComment: text('Comment'),
	...end('source', 'Source'),
	...end('target', 'Destination'),
};

function definition(read: (item: { name: string; extraInfo?: string }) => string) {
	return one(({ values }, { database, text: translated }) => {
		const item = database.listItem('relationdefinition', Number(values.RelationDefinitionId));
		return item ? translated(read(item)) : '';
	});
}

/** The company or the person at one end of a relation. */
function end(prefix: string, property: string): Sources {
	const company = ({ values }: StoredRecord, { database }: Reading) =>
		database.findEvenDeleted('Contact', Number(values[`${property}ContactId`]));
	const person = ({ values }: StoredRecord, { database }: Reading) =>
		database.findEvenDeleted('Person', Number(values[`${property}PersonId`]));
	return {
		[`${prefix}/contactId`]: number(`${property}ContactId`),
		[`${prefix}/personId`]: number(`${property}PersonId`),
		[`${prefix}/name`]: one((...about) => String(company(...about)?.values.Name ?? '')),
		[`${prefix}/fullName`]: one((...about) => {
			const found = person(...about);
			return found ? fullName(found) : '';
		}),
	};
}

/** The kind of a row whose person or company is special: such rows come only if they are asked for. */
export function linkKind({ values }: StoredRecord, { database }: Reading): string | undefined {
	const ids = (entity: string) => [
		...[values[`${entity}Id`], values[`Source${entity}Id`], values[`Destination${entity}Id`]],
	];
	const isRetired = ids('Person').some(
		(one) => database.findEvenDeleted('Person', Number(one))?.values.Retired,
	);
	if (isRetired) return 'retired';
	const isStopped = ids('Contact').some(
		(one) => database.findEvenDeleted('Contact', Number(one))?.values.Xstop,
	);
	return isStopped ? 'stop' : undefined;
}
