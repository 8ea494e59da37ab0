import { SuperOfficeError } from '../errors';
import { equalsAny } from './archive-filter';
import { archiveRows, type ArchiveRow } from './archive-rows';
import type { CrmSession } from './crm-session';
import type { Entity } from './entity';

/** A query in the body of a call may have many ids in it. */
const mostInOneQuery = 1000;

/** Those of the records that there are, by id, with some columns of their archive. */
export async function existingRecords(
	session: CrmSession,
	{ archive }: Pick<Entity, 'archive'>,
	ids: readonly number[],
	columns: readonly string[] = [],
): Promise<Map<number, ArchiveRow>> {
	const { provider, primaryKey, entities } = archive;
	const found = new Map<number, ArchiveRow>();
	const distinct = [...new Set(ids)];
	for (let start = 0; start < distinct.length; start += mostInOneQuery) {
		const chunk = distinct.slice(start, start + mostInOneQuery);
		const filter = equalsAny({ name: primaryKey, type: 'int' }, chunk, session);
		const query = { provider, primaryKey, columns, filter, entities };
		for await (const row of archiveRows(session, query)) found.set(Number(row[primaryKey]), row);
	}
	return found;
}

/** @param ids in the order they are to be told */
export function noSuchRecords(
	{ label, plural }: Pick<Entity, 'label' | 'plural'>,
	ids: readonly number[],
): SuperOfficeError {
	const [only] = ids;
	const which =
		ids.length === 1 ? `${label} with the ID ${only}` : `${plural} with the IDs ${list(ids)}`;
	return new SuperOfficeError(
		'INVALID_INPUT',
		`There ${ids.length === 1 ? 'is' : 'are'} no ${which}.`,
		'Check the ID. The record may have been deleted, or the user that SuperOffice is called as may not see it.',
	);
}

/** As many as can be read. */
function list(ids: readonly number[]): string {
	const shown = ids.slice(0, 10).join(', ');
	return ids.length > 10 ? `${shown} and ${ids.length - 10} more` : shown;
}
