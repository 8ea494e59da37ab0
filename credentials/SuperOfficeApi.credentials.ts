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

import {
	principalPath,
	SuperOfficeError,
	type Application,
	type SystemUserTicket,
} from '../superoffice';
import { readApplication, readStoredTicket, storeTicket } from './application';
import { authorizeRequest, isPathAlone, isUnwatched, NoTicket } from './authorize-request';
import { httpOf, surroundings } from './http';
import { tickets } from './tickets';

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

/**
 * The ticket that a request was last sent with, by the values n8n hands in for that request. It may be another than
 * those hold: one that the node made, or that of a tenant by expression.
 */
const sentWith = new WeakMap<ICredentialDataDecryptedObject, SystemUserTicket>();

/** The values of requests that wait for n8n to ask for a ticket, and those with which it has asked. */
const waiting = new WeakSet<ICredentialDataDecryptedObject>();
const looked = new WeakSet<ICredentialDataDecryptedObject>();

export class SuperOfficeApi implements ICredentialType {
	name = 'superOfficeApi';

	displayName = 'SuperOffice API';

	icon: Icon = {
		light: 'file:../icons/superoffice.svg',
		dark: 'file:../icons/superoffice.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-superoffice/n8n-nodes-superoffice?tab=readme-ov-file#credentials';

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
			hint: 'Stands in the web address of your SuperOffice: superoffice.com/Cust12345',
			description:
				'The tenant. You find it in the web address of your SuperOffice, after the host: superoffice.com/<b>Cust12345</b>.',
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
			hint: 'From approving the application at your tenant',
			description:
				'Belongs to your application and this tenant. SuperOffice hands it out when an administrator of the tenant approves the application; <a href="https://devnet-tools.superoffice.com">devnet-tools.superoffice.com</a> shows it after signing in.',
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
				'Only for a private key that you have encrypted. Leave it empty for one as SuperOffice hands it out.',
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

	test: ICredentialTestRequest = { request: { url: principalPath } };

	/**
	 * n8n calls this when it holds no ticket, and when a request failed. Given a ticket, it sends a failed request again,
	 * whatever it failed of; given none, it does not. So after a failure only a new ticket is given, or a new address of
	 * the tenant: nothing else cures one, and a request sent twice can be done twice.
	 */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		const isUnsent = waiting.delete(credentials);
		looked.add(credentials);
		const application = readApplication(credentials);
		const failed = sentWith.get(credentials) ?? readStoredTicket(credentials);
		try {
			const options = { ...surroundings, failed };
			const ticket = await tickets.replaceTicket(application, httpOf(this), options);
			const isSame = ticket.ticket === failed?.ticket && ticket.webApiUrl === failed.webApiUrl;
			return isSame && !isUnsent ? {} : storeTicket(application, ticket);
		} catch (error) {
			if (!(error instanceof SuperOfficeError)) throw error;
			// The credential test shows the message alone, and of an error with a code just that code.
			throw new Error(`${error.message} ${error.hint}`);
		}
	}

	/**
	 * Puts the ticket and the client secret on a request to SuperOffice. A property of its own and no method: n8n
	 * copies the credential type by its own properties, and offers it in HTTP Request only with this one there.
	 */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const application = readApplication(credentials);
		const ticket = ticketFor(request, credentials, application);
		if (ticket !== undefined) sentWith.set(credentials, ticket);
		try {
			return authorizeRequest(request, application.clientSecret.trim(), ticket);
		} catch (error) {
			if (error instanceof NoTicket) waiting.add(credentials);
			throw error;
		}
	};
}

/**
 * The ticket to send a request with. Without one, n8n is made to ask for it first: where there is none of this very
 * identity (one of before somebody edited the credential is not used), and where n8n would not ask afterwards.
 */
function ticketFor(
	request: IHttpRequestOptions,
	credentials: ICredentialDataDecryptedObject,
	application: Application,
): SystemUserTicket | undefined {
	if (!looked.has(credentials)) {
		// The credential test means to test what is entered, but n8n does not ask anew as long as a ticket is stored.
		if (isPathAlone(request)) return undefined;
		if (isUnwatched(request)) return tickets.provenTicket(application);
	}
	return readStoredTicket(credentials) ?? tickets.heldTicket(application);
}
