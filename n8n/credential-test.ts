import type { IExecuteFunctions } from 'n8n-workflow';

import type { Deadline } from '../superoffice';
import { timeoutLeft } from './http';
import { systemUserCredential } from './system-user-form';

/**
 * The address that the credential's test calls. Nothing is ever sent to it: it stands for the tenant's own, which the
 * form cannot know, and tells the credential's hooks that a ticket is to be made, or checked, and stored.
 */
export const credentialTestUrl = 'https://online.superoffice.com/credential-test';

/**
 * Has the node's credential store the newest ticket. Only n8n writes into a credential, and only when a request with it
 * needs a ticket, so the credential is tested: it then takes the ticket from the ticket store.
 */
export async function persistInCredential(
	context: IExecuteFunctions,
	deadline: Deadline,
): Promise<void> {
	const test = context.helpers.httpRequestWithAuthentication.call(context, systemUserCredential, {
		url: credentialTestUrl,
		timeout: timeoutLeft(deadline),
	});
	try {
		await deadline.race(test);
	} catch {
		// The ticket is good all the same, and this process goes on using it.
	}
}
