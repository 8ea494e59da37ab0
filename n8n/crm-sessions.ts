import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { cacheKey, CrmSession, serviceTime, type CrmRequest } from '../superoffice';
import { authState } from './auth-state';
import { readForm } from './system-user-form';
import { callTenantApi, readCredentials, type ApiContext } from './transport';

export interface SessionOptions {
	/** Of texts in several languages. */
	language?: string;
	/** Milliseconds for each call. */
	timeout?: number;
	/** Told SuperOffice's time with each answer, in milliseconds since 1970. */
	onTime?: (time: number) => void;
}

/** The sessions of one run: one for each tenant that the credential's expressions lead to. */
export class CrmSessions {
	private readonly sessions = new Map<string, CrmSession>();

	constructor(
		private readonly context: ApiContext,
		private readonly options: SessionOptions = {},
	) {}

	/** @param itemIndex the item whose values the credential's expressions take */
	async sessionFor(itemIndex: number): Promise<CrmSession> {
		const credentials = await readCredentials(this.context, itemIndex);
		const key = cacheKey(readForm(credentials));
		const known = this.sessions.get(key);
		if (known) return known;
		const session = openSession(this.context, credentials, this.options);
		this.sessions.set(key, session);
		return session;
	}
}

/** @param known what is remembered beyond this session */
export function openSession(
	context: ApiContext,
	credentials: ICredentialDataDecryptedObject,
	{ language = 'en', timeout, onTime }: SessionOptions,
	known?: Map<string, Promise<unknown>>,
): CrmSession {
	const call = async (request: CrmRequest) => {
		const { body, timeout: ownTimeout, ...others } = request;
		const answer = await callTenantApi(context, credentials, {
			...others,
			body: body as object,
			timeout: timeout ?? ownTimeout,
		});
		const time = serviceTime(answer);
		if (time !== undefined) onTime?.(time);
		return answer.body;
	};
	const { environment, contextIdentifier } = readForm(credentials);
	return new CrmSession(call, {
		tenant: {
			contextIdentifier: contextIdentifier.trim(),
			host: `${environment}.superoffice.com`,
		},
		language,
		timeZone: context.getTimezone(),
		known,
	});
}

/**
 * A session that shares with others of its kind what SuperOffice said of lists and fields in the last minutes.
 *
 * @returns with it the key of the tenant and the language that it is for
 */
export function openSharedSession(
	context: ApiContext,
	credentials: ICredentialDataDecryptedObject,
	language = 'en',
): { session: CrmSession; key: string } {
	const key = `${cacheKey(readForm(credentials))} ${language}`;
	const known = authState.metadata.get(key);
	return { session: openSession(context, credentials, { language }, known), key };
}
