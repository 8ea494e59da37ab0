import {
	NodeApiError,
	sleep,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteFunctions,
	type IHookFunctions,
	type IHttpRequestMethods,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type IPollFunctions,
	type ITriggerFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';

import {
	cacheKey,
	callTenant,
	Deadline,
	proxyRefused,
	repeatCall,
	requireSuccess,
	SuperOfficeError,
	tenantUrl,
	timedOut,
} from '../superoffice';
import { authState, ticketStore } from './auth-state';
import { findSuperOfficeError } from './errors';
import { CutOffError, FileTry, type FileTransfer } from './file-transfer';
import { clientOptions, httpFor, timeoutLeft } from './http';
import { toNetworkError } from './network-error';
import { newestTicket } from './stored-ticket';
import { readForm, systemUserCredential } from './system-user-form';

/** A call of a tenant's web API. */
export interface TenantRequest extends FileTransfer {
	/** Defaults to GET. */
	method?: IHttpRequestMethods;
	/** As it stands after `/api` in SuperOffice's documentation: `/v1/Contact/1`. */
	path: string;
	query?: IDataObject;
	body?: IHttpRequestOptions['body'];
	headers?: IDataObject;
	/** Milliseconds for each try. Defaults to 30,000. */
	timeout?: number;
	/** Whether doing it twice comes to the same as doing it once. Defaults to true for GET, PUT and DELETE. */
	isIdempotent?: boolean;
}

export interface TenantResponse {
	status: number;
	/** Names in lower case. */
	headers: IDataObject;
	/** Parsed JSON, or text; for a file, what was made of it. */
	body: unknown;
}

export type ApiContext =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IPollFunctions
	| ITriggerFunctions
	| IWebhookFunctions;

const idempotentMethods = ['GET', 'HEAD', 'PUT', 'DELETE'];

/**
 * Calls the web API of the tenant in the node's credential, wherever the tenant lives now: at most 10 calls a second,
 * and again after failures that may pass.
 *
 * @param itemIndex the item whose values the credential's expressions take
 * @throws SuperOfficeError for what SuperOffice turned down, in its own words, and where no answer came
 */
export async function callApi(
	context: ApiContext,
	request: TenantRequest,
	itemIndex = 0,
): Promise<TenantResponse> {
	return await callTenantApi(context, await readCredentials(context, itemIndex), request);
}

/** The same, with credentials that were read before. */
export async function callTenantApi(
	context: ApiContext,
	stored: ICredentialDataDecryptedObject,
	request: TenantRequest,
): Promise<TenantResponse> {
	// A copy: what n8n does for one call is remembered by its object.
	const credentials = { ...stored };
	const form = readForm(credentials);
	const { method = 'GET', isIdempotent = idempotentMethods.includes(method) } = request;
	const signal = 'getInputData' in context ? context.getExecutionCancelSignal() : undefined;
	const makeTry = async () => await callOnce(context, credentials, { ...request, signal });
	let mayRenew = true;
	let mayBeDone = false;
	let tries = 0;
	const send = async () => {
		const first = await makeTry();
		if (first.status !== 401 || !mayRenew) return first;
		mayRenew = false;
		// n8n has had the ticket renewed already, unless it was accepted so lately that it was believed in.
		const failed = newestTicket(credentials, cacheKey(form));
		if (failed === undefined) return first;
		const options = { ...clientOptions, failed };
		return (await ticketStore.isDead(form, httpFor(context), options)) ? await makeTry() : first;
	};
	const answer = await repeatCall(
		async () => {
			tries += 1;
			const one = await send().catch((error: unknown) => {
				mayBeDone ||= error instanceof SuperOfficeError && error.outcomeUnknown;
				throw error;
			});
			// What was to be deleted is gone: by a try whose answer was lost.
			if (method === 'DELETE' && mayBeDone && one.status === 404) return { ...one, status: 204 };
			mayBeDone ||= one.status >= 500;
			return one;
		},
		{
			queue: authState.rateLimiter.tenantQueue(form),
			sleep: cancelableSleep(signal),
			isIdempotent,
			signal,
		},
	);
	return requireSuccess(answer, request.path, [form.clientSecret, form.systemUserToken], {
		isIdempotent,
		tries,
	});
}

export async function readCredentials(
	context: ApiContext,
	itemIndex: number,
): Promise<ICredentialDataDecryptedObject> {
	return 'getInputData' in context
		? await context.getCredentials(systemUserCredential, itemIndex)
		: await context.getCredentials(systemUserCredential);
}

interface Try extends TenantRequest {
	signal?: AbortSignal;
}

async function callOnce(
	context: ApiContext,
	credentials: ICredentialDataDecryptedObject,
	request: Try,
): Promise<TenantResponse> {
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
	return answer;
}

/** The answer, whatever its status: n8n is left to throw for a failed one, as only then it renews a dead ticket. */
async function send(
	context: ApiContext,
	credentials: ICredentialDataDecryptedObject,
	webApiUrl: string,
	{
		method = 'GET',
		path,
		query,
		body,
		headers,
		timeout,
		signal,
		...transfer
	}: Try & { timeout: number },
): Promise<TenantResponse> {
	const file = FileTry.begin(transfer, timeout);
	const accept = transfer.receive === undefined ? 'application/json' : 'application/octet-stream';
	const accepted = { Accept: accept, ...headers };
	const options: IHttpRequestOptions = {
		method,
		// A whole address: the credential's hooks have nothing to guess.
		url: tenantUrl(webApiUrl, path),
		qs: query,
		body,
		headers: accepted,
		timeout,
		abortSignal: signal as IHttpRequestOptions['abortSignal'],
		returnFullResponse: true,
		disableFollowRedirect: true,
		...(await file?.options(accepted)),
	};
	const { host } = new URL(webApiUrl);
	const full = context.helpers.httpRequestWithAuthentication.call(
		context,
		systemUserCredential,
		options,
		// n8n would read the values of the first item.
		{ credentialsDecrypted: { id: '', name: '', type: systemUserCredential, data: credentials } },
	) as Promise<{ statusCode: number; headers: IDataObject; body: unknown }>;
	const answer = await full
		.then(
			({ statusCode: status, headers: received, body: data }) => ({
				status,
				headers: received,
				body: data,
			}),
			(error: unknown) => {
				if (file?.hasTimedOut) throw notSent(error) ?? timedOut(host);
				return readFailedResponse(error, host);
			},
		)
		.then(async (one) => (await file?.read(one)) ?? one)
		.catch((error: unknown) => {
			throw error instanceof CutOffError ? toNetworkError(error, host) : error;
		})
		.finally(() => file?.close());
	if (answer.status === 407) throw proxyRefused(host);
	return answer;
}

function readFailedResponse(error: unknown, host: string): TenantResponse {
	const response =
		error instanceof NodeApiError ? (responseIn(error.cause) ?? keptResponse(error)) : undefined;
	if (response === undefined) throw notSent(error) ?? toNetworkError(error, host);
	return { status: response.status, headers: response.headers ?? {}, body: response.data };
}

/** What kept the credential from getting a ticket: whatever may have come of that, the call itself was not made. */
function notSent(error: unknown): SuperOfficeError | undefined {
	const known = findSuperOfficeError(error);
	if (!known?.outcomeUnknown) return known;
	const { code, message, hint, httpStatus } = known;
	return new SuperOfficeError(code, message, hint, { httpStatus });
}

interface FailedResponse {
	status: number;
	headers?: IDataObject;
	data?: unknown;
}

/**
 * What came back, in the HTTP client's own error, which n8n wraps. A status of success in an error is that of an answer
 * that was cut off.
 */
function responseIn(cause: unknown): FailedResponse | undefined {
	const { response } = (cause ?? {}) as { response?: Partial<FailedResponse> };
	return typeof response?.status === 'number' && response.status >= 300 && 'headers' in response
		? (response as FailedResponse)
		: undefined;
}

/** n8n 1 wipes out the client's error, and keeps its status and the JSON that came with it. */
function keptResponse({ cause, httpCode, context }: NodeApiError): FailedResponse | undefined {
	const status = Number(httpCode);
	return cause === undefined && status >= 300 ? { status, data: context.data } : undefined;
}

/** Waits, but no longer than until the execution is canceled. */
function cancelableSleep(signal: AbortSignal | undefined): (milliseconds: number) => Promise<void> {
	return async (milliseconds) => {
		if (signal === undefined) return await sleep(milliseconds);
		let wake!: () => void;
		const canceled = new Promise<void>((resolve) => (wake = resolve));
		signal.addEventListener('abort', wake);
		try {
			await Promise.race([sleep(milliseconds), canceled]);
		} finally {
			signal.removeEventListener('abort', wake);
		}
	};
}
