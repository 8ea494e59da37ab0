import type { Reading } from '../archives/reading';
import { notFound } from '../errors';
import type { StoredRecord } from '../store';

/** Which rows of an archive there are at an address. */
export type Within = (reading: Reading) => (record: StoredRecord) => boolean;

/** The relations at `v1/Contact/{id}/Relations` and `v1/Person/{id}/Relations`. Undefined for any other resource. */
export function relationsOf(resource: string): Within | undefined {
	const [, name, id] = /^v1\/(contact|person)\/(\d+)\/relations$/.exec(resource) ?? [];
	if (id === undefined) return undefined;
	const entity = name === 'contact' ? 'Contact' : 'Person';
	return ({ database }) => {
		if (!database.find(entity, Number(id))) throw notFound(entity, id);
		return ({ values }) =>
			[values[`Source${entity}Id`], values[`Destination${entity}Id`]].includes(Number(id));
	};
}
