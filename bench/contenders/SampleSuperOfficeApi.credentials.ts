import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { fields, readInput, withTicket } from './fields';
import { getTicket } from './sample-steps';

/** SuperOffice's own sample, ported to n8n: a new ticket for every request. */
export class SampleSuperOfficeApi implements ICredentialType {
	name = 'sampleSuperOfficeApi';

	displayName = 'SuperOffice API by the Sample';

	properties = fields;

	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const input = readInput(credentials);
		return withTicket(request, await getTicket(input), input.clientSecret);
	};
}
