import { SuperOfficeError } from '../errors';
import type { CrmSession } from './crm-session';
import type { Entity, Field } from './entity';
import { splitTexts } from './field-values';
import { choicesOf, findChoice, unknownChoice, type Choice } from './list-items';
import { isEmpty } from './read-values';

/** The field with the interests of these records. */
export function interestsField({ fields }: Pick<Entity, 'fields'>): Field {
	return fields.find(({ id }) => id === 'Interests')!;
}

/**
 * Adds interests to a record, or takes them away; the others stay.
 *
 * @param names one text with commas in between, or a list; of items of the list, or their ids
 * @returns those that were named
 * @throws SuperOfficeError `INVALID_INPUT` before anything is written, for one that is not in the list
 */
export async function changeInterests(
	session: CrmSession,
	entity: Entity,
	id: number,
	change: 'add' | 'remove',
	names: unknown,
): Promise<Choice[]> {
	const chosen = await interestsNamed(session, interestsField(entity), names);
	const ids = chosen.map((choice) => choice.id);
	const { path, idName } = entity.interests!;
	const body = {
		[idName]: id,
		EnableInterestIds: change === 'add' ? ids : [],
		DisableInterestIds: change === 'remove' ? ids : [],
	};
	const request = { method: 'POST', path, body, isIdempotent: true } as const;
	await session.call(request).catch((error: unknown) => {
		throw notChanged(entity, id, error);
	});
	return chosen;
}

async function interestsNamed(
	session: CrmSession,
	field: Field,
	names: unknown,
): Promise<Choice[]> {
	const choices = await choicesOf(session, field);
	// A name with a comma in it is a name all the same.
	const whole = typeof names === 'string' ? findWhole(field, choices, names) : undefined;
	if (whole !== undefined) return [whole];
	const texts = isEmpty(names) ? [] : splitTexts(field.label, names);
	if (texts.length === 0) {
		throw new SuperOfficeError(
			'INVALID_INPUT',
			'No interest is chosen.',
			'Choose interests from the list, or enter their names or IDs with commas in between.',
		);
	}
	return texts.map((text) => {
		const found = findChoice(field, choices, text);
		if (found === undefined) throw unknownChoice(field, choices, text);
		return found;
	});
}

function findWhole(field: Field, choices: Choice[], text: string): Choice | undefined {
	return text.includes(',') ? findChoice(field, choices, text) : undefined;
}

/** An agent that finds no such record says no more than that it failed, with status 200. */
function notChanged({ label }: Entity, id: number, error: unknown): unknown {
	if (!(error instanceof SuperOfficeError) || error.httpStatus !== 200) return error;
	return new SuperOfficeError(
		error.code,
		`${error.message} The interests of the ${label} with the ID ${id} could not be changed.`,
		'Check the ID. The record may have been deleted, or the user that SuperOffice is called as may not see it.',
		{ httpStatus: 200 },
	);
}
