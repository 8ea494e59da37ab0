import type { TenantState } from '../../superoffice-online';
import type { FaultCase } from './types';

const states: Array<[TenantState, string, RegExp]> = [
	['Unknown', 'is not known in Production.', /Context Identifier and Environment/],
	['Provisioning', 'is still being set up.', /later/],
	['Deleted', 'has been deleted.', /administrator/],
	['Deleting', 'is being deleted.', /administrator/],
	['Suspended', 'is suspended.', /administrator/],
	['OfflineMaintenance', 'is under maintenance.', /status\.superoffice\.com/],
	['ProvisioningFailed', 'could not be set up.', /support/],
	['MigrationPending', 'is being moved.', /later/],
];

const notRunning = { then: 'TENANT_NOT_RUNNING', tries: 0, records: 0 } as const;

/** Tenants that are not running: their state says so before any exchange. */
export const tenants: FaultCase[] = [
	...states.map(
		([state, what, cure]): FaultCase => ({
			name: `the tenant’s state is ${state}`,
			when: ({ online, tenant }) => online.setState(tenant, state),
			...notRunning,
			says: `The tenant TENANT ${what}`,
			cure,
		}),
	),
	{
		name: 'an unknown state',
		when: ({ online, tenant }) =>
			online.misbehave({
				at: 'state',
				kind: 'body',
				contentType: 'application/json',
				body: '{"State":"Hibernating","IsRunning":false}',
				contextIdentifier: tenant,
			}),
		...notRunning,
		says: 'The tenant TENANT is not running.',
		cure: /administrator/,
	},
	{
		name: 'the wrong environment',
		filledIn: () => ({ environment: 'sod' }),
		...notRunning,
		says: 'The tenant TENANT is not known in Development.',
		cure: /Context Identifier and Environment/,
	},
];
