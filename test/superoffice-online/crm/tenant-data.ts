import type { Tenant } from './tenants';

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
