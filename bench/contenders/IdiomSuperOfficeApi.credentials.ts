import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { fields, readInput, withTicket } from './fields';
import { sign, ticketClaim, verify } from './sample-steps';

const ticketField: INodeProperties = {
	displayName: 'Ticket',
	name: 'ticket',
	type: 'hidden',
	typeOptions: { expirable: true, password: true },
	default: '',
};

/** n8n's usual pattern: a hidden expirable field, and a hook that gets a new ticket whenever n8n asks for one. */
export class IdiomSuperOfficeApi implements ICredentialType {
	name = 'idiomSuperOfficeApi';

	displayName = 'SuperOffice API by the Idiom';

	properties = [...fields, ticketField];

	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		const input = readInput(credentials);
		const { Token: jwt } = (await this.helpers.httpRequest({
			method: 'POST',
			url: `https://${input.loginHost}/Login/api/PartnerSystemUser/Authenticate`,
			body: {
				SignedSystemToken: sign(input.systemUserToken, input.privateKey),
				ApplicationToken: input.clientSecret,
				ContextIdentifier: input.contextIdentifier,
				ReturnTokenType: 'JWT',
			},
			json: true,
		})) as { Token: string };
		return { ticket: String(verify(jwt, input.publicKey)[ticketClaim]) };
	}

	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> =>
		await Promise.resolve(
			withTicket(request, String(credentials.ticket), readInput(credentials).clientSecret),
		);
}
