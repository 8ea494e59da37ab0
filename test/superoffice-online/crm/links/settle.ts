import type { Context } from '../entities/context';
import { fullName } from '../entities/references';
import { illegal } from '../errors';
import type { EntityName, RelationEnd, StoredRecord } from '../store';

type Values = Record<string, unknown>;

/** Fills in what SuperOffice works out by itself, and refuses what does not fit together. */
export function settleLink({ entity, database }: Context, values: Values): void {
	const companyOf = (personId: unknown) =>
		database.findEvenDeleted('Person', Number(personId))?.values.Contact ?? 0;
	if (entity === 'ProjectMember') values.ContactId = companyOf(values.PersonId);
	if (entity === 'SaleStakeholder') {
		if (!values.PersonId && !values.ContactId) throw illegal('PersonId: is mandatory');
		if (values.PersonId && values.ContactId && companyOf(values.PersonId) !== values.ContactId) {
			throw illegal('PersonId: does not belong to ContactId');
		}
		const saleType = database.find('Sale', Number(values.SaleId))?.values.SaleType;
		if (!database.typesWithStakeholders.has(Number(saleType))) {
			throw illegal('SaleId: the type of the sale does not allow stakeholders');
		}
	}
	if (entity !== 'Relation') return;
	const definition = database.listItem('relationdefinition', Number(values.RelationDefinitionId));
	for (const end of ['Source', 'Destination'] as const) {
		const { [`${end}PersonId`]: personId, [`${end}ContactId`]: contactId } = values;
		if (personId && companyOf(personId) !== contactId) {
			throw illegal(`${end}PersonId: does not belong to ${end}ContactId`);
		}
		const relates = definition?.relates?.[end === 'Source' ? 'source' : 'destination'];
		if (!fits(relates, personId ? 'Person' : 'Contact')) {
			throw illegal(`RelationDefinitionId: does not relate such records (${end})`);
		}
	}
}

function fits(end: RelationEnd | undefined, kind: RelationEnd): boolean {
	return end === undefined || end === 'Both' || end === kind;
}

/** A property that shows something of another record or of a list item; undefined for all else. */
export function linkValue(
	{ entity, database, translate }: Context,
	{ values, createdAt, updatedAt }: StoredRecord,
	name: string,
): unknown {
	if (!['ProjectMember', 'SaleStakeholder', 'Relation'].includes(entity)) return undefined;
	const of = (other: EntityName, property: string) =>
		database.findEvenDeleted(other, Number(values[property]));
	const item = (list: string, property: string) =>
		database.listItem(list, Number(values[property]));
	const nameOf = (end: string) => of('Contact', `${end}ContactId`)?.values.Name;
	const personOf = (end: string) => {
		const person = of('Person', `${end}PersonId`);
		return person && fullName(person);
	};
	const definition = item('relationdefinition', 'RelationDefinitionId');
	const person = of('Person', 'PersonId');
	const shown: Record<string, () => unknown> = {
		ContactName: () => nameOf(''),
		ProjectName: () => of('Project', 'ProjectId')?.values.Name,
		Firstname: () => person?.values.Firstname,
		Lastname: () => person?.values.Lastname,
		FullName: () => person && fullName(person),
		ProjectMemberTypeName: () => item('pmembtype', 'ProjectMemberTypeId')?.name,
		StakeholderRoleName: () => item('stakeholderrole', 'StakeholderRoleId')?.name,
		Registered: () => createdAt,
		Updated: () => updatedAt,
		SourceContactName: () => nameOf('Source'),
		SourcePersonName: () => personOf('Source'),
		DestinationContactName: () => nameOf('Destination'),
		DestinationPersonName: () => personOf('Destination'),
		ActiveText: () => definition?.name,
		PassiveText: () => definition?.extraInfo,
	};
	const value = shown[name]?.();
	return typeof value === 'string' ? translate(value) : value;
}
