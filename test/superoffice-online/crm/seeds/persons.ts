import type { StoredRecord } from '../store';
import type { Tenant } from '../tenants';
import { LONG_AGO } from './companies';

const PEOPLE: ReadonlyArray<readonly [string, string]> = [
	['Ingrid', 'Berg'],
	['Lars', 'Møller'],
	['Anna', 'de Vries'],
	['Jonas', 'Öberg'],
];

/** The people that a tenant starts with: one each in the companies that follow its own. */
export function seededPersons(tenant: Tenant): StoredRecord[] {
	const domain = `${tenant.contextIdentifier.toLowerCase()}.example`;
	return PEOPLE.map(([firstname, lastname], index) => ({
		id: index + 1,
		values: {
			Firstname: firstname,
			Lastname: lastname,
			Contact: index + 2,
			Country: 578,
			Emails: [{ Value: `${firstname.toLowerCase()}@${domain}`, Description: '' }],
		},
		customFields: {},
		createdAt: LONG_AGO,
		updatedAt: LONG_AGO,
		createdBy: 4,
		updatedBy: 4,
	}));
}
