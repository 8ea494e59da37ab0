import { principalPath } from '../tickets/check-ticket';
import { archiveRows, type ArchiveRow } from './archive-rows';
import type { CrmSession } from './crm-session';
import type { EntityRecord } from './records';

export const usersArchive = {
	provider: 'AllUsers',
	primaryKey: 'associateDbId',
	entities: ['all'],
	// This column has no operator to start a page after a certain id with.
	orderBy: 'associateDbId',
	columns: [
		'associateDbId',
		'assocName',
		'fullName',
		'personEmail',
		'userName',
		'assocType',
		'role',
		'usergroup',
		'personId',
		'contactName',
		'isActive',
	],
} as const;

/**
 * The users of the tenant, page by page.
 *
 * @param options.inactive whether those come as well who can no longer sign in
 */
export async function* usersOf(
	session: CrmSession,
	{ columns, inactive, limit }: { columns?: readonly string[]; inactive: boolean; limit?: number },
): AsyncGenerator<ArchiveRow> {
	const filter = inactive ? 'getAllRows set true' : 'isActive set true';
	const chosen = columns ?? usersArchive.columns;
	yield* archiveRows(session, { ...usersArchive, columns: chosen, filter, limit });
}

/** What is told of the user that SuperOffice is called as. */
export const currentUserProperties = [
	'AssociateId',
	'Associate',
	'FullName',
	'UserType',
	'UserName',
	'EMailAddress',
	'PersonId',
	'ContactId',
	'GroupId',
	'RoleId',
	'RoleName',
	'RoleType',
	'CountryId',
	'HomeCountryId',
	'EjUserId',
	'DatabaseContextIdentifier',
	'FunctionRights',
] as const;

/** The user that SuperOffice is called as; what it does not say is `null`. */
export async function currentUser(session: CrmSession): Promise<EntityRecord> {
	const principal = await session.callForObject({ path: principalPath });
	return Object.fromEntries(currentUserProperties.map((name) => [name, principal[name] ?? null]));
}
