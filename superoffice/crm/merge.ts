import { SuperOfficeError } from '../errors';
import type { CrmSession } from './crm-session';
import type { Entity } from './entity';

/** How two records become one. */
export interface MergeOptions {
	/** Of companies: whether persons of the same name in both become one as well. */
	identicalPersons?: boolean;
	/** Whether fields that are empty in the one that stays are filled in from the one that goes. */
	replaceEmptyFields?: boolean;
	/** Of persons, who must have one: the time from which on activities are moved, in UTC. */
	moveAfterDate?: string;
	/** Of persons: whether the one that goes is deleted. */
	deleteSource?: boolean;
}

/**
 * Merges a record into another: what belongs to it moves there.
 *
 * @param ids.source the record that goes
 * @param ids.target the record that stays
 * @throws SuperOfficeError, which says so if they may be merged all the same
 */
export async function mergeRecords(
	session: CrmSession,
	{ name, label, merge = {} }: Entity,
	{ source, target }: { source: number; target: number },
	options: MergeOptions = {},
): Promise<void> {
	if (source === target) throw sameRecord(label, source);
	const { identicalPersons = false, replaceEmptyFields = false, deleteSource = true } = options;
	const { moveAfterDate = new Date().toISOString() } = options;
	const query = {
		replaceEmptyFieldsOnDestination: String(replaceEmptyFields),
		...(merge.identicalPersons && { mergeIdenticalPersons: String(identicalPersons) }),
		...(merge.moveAfterDate && { moveAfterDate }),
		...(merge.deleteSource && { deleteSource: String(deleteSource) }),
	};
	const path = `/v1/${name}/${source}/MergeTo/${target}`;
	await session.call({ method: 'POST', path, query }).catch((error: unknown) => {
		throw mayBeMerged(label, error);
	});
}

export function sameRecord(label: string, id: number): SuperOfficeError {
	return new SuperOfficeError(
		'INVALID_INPUT',
		`The ${label} with the ID ${id} cannot be merged with itself.`,
		'Choose one record that goes, and another that stays.',
	);
}

/** What to tell of a failed merger: also that they may be merged, where that is so. */
export function mayBeMerged(label: string, error: unknown): unknown {
	if (!(error instanceof SuperOfficeError) || !error.outcomeUnknown) return error;
	const { code, message, httpStatus } = error;
	return new SuperOfficeError(
		code,
		`${message} The ${label} may have been merged all the same.`,
		'Look at both records in SuperOffice before you run this again. SuperOffice was not asked a second time.',
		{ httpStatus, outcomeUnknown: true },
	);
}
