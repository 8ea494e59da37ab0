import { SuperOfficeError } from '../errors';
import type { CrmSession } from './crm-session';
import type { Entity } from './entity';
import type { Match } from './find-matches';
import { isEmpty, readText } from './read-values';

/**
 * The records that SuperOffice takes for the same as one that is to be created, by its own rules.
 *
 * @param values as filled in, by field id
 * @returns those with the id 0 are in another system
 * @throws SuperOfficeError `INVALID_INPUT` if there is no name to look for
 */
export async function findDuplicates(
	session: CrmSession,
	{ name, fields, duplicates }: Entity,
	values: Record<string, unknown>,
): Promise<Match[]> {
	const { name: nameId, department: departmentId } = duplicates!;
	const labelOf = (id: string) => fields.find((field) => field.id === id)!.label;
	const [text, department] = [nameId, departmentId].map((id) =>
		isEmpty(values[id]) ? '' : readText(labelOf(id), values[id]).trim(),
	) as [string, string];
	if (text === '') {
		throw new SuperOfficeError(
			'INVALID_INPUT',
			`${labelOf(nameId)} is empty, so there is nothing to look for duplicates by.`,
			`Give ${labelOf(nameId)} a value, or set Options > If It Exists to “Create Anyway”.`,
		);
	}
	const entries = await session.callForList({
		path: `/v1/${name}/Duplicates/${encodeURIComponent(text)}`,
		...(department === '' ? {} : { query: { department } }),
	});
	return entries.map(({ SoPrimaryKey, EntryName, EntryIdentifier }) => {
		const more = [EntryIdentifier].filter((one) => typeof one === 'string' && one !== '');
		const shown = [EntryName, ...more.map((one) => `(${String(one)})`)].map(String);
		return { id: Number(SoPrimaryKey ?? 0), description: shown.join(' ') };
	});
}

/** An error that lists the records, for the user to choose. */
export function existsAlready(
	{ label, plural }: Entity,
	found: readonly Match[],
): SuperOfficeError {
	const shown = found
		.slice(0, 10)
		.map(({ id, description }) =>
			id === 0 ? `${description}, in another system` : `${id}: ${description}`,
		);
	if (found.length > shown.length) shown.push(`and ${found.length - shown.length} more`);
	const what = found.length === 1 ? `a ${label} like this` : `${found.length} ${plural} like this`;
	return new SuperOfficeError(
		'INVALID_INPUT',
		`SuperOffice has ${what} already: ${shown.join('; ')}.`,
		`Use one of them, or set Options > If It Exists to “Create Anyway”.`,
	);
}
