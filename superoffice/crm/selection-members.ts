import { SuperOfficeError } from '../errors';
import { archiveRows, type ArchiveRow } from './archive-rows';
import type { CrmSession } from './crm-session';
import type { Entity } from './entity';
import { existingRecords } from './existing-records';

/** How many SuperOffice takes in one call is not documented; its archives give as many. */
const mostInOneCall = 1000;

/** What a selection is: of which records, by the name of their table, and whether it finds them itself. */
export interface SelectionInfo {
	id: number;
	/** `contact`, `person`, `project`, ... */
	target: string;
	isDynamic: boolean;
}

/** Asked for once in a run. */
export async function readSelection(session: CrmSession, id: number): Promise<SelectionInfo> {
	return await session.once(`selection ${id}`, async () => {
		const { TargetTableName, SelectionType } = await session
			.callForObject({
				path: `/v1/Selection/${id}`,
				query: { $select: 'TargetTableName,SelectionType' },
			})
			.catch((error: unknown) => {
				throw notFound(id, error);
			});
		const target = String(TargetTableName ?? '').toLowerCase();
		return { id, target, isDynamic: SelectionType === 'Dynamic' };
	});
}

function notFound(id: number, error: unknown): unknown {
	if (!(error instanceof SuperOfficeError) || error.httpStatus !== 404) return error;
	return new SuperOfficeError(
		error.code,
		`${error.message} There is no selection with the ID ${id}.`,
		'Check the ID. The selection may have been deleted, or the user that SuperOffice is called as may not see it.',
		{ httpStatus: 404 },
	);
}

/** Whether its members are companies and persons, of which one selection can have both. */
export function isOfCompanies({ target }: Pick<SelectionInfo, 'target'>): boolean {
	return target === 'contact' || target === 'person';
}

/**
 * Adds records to a selection, or takes them out of it, up to 1,000 in one call. To add one that is in it, or to take
 * one out that is not, changes nothing, so that all of it can be done again.
 *
 * @param kind of the records; of a selection of companies, persons can be members as well
 * @returns ids that there are no records of, if SuperOffice turned them down; the others were added
 * @throws SuperOfficeError `INVALID_INPUT` for a selection that finds its members itself
 */
export async function changeMembers(
	session: CrmSession,
	selection: SelectionInfo,
	change: 'add' | 'remove',
	{ kind, ids }: { kind: Entity; ids: readonly number[] },
): Promise<number[]> {
	if (selection.isDynamic) {
		throw new SuperOfficeError(
			'INVALID_INPUT',
			`The selection with the ID ${selection.id} is dynamic: it searches for its members.`,
			'Choose a static selection, or change the search in SuperOffice.',
		);
	}
	const missing: number[] = [];
	const distinct = [...new Set(ids)];
	for (let start = 0; start < distinct.length; start += mostInOneCall) {
		const chunk = distinct.slice(start, start + mostInOneCall);
		const send = async (some: number[]) =>
			await session.call(requestFor(selection, change, kind, some));
		const refusal = await send(chunk).then(() => undefined, asRefusal);
		if (refusal === undefined) continue;
		// One that is not there spoils the call for all: it is done without.
		const known = await existingRecords(session, kind, chunk);
		const unknown = chunk.filter((id) => !known.has(id));
		if (unknown.length === 0) throw refusal;
		missing.push(...unknown);
		const rest = chunk.filter((id) => known.has(id));
		if (rest.length > 0) await send(rest);
	}
	return missing;
}

function requestFor(
	selection: SelectionInfo,
	change: 'add' | 'remove',
	{ name }: Entity,
	ids: number[],
) {
	const verb = change === 'add' ? 'Add' : 'Remove';
	const members = `/v1/Selection/${selection.id}/Members`;
	const request = { method: 'POST', isIdempotent: true } as const;
	if (!isOfCompanies(selection)) return { ...request, path: `${members}/${verb}`, body: ids };
	const isPerson = name === 'Person';
	return {
		...request,
		path: `${members}/${verb}Person`,
		body: ids.map((id) => ({ ContactId: isPerson ? 0 : id, PersonId: isPerson ? id : 0 })),
	};
}

/** Why SuperOffice did nothing, if that can be because of a record; what else went wrong is thrown. */
function asRefusal(error: unknown): SuperOfficeError {
	const isRefusal =
		error instanceof SuperOfficeError &&
		error.code === 'CALL_FAILED' &&
		[400, 404, 422].includes(error.httpStatus ?? 0);
	if (isRefusal) return error;
	throw error;
}

/** Archive of members that are companies and persons; its own key cannot be filtered by. */
export const membersArchive = {
	provider: 'ContactPersonSelectionV2',
	primaryKey: 'selectionMemberId',
	pageBy: ['contactId', 'personId'],
	entities: ['staticContact', 'staticPerson', 'contact', 'person'],
	columns: ['contactId', 'name', 'department', 'personId', 'fullName'],
} as const;

/**
 * The members of a selection. Those that are companies or persons come page by page, and who comes or goes meanwhile
 * moves no other; for all others SuperOffice has one answer.
 *
 * @param kind of its members, if they are neither companies nor persons
 */
export async function* selectionMembers(
	session: CrmSession,
	selection: SelectionInfo,
	{
		kind,
		columns,
		limit = Infinity,
	}: { kind?: Entity; columns?: readonly string[]; limit?: number },
): AsyncGenerator<ArchiveRow> {
	if (isOfCompanies(selection)) {
		const filter = `selectionId equals ${selection.id}`;
		const chosen = columns ?? membersArchive.columns;
		yield* archiveRows(session, { ...membersArchive, columns: chosen, filter, limit });
		return;
	}
	const { primaryKey = '', name = '' } = kind?.archive ?? {};
	const chosen = [...new Set([primaryKey, ...(columns ?? [name])])];
	const rows = await session.callForList({
		path: `/v1/Selection/${selection.id}/Members`,
		query: { $select: chosen.join(',') },
	});
	yield* rows.slice(0, limit);
}
