import type { CrmSession } from './crm-session';
import { existingRecords, noSuchRecords } from './existing-records';

/** As far as it takes to look one up. */
const person = {
	label: 'contact person',
	plural: 'contact persons',
	archive: {
		provider: 'Person',
		primaryKey: 'personId',
		name: 'fullName',
		details: [],
		columns: [],
		entities: ['person', 'retiredPerson'],
	},
};

/** The ids of the companies of persons, by the ids of the persons; 0 for one without. */
export async function companiesOfPersons(
	session: CrmSession,
	ids: readonly number[],
): Promise<Map<number, number>> {
	if (ids.length === 0) return new Map();
	const rows = await existingRecords(session, person, ids, ['contactId']);
	return new Map([...rows].map(([id, { contactId }]) => [id, Number(contactId ?? 0)]));
}

/** @throws SuperOfficeError `INVALID_INPUT` if the person is not among those that were found */
export function companyOf(companies: ReadonlyMap<number, number>, id: number): number {
	const company = companies.get(id);
	if (company === undefined) throw noSuchRecords(person, [id]);
	return company;
}
