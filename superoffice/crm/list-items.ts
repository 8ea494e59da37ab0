import { SuperOfficeError } from '../errors';
import { archiveRows } from './archive-rows';
import { isObject, type CrmSession } from './crm-session';
import type { Field } from './entity';
import { nearestNames } from './nearest';
import { comparable, readText } from './read-values';

/** What a reference can be set to. */
export interface Choice {
	id: number;
	/** As users see it, in their language. */
	name: string;
	/** Other names that it goes by: its path in a tree, a user's initials. */
	otherNames: string[];
}

/** The choices that a list field, or a user field, offers; asked for once in a run. */
export async function choicesOf(session: CrmSession, field: Field): Promise<Choice[]> {
	if (field.type === 'user') return await session.once('users', async () => await users(session));
	const list = field.list ?? '';
	return await session.once(`list ${list}`, async () => {
		const path = `/v1/MDOList/${encodeURIComponent(list)}`;
		const items = await session.callForList({ path, query: { flat: 'true' } });
		return items.filter(({ Deleted }) => Deleted !== true).flatMap(readItem);
	});
}

/** Without `flat`, and for some lists with it, headings hold the items. */
function readItem(item: Record<string, unknown>): Choice[] {
	const children = Array.isArray(item.ChildItems) ? item.ChildItems.filter(isObject) : [];
	const own = {
		id: Number(item.Id),
		name: String(item.Name ?? ''),
		otherNames: [item.FullName].filter((name) => typeof name === 'string' && name !== ''),
	} as Choice;
	return [own, ...children.flatMap(readItem)];
}

async function users(session: CrmSession): Promise<Choice[]> {
	const rows: Choice[] = [];
	const query = {
		provider: 'AllUsers',
		primaryKey: 'associateDbId',
		columns: ['associateDbId', 'assocName', 'fullName', 'isActive'],
		filter: 'getAllRows set true',
		// This column has no operator to start a page after a certain id with.
		orderBy: 'associateDbId',
	};
	for await (const row of archiveRows(session, query)) {
		if (row.isActive === false) continue;
		const initials = String(row.assocName ?? '');
		const name = String(row.fullName ?? '');
		rows.push({
			id: Number(row.associateDbId),
			name: name === '' ? initials : name,
			otherNames: [initials],
		});
	}
	return rows;
}

/**
 * The id of the choice that a text or a number names.
 *
 * @param id of the choice that is meant if several have the name
 * @returns undefined if there is none
 * @throws SuperOfficeError `INVALID_INPUT` if several have the name, and `id` is of none of them; if it is no text
 */
export function findChoice(
	field: Field,
	choices: Choice[],
	value: unknown,
	id?: number,
): Choice | undefined {
	if (typeof value === 'number') return choices.find((choice) => choice.id === value);
	const text = readText(field.label, value).trim();
	const matching = matches(choices, text);
	if (matching.length <= 1) {
		// A name made of digits wins over an id.
		const byId = /^\d+$/.test(text)
			? choices.find((choice) => choice.id === Number(text))
			: undefined;
		return matching[0] ?? byId;
	}
	const meant = matching.find((choice) => choice.id === id);
	if (meant) return meant;
	throw new SuperOfficeError(
		'INVALID_INPUT',
		`${field.label}: there are ${matching.length} choices called “${text}”, with the IDs ${matching
			.map((choice) => choice.id)
			.join(', ')}.`,
		'Enter the ID of the one that is meant.',
	);
}

/** Those with exactly this name; only if there is none, those where nothing but case and spaces differ. */
function matches(choices: Choice[], text: string): Choice[] {
	const called = (isSame: (name: string) => boolean) =>
		choices.filter(({ name, otherNames }) => [name, ...otherNames].some(isSame));
	const exact = called((name) => name === text);
	if (exact.length > 0) return exact;
	const wanted = comparable(text);
	return called((name) => comparable(name) === wanted);
}

/**
 * The id of the item that a text or a number names.
 *
 * @throws SuperOfficeError `INVALID_INPUT` if there is none, or if several have the name
 */
export async function resolveChoice(
	session: CrmSession,
	field: Field,
	value: unknown,
): Promise<Choice> {
	const choices = await choicesOf(session, field);
	const found = findChoice(field, choices, value);
	if (found === undefined) throw unknownChoice(field, choices, value);
	return found;
}

export function unknownChoice(field: Field, choices: Choice[], value: unknown): SuperOfficeError {
	const isId = typeof value === 'number' || /^\d+$/.test(String(value).trim());
	const names = choices.map(({ name }) => name);
	const nearest = isId ? names.slice(0, 3) : nearestNames(String(value), names);
	const quoted = nearest.map((name) => `“${name}”`).join(', ');
	return new SuperOfficeError(
		'INVALID_INPUT',
		isId
			? `${field.label}: there is no choice with the ID ${String(value).trim()}.`
			: `${field.label}: there is no choice called “${String(value).trim()}”.`,
		quoted === ''
			? 'The list is empty in SuperOffice, or the user that SuperOffice is called as may not see it.'
			: `Enter a name or an ID that the list has, such as ${quoted}.`,
	);
}
