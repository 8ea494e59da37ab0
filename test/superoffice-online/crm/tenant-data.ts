import type { ArchiveRow } from './archive';
import type { Tenant } from './tenants';

const COMPANIES = ['Harbour Coffee', 'Granite Works', 'Blue Valley Farm', 'Lantern Books'];
const PEOPLE: ReadonlyArray<readonly [string, string]> = [
	['Ingrid', 'Berg'],
	['Lars', 'Møller'],
	['Anna', 'de Vries'],
	['Jonas', 'Öberg'],
];

const LONG_AGO = new Date('2026-01-05T07:30:00Z');

/** The companies of a tenant: its own first, then others with its identifier in their names. */
export function contactsOf(tenant: Tenant) {
	const { contextIdentifier, companies, companyUpdates } = tenant;
	return Array.from({ length: companies }, (_, index) => {
		const others = COMPANIES[index - 1] ?? `Company ${index + 1}`;
		const updated = companyUpdates.get(index + 1) ?? LONG_AGO;
		return {
			ContactId: index + 1,
			Name: index === 0 ? tenant.companyName : `${others} ${contextIdentifier}`,
			Department: '',
			OrgNr: `${tenant.serial}${index}`,
			Number1: `${contextIdentifier}-${index + 1}`,
			Country: { CountryId: 578, Name: 'Norway' },
			// UTC, without saying so.
			UpdatedDate: updated.toISOString().slice(0, 19),
		};
	});
}

/** The companies as the archive "SimpleContact" lists them, each with all columns that can be selected. */
export function contactRowsOf(tenant: Tenant): ArchiveRow[] {
	return contactsOf(tenant).map((contact) => ({
		primaryKey: String(contact.ContactId),
		columns: {
			contactId: contact.ContactId,
			name: contact.Name,
			department: contact.Department,
			nameDepartment: contact.Name,
			number: contact.Number1,
			orgnr: contact.OrgNr,
			country: contact.Country.Name,
			updatedDate: contact.UpdatedDate,
		},
	}));
}

/** The people of a tenant: one each in the companies that follow its own. */
export function personsOf(tenant: Tenant) {
	const domain = `${tenant.contextIdentifier.toLowerCase()}.example`;
	return PEOPLE.map(([firstname, lastname], index) => {
		const contact = contactsOf(tenant)[index + 1];
		return {
			PersonId: index + 1,
			Firstname: firstname,
			Lastname: lastname,
			FullName: `${firstname} ${lastname}`,
			Contact: { ContactId: contact?.ContactId, Name: contact?.Name },
			Emails: [{ Value: `${firstname.toLowerCase()}@${domain}`, IsPrimary: true }],
		};
	});
}

/** Whom a system user ticket stands for. */
export function principalOf(tenant: Tenant) {
	return {
		UserType: 'SystemUser',
		AssociateId: 2,
		Associate: 'SYSTEM',
		FullName: 'System User',
		UserName: `system@${tenant.contextIdentifier.toLowerCase()}.superoffice.example`,
		PersonId: 0,
		ContactId: 1,
		ContactName: tenant.companyName,
		GroupId: 1,
		RoleId: 1,
		RoleName: 'Administrator',
		RoleType: 'Employee',
		IsPersonContact: false,
		DatabaseContextIdentifier: tenant.contextIdentifier,
		DatabaseSerialNumber: tenant.serial,
	};
}
