import type { Tenant } from './tenants';

const COMPANIES = ['Harbour Coffee', 'Granite Works', 'Blue Valley Farm', 'Lantern Books'];
const PEOPLE: ReadonlyArray<readonly [string, string]> = [
	['Ingrid', 'Berg'],
	['Lars', 'Møller'],
	['Anna', 'de Vries'],
	['Jonas', 'Öberg'],
];

/** The companies of a tenant: its own first, then others that carry its identifier in their names. */
export function contactsOf(tenant: Tenant) {
	const { contextIdentifier } = tenant;
	const names = [tenant.companyName, ...COMPANIES.map((name) => `${name} ${contextIdentifier}`)];
	return names.map((name, index) => ({
		ContactId: index + 1,
		Name: name,
		Department: '',
		OrgNr: `${tenant.serial}${index}`,
		Number1: `${contextIdentifier}-${index + 1}`,
		Country: { CountryId: 578, Name: 'Norway' },
	}));
}

/** The people of a tenant: one in each of its companies but its own. */
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

/** Who a ticket of the system user stands for. */
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
