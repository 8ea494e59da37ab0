import type { ILoadOptionsFunctions } from 'n8n-workflow';

import type { CrmSession } from '../superoffice';
import { openSharedSession } from './crm-sessions';
import { readCredentials } from './transport';

/** A session for what the editor asks for; what SuperOffice said of lists and fields is good for some minutes. */
export async function editorSession(context: ILoadOptionsFunctions): Promise<CrmSession> {
	const chosen = context.getCurrentNodeParameter('options.language');
	// An expression has no value here.
	const language = typeof chosen === 'string' && /^[\w-]+$/.test(chosen) ? chosen : 'en';
	return openSharedSession(context, await readCredentials(context, 0), language).session;
}
