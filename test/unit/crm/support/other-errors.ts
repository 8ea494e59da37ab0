import { mayBeDone, timedOut, unreachable } from '../../../../superoffice';
import { apiPath } from '../../../../superoffice/crm/api-call';

const tenant = { contextIdentifier: 'Cust12345', host: 'online.superoffice.com' };

async function lost(error: unknown) {
	throw mayBeDone(error);
}

/** What goes wrong with what is no record, each with a message of its own. */
export const otherErrors: Array<[string, () => Promise<unknown>]> = [
	['a path with nothing in it', async () => apiPath(' ', [], tenant)],
	['a path of somebody else', async () => apiPath('https://evil.example/v1', [], tenant)],
	['a call that may have been done', async () => await lost(timedOut('online.superoffice.com'))],
	[
		'a call that may have been done before the connection broke',
		async () => await lost(unreachable('online.superoffice.com', { code: 'ECONNRESET' })),
	],
];
