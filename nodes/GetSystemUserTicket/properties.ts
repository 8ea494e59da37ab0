import type { INodeProperties } from 'n8n-workflow';

import { giveTicketToModel, toolDescription } from './ai-tool';

const ofDefinedTenant = { show: { tenant: ['define'] } };

export const properties: INodeProperties[] = [
	toolDescription,
	{
		displayName: 'Tenant',
		name: 'tenant',
		type: 'options',
		options: [
			{
				name: 'From Credential',
				value: 'credential',
				description: 'The tenant entered in the credential',
			},
			{
				name: 'Define Below',
				value: 'define',
				description:
					'Another tenant of the same application, or a different one for each item, by expression',
			},
		],
		default: 'credential',
		description: 'Which tenant to get a ticket for',
	},
	{
		displayName: 'Context Identifier',
		name: 'contextIdentifier',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Cust12345',
		description: 'The tenant. It is part of its SuperOffice’s web address, after the host.',
		displayOptions: ofDefinedTenant,
	},
	{
		displayName: 'System User Token',
		name: 'systemUserToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		required: true,
		placeholder: 'e.g. My App-aB3dE6fG9h',
		description: 'The token of your application’s system user at that tenant',
		displayOptions: ofDefinedTenant,
	},
	giveTicketToModel,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Always Request New',
				name: 'alwaysRequestNew',
				type: 'boolean',
				default: false,
				description:
					'Whether to get a new ticket in each run, once per tenant, even if one that works is there. SuperOffice asks integrations to keep tickets: each new one adds a record to the tenant’s database.',
			},
			{
				displayName: 'Include Claims',
				name: 'includeClaims',
				type: 'boolean',
				default: false,
				description:
					'Whether to add what SuperOffice says about the system user and its tenant, such as company_name and associateid. Claims that may hold a secret are left out.',
			},
			{
				displayName: 'Timeout',
				name: 'timeout',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 30000,
				description:
					'Milliseconds that getting one ticket may take, retries included. Waiting for its turn does not count: there are at most 10 exchanges a second, and 20 calls at once.',
			},
		],
	},
];
