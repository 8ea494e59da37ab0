/**
 * What n8n does with a credential for one request, in both generations. It makes an object of the credential's values
 * anew for each request, and hands that same object to every call below.
 *
 * 1. `preAuthentication`, if the hidden field `ticket` is empty. What it returns is stored, and put into the values.
 * 2. `authenticate`; the request it returns is sent.
 * 3. `preAuthentication` again, if that failed: with any failure in HTTP Request and other users of the helper
 *    `requestWithAuthentication`, with status 401 alone in `httpRequestWithAuthentication`, which the credential's test
 *    uses. What 1 and 2 throw counts as a failure. The former helper gives up unless a ticket is returned.
 * 4. `authenticate` again, with the request that 2 returned (or, if 2 threw, with the one it got); it is sent again.
 *
 * `preAuthentication` is not told which of 1 and 3 it is in, nor what failed. That is what is remembered here.
 */
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { authState, ticketStore } from '../../n8n/auth-state';
import { describeError } from '../../n8n/errors';
import { clientOptions, httpFor } from '../../n8n/http';
import { newestTicket, readStoredTicket, storeTicket } from '../../n8n/stored-ticket';
import { readForm } from '../../n8n/system-user-form';
import { cacheKey, SuperOfficeError, type SystemUserTicket } from '../../superoffice';
import {
	authorizeRequest,
	ignoresHttpErrors,
	isCredentialTest,
	TicketRequiredError,
} from './authorize-request';

interface RequestContext {
	/**
	 * `refused`: the request must not go out; `sent`: it went out; `ticketRequired`: it was held back until there is a
	 * ticket; `renewed`: 1 or 3 is over.
	 */
	phase: 'new' | 'refused' | 'sent' | 'ticketRequired' | 'renewed';
	/** What 1 has ended in, if it failed. */
	failure?: Error;
	/** The ticket and the address that it went out with; none if it came with a ticket of its own. */
	ticketSent?: SystemUserTicket;
}

const contexts = new WeakMap<ICredentialDataDecryptedObject, RequestContext>();

/**
 * `preAuthentication`. Given a ticket, n8n sends a failed request again, whatever it failed of; so after a failure only
 * a new ticket is returned, or a new address of the tenant: nothing else can fix the failure, and a request sent twice
 * can be done twice. What has failed for a request is not tried again for it.
 */
export async function renewTicket(
	helper: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
): Promise<IDataObject> {
	const { phase, failure, ticketSent } = contextOf(credentials);
	if (failure !== undefined) throw failure;
	const renewed: RequestContext = { phase: 'renewed', ticketSent };
	contexts.set(credentials, renewed);
	const hasFailed = phase === 'sent';
	if (phase === 'refused' || (hasFailed && ticketSent === undefined)) return {};
	const form = readForm(credentials);
	const key = cacheKey(form);
	const ticket = await ticketStore
		.renewTicket(form, httpFor(helper), {
			...clientOptions,
			cacheKey: key,
			known: readStoredTicket(credentials, key),
			// What the request was held back for is whether this one is alive.
			failed: phase === 'ticketRequired' ? newestTicket(credentials, key) : ticketSent,
		})
		.catch((error: unknown) => {
			renewed.failure = withHint(error);
			throw renewed.failure;
		});
	const isSame = ticket.ticket === ticketSent?.ticket && ticket.webApiUrl === ticketSent.webApiUrl;
	return hasFailed && isSame ? {} : storeTicket(key, ticket);
}

/** The credential's test shows the message alone, or for an error with a code just that code. */
function withHint(error: unknown): Error {
	if (!(error instanceof SuperOfficeError)) return error as Error;
	return new Error(describeError(error), { cause: error });
}

/** `authenticate`: puts the ticket and the client secret on a request. */
export function authenticateRequest(
	credentials: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): IHttpRequestOptions {
	const context = contextOf(credentials);
	const form = readForm(credentials);
	const ticket = chooseTicket(request, context, credentials, cacheKey(form));
	const secret = form.clientSecret.trim();
	contexts.set(credentials, { phase: 'refused' });
	const authorized = authorizeRequest(request, secret, ticket, context.ticketSent);
	if (authorized === undefined) {
		contexts.set(credentials, { phase: 'ticketRequired' });
		throw new TicketRequiredError();
	}
	contexts.set(credentials, { phase: 'sent', ticketSent: authorized.ticketSent });
	return authorized.request;
}

/**
 * The ticket to send a request with. Without one, n8n is made to ask for it first: where there is none for these very
 * credentials (one from before an edit is not used), and where n8n would not ask afterwards.
 */
function chooseTicket(
	request: IHttpRequestOptions,
	{ phase }: RequestContext,
	credentials: ICredentialDataDecryptedObject,
	key: string,
): SystemUserTicket | undefined {
	if (phase !== 'renewed') {
		// The test is meant to test what is entered, but n8n does not ask anew as long as a ticket is stored.
		if (isCredentialTest(request)) return undefined;
		if (ignoresHttpErrors(request)) return withKnownHost(ticketStore.peekVerifiedTicket(key));
	}
	return withKnownHost(newestTicket(credentials, key));
}

/** The ticket with the address that its tenant was last known to have. */
function withKnownHost(ticket: SystemUserTicket | undefined): SystemUserTicket | undefined {
	const webApiUrl = ticket && authState.tenantStates.peekWebApiUrl(ticket);
	return webApiUrl === undefined || ticket === undefined ? ticket : { ...ticket, webApiUrl };
}

function contextOf(credentials: ICredentialDataDecryptedObject): RequestContext {
	return contexts.get(credentials) ?? { phase: 'new' };
}
