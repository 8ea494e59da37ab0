import {
	NodeApiError,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestMethods,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
} from 'n8n-workflow';

import { cacheKey, callTenant, Deadline, requireSuccess, tenantUrl } from '../superoffice';
import { authState } from './auth-state';
import { clientOptions, httpFor, timeoutLeft } from './http';
import { newestTicket } from './stored-ticket';
import { readForm, systemUserCredential } from './system-user-form';

/** A call of a tenant's web API. */
export interface TenantRequest {
	/** Defaults to GET. */
	method?: IHttpRequestMethods;
	/** As it stands after `/api` in SuperOffice's documentation: `/v1/Contact/1`. */
	path: string;
	query?: IDataObject;
	body?: IHttpRequestOptions['body'];
	headers?: IDataObject;
	/** Milliseconds for the whole call. Defaults to 30,000. */
	timeout?: number;
}

export interface TenantResponse {
	status: number;
	/** Names in lower case. */
	headers: IDataObject;
	/** Parsed JSON, or text. */
	body: unknown;
}

type Context = IExecuteFunctions | ILoadOptionsFunctions;

/**
 * Calls the web API of the tenant in the node's credential, wherever the tenant lives now.
 *
 * @param itemIndex the item whose values the credential's expressions take
 * @throws SuperOfficeError for what SuperOffice turned down, in its own words; n8n's errors for what never got there
 */
export async function callApi(
	context: Context,
	request: TenantRequest,
	itemIndex = 0,
): Promise<TenantResponse> {
	const credentials = await readCredentials(context, itemIndex);
	const form = readForm(credentials);
	const deadline = new Deadline(request.timeout);
	const { answer } = await callTenant(
		form,
		httpFor(context),
		async (webApiUrl) =>
			await send(context, credentials, webApiUrl, { ...request, timeout: timeoutLeft(deadline) }),
		{
			...clientOptions,
			state: authState,
			timeout: deadline,
			webApiUrl: newestTicket(credentials, cacheKey(form))?.webApiUrl,
		},
	);
	return requireSuccess(answer, request.path, [form.clientSecret, form.systemUserToken]);
}

async function readCredentials(
	context: Context,
	itemIndex: number,
): Promise<ICredentialDataDecryptedObject> {
	return 'getInputData' in context
		? await context.getCredentials(systemUserCredential, itemIndex)
		: await context.getCredentials(systemUserCredential);
}

/** The answer, whatever its status: n8n is left to throw for a failed one, as only then it renews a dead ticket. */
async function send(
	context: Context,
	credentials: ICredentialDataDecryptedObject,
	webApiUrl: string,
	{ method = 'GET', path, query, body, headers, timeout }: TenantRequest,
): Promise<TenantResponse> {
	const options: IHttpRequestOptions = {
		method,
		// A whole address: the credential's hooks have nothing to guess.
		url: tenantUrl(webApiUrl, path),
		qs: query,
		body,
		headers: { Accept: 'application/json', ...headers },
		timeout,
		returnFullResponse: true,
		disableFollowRedirect: true,
	};
	const full = context.helpers.httpRequestWithAuthentication.call(
		context,
		systemUserCredential,
		options,
		// n8n would read the values of the first item.
		{ credentialsDecrypted: { id: '', name: '', type: systemUserCredential, data: credentials } },
	) as Promise<{ statusCode: number; headers: IDataObject; body: unknown }>;
	return await full.then(
		({ statusCode: status, headers: received, body: data }) => ({
			status,
			headers: received,
			body: data,
		}),
		readFailedResponse,
	);
}

function readFailedResponse(error: unknown): TenantResponse {
	const response = error instanceof NodeApiError ? responseIn(error.cause) : undefined;
	if (response === undefined) throw error;
	return { status: response.status, headers: response.headers ?? {}, body: response.data };
}

interface FailedResponse {
	status: number;
	headers?: IDataObject;
	data?: unknown;
}

/** What came back, in the HTTP client's own error, which n8n wraps. */
function responseIn(cause: unknown): FailedResponse | undefined {
	const { response } = (cause ?? {}) as { response?: Partial<FailedResponse> };
	return typeof response?.status === 'number' && 'headers' in response
		? (response as FailedResponse)
		: undefined;
}
