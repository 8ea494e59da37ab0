import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { cacheKey, type CrmSession } from '../superoffice';
import { authState } from './auth-state';
import { openSession } from './crm-sessions';
import { readForm } from './system-user-form';
import { readCredentials } from './transport';

/** A session for what the editor asks for; what SuperOffice said of lists and fields is good for some minutes. */
export async function editorSession(context: ILoadOptionsFunctions): Promise<CrmSession> {
	const chosen = context.getCurrentNodeParameter('options.language');
	// An expression has no value here.
	const language = typeof chosen === 'string' && /^[\w-]+$/.test(chosen) ? chosen : 'en';
	const credentials = await readCredentials(context, 0);
	const known = authState.metadata.get(`${cacheKey(readForm(credentials))} ${language}`);
	return openSession(context, credentials, { language }, known);
}
