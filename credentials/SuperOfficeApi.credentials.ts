import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { credentialTestUrl } from '../n8n/credential-test';
import { authenticateRequest, renewTicket } from './system-user/renewal';

/** n8n keeps the ticket here, encrypted; `expirable` makes it call `preAuthentication`, `password` redacts it. */
const hiddenFields: INodeProperties[] = [
	{
		displayName: 'Ticket',
		name: 'ticket',
		type: 'hidden',
		typeOptions: { expirable: true, password: true },
		default: '',
	},
	{
		displayName: 'Ticket Details',
		name: 'ticketDetails',
		type: 'hidden',
		default: '',
	},
];

export class SuperOfficeApi implements ICredentialType {
	name = 'superOfficeApi';

	displayName = 'SuperOffice API';

	icon: Icon = {
		light: 'file:../icons/superoffice.svg',
		dark: 'file:../icons/superoffice.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-superoffice/n8n-nodes-superoffice/blob/main/docs/setup.md';

	// n8n hides this entry of the node panel as soon as a node of the package uses the credential.
	httpRequestNode = {
		name: 'SuperOffice',
		docsUrl: 'https://docs.superoffice.com/en/api/reference/restful/rest/index.html',
		apiBaseUrlPlaceholder: 'https://online.superoffice.com/Cust12345/api/v1/Contact',
	};

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{
					name: 'Development',
					value: 'sod',
					description: 'Tenants that sign in at sod.superoffice.com',
				},
				{
					name: 'Stage',
					value: 'qaonline',
					description: 'Tenants that sign in at qaonline.superoffice.com',
				},
				{
					name: 'Production',
					value: 'online',
					description: 'Tenants that sign in at online.superoffice.com',
				},
			],
			default: 'online',
			description:
				'Where the tenant lives. Each environment has its own client secret and private key for your application.',
		},
		{
			displayName: 'Context Identifier',
			name: 'contextIdentifier',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Cust12345',
			hint: 'Part of your SuperOffice’s web address: superoffice.com/Cust12345',
			description:
				'The tenant. It is part of your SuperOffice’s web address, after the host: superoffice.com/<b>Cust12345</b>.',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			hint: 'From the SuperOffice Developer Portal',
			description:
				'Also called application token. Made in the SuperOffice Developer Portal: your application > Configuration > New Client Secret. It is shown only once.',
		},
		{
			displayName: 'System User Token',
			name: 'systemUserToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. My App-aB3dE6fG9h',
			hint: 'From your tenant’s approval of the application',
			description:
				'Belongs to your application and this tenant. SuperOffice hands it out when an administrator of the tenant approves the application. Sign in at <a href="https://devnet-tools.superoffice.com">devnet-tools.superoffice.com</a> to see it.',
		},
		{
			displayName: 'Private Key',
			name: 'privateKey',
			type: 'string',
			typeOptions: { password: true, rows: 6 },
			default: '',
			required: true,
			placeholder: '<RSAKeyValue>... or -----BEGIN PRIVATE KEY-----...',
			hint: 'From the SuperOffice Developer Portal: the XML as you got it, or PEM text',
			description:
				'Made in the SuperOffice Developer Portal: your application > Configuration > Advanced > Secrets and Certificates > New Certificate. Paste it as you got it, as XML or as PEM text.',
		},
		{
			displayName: 'Private Key Passphrase',
			name: 'privateKeyPassphrase',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Only if you have encrypted the private key. Leave it empty for a key as SuperOffice hands it out.',
		},
		{
			displayName: 'Public Key',
			name: 'publicKey',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			placeholder: 'Leave empty (recommended), or -----BEGIN CERTIFICATE-----...',
			description:
				'Leave it empty to verify SuperOffice’s answers with the keys that SuperOffice publishes. To pin a key instead, paste SuperOfficeFederatedLogin.crt from “SuperOffice Online Certificates” as PEM text.',
		},
		{
			displayName: 'Exchange Protocol',
			name: 'exchangeProtocol',
			type: 'options',
			options: [
				{ name: 'REST', value: 'rest' },
				{ name: 'SOAP', value: 'soap' },
			],
			default: 'rest',
			description:
				'How the signed token is exchanged for a ticket. Both give the same ticket; change it only if your network lets just SOAP through.',
		},
		...hiddenFields,
	];

	test: ICredentialTestRequest = { request: { url: credentialTestUrl } };

	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		return await renewTicket(this, credentials);
	}

	/**
	 * A property of its own and no method: n8n copies the credential type by its own properties, and offers it in HTTP
	 * Request only with this one there.
	 */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => authenticateRequest(credentials, request);
}
